//! Token exchange (RFC 8693 §2.1) at a server that declares resources: its targets are among them.

use serde_json::json;

use crate::world::{CALENDAR, MAIL, MCP, World};

#[tokio::test]
async fn rfc8693_section_2_1_a_target_is_a_declared_resource_of_the_client() {
    let world = World::new().await;
    let token = world.redeem(&world.code(&[MCP]).await, &[]).await.member("access_token");
    for name in ["resource", "audience"] {
        let answer = world.exchange("web", &token, &[(name, "https://API.example.com/calendar")]).await;
        world.assert_is_for(&answer, &json!(CALENDAR), "calendar.read").await;
        for target in ["https://unknown.example", "https://api.example.com/calendar#work", "calendar"] {
            world.exchange("web", &token, &[(name, target)]).await.assert_error(400, "invalid_target");
        }
        world.exchange("mailer", &token, &[(name, CALENDAR)]).await.assert_error(400, "invalid_target");
    }
    world
        .exchange("web", &token, &[("resource", MAIL), ("audience", CALENDAR)])
        .await
        .assert_error(400, "invalid_target");
    let answer = world.exchange("web", &token, &[]).await;
    // An exchange yields no ID token: nobody logged in here.
    world.assert_is_for(&answer, &json!(MCP), "profile calendar.read mail.read").await;
}
