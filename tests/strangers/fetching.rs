//! The fetcher by itself: whom it trusts, and what development may.

use oauth_core::http::Fetcher;

use crate::web::Web;
use crate::world::{CALLBACK, World};
use serde_json::json;

#[tokio::test]
async fn a_document_on_loopback_needs_a_switch() {
    let world = World::new().await;
    for host in ["localhost", "127.0.0.1"] {
        let url = |port: u16| format!("https://{host}:{port}/client.json");
        let client = url(world.web.port());
        world.web.put(&client, &json!({ "client_id": client, "redirect_uris": [CALLBACK] }));
        let answer = world.authorize(&client, CALLBACK).await;
        assert!(answer.headers.contains_key("location"), "{client}: {}", answer.text());
        world.authorize(&url(1), CALLBACK).await.assert_page(400);
    }
}

#[tokio::test]
async fn a_certificate_that_nobody_signed_is_none() {
    let world = World::new().await;
    let elsewhere = Web::start().await;
    elsewhere.put("https://client.example/x", &json!({}));
    drop(Fetcher::new().unwrap().resolver(elsewhere.clone()).danger_loopback_port(elsewhere.port()));
    // Its certificate is not for this name.
    world.web.put(
        "https://unknown.example/x",
        &json!({ "client_id": "https://unknown.example/x", "redirect_uris": [CALLBACK] }),
    );
    world.authorize("https://unknown.example/x", CALLBACK).await.assert_page(400);
    assert!(world.web.requests().is_empty());
}
