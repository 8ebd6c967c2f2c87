//! The userinfo endpoint is no resource of the list, and the ID token is the client's.

use http::Request as HttpRequest;
use serde_json::json;

use crate::world::{CALENDAR, MCP, World};

async fn status(world: &World, token: &str) -> u16 {
    let request = HttpRequest::get("/userinfo").header("authorization", format!("Bearer {token}"));
    world.app.send(request, "").await.status.as_u16()
}

/// The audience of all other tokens is that of a resource here, whose API could read the person's profile.
#[tokio::test]
async fn it_takes_only_tokens_that_are_meant_for_it() {
    let world = World::new().await;
    for (resources, expected) in [(&[][..], 200), (&[CALENDAR][..], 403), (&[MCP][..], 401)] {
        let token = world.redeem(&world.code(resources).await, &[]).await.member("access_token");
        assert_eq!(status(&world, &token).await, expected, "{resources:?}");
    }
}

#[tokio::test]
async fn an_id_token_comes_whatever_the_resource_knows() {
    let world = World::new().await;
    let answer = world.redeem(&world.code(&[CALENDAR]).await, &[]).await;
    world.assert_is_for(&answer, &json!(CALENDAR), "calendar.read").await;
    assert_eq!(crate::world::claims(&answer.member("id_token"))["aud"], "web");
    let again = world.refresh(&answer.member("refresh_token"), &[]).await;
    assert_eq!(crate::world::claims(&again.member("id_token"))["aud"], "web");
}
