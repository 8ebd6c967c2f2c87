//! `resource` of a device.

use serde_json::json;

use crate::world::{CALENDAR, MAIL, World};

#[tokio::test]
async fn a_device_gets_what_it_asked_for_and_an_invalid_target_uses_nothing_up() {
    let world = World::new().await;
    for resource in ["https://api.example.com/mail#", "https://unknown.example", "mail"] {
        world.begin_device(&[MAIL, resource]).await.assert_error(400, "invalid_target");
    }
    let begun = world.begin_device(&[MAIL]).await;
    let code = begun.member("device_code");
    // It is no poll, so that the next comes too soon for none.
    world.poll(&code, &["https://unknown.example"]).await.assert_error(400, "invalid_target");
    world.poll(&code, &[MAIL]).await.assert_error(400, "authorization_pending");
    world.approve_device(&begun).await;
    world.poll(&code, &[CALENDAR]).await.assert_error(400, "invalid_target");
    let answer = world.poll(&code, &[]).await;
    world.assert_is_for(&answer, &json!(MAIL), "mail.read").await;
    let answer = world.refresh(&answer.member("refresh_token"), &[]).await;
    world.assert_is_for(&answer, &json!(MAIL), "mail.read").await;
}
