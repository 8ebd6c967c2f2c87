//! RFC 9470 §6: what tokens say of the login.

use oauth_tests::{basic, claims};
use serde_json::Value;

use crate::world::{EVERYWHERE, Where, World, assert_asks};

async fn introspected(world: &World, token: &str, client_id: &str) -> Value {
    let answer = world.server.post("/introspect", &basic(client_id), &[("token", token)]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

#[tokio::test]
async fn signed_tokens_have_acr_and_auth_time() {
    let world = World::new(Where::ByKeys).await;
    let now = world.clock.now().as_secs();
    let said = claims(&world.token("phr", 7).await);
    assert_eq!((&said["acr"], said["auth_time"].as_u64()), (&Value::from("phr"), Some(now - 7)));
    // A login that is not classified, and a token of no login.
    let said = claims(&world.token("", 0).await);
    assert!(said.get("acr").is_none() && said["auth_time"].is_u64(), "{said}");
    let own = world.ask(false, &[("grant_type", "client_credentials")]).await.member("access_token");
    let said = claims(&own);
    assert!(said.get("acr").is_none() && said.get("auth_time").is_none(), "{said}");
}

#[tokio::test]
async fn introspection_tells_acr_and_auth_time_to_the_api_alone() {
    for place in [Where::ByKeys, Where::ByAsking] {
        let world = World::new(place).await;
        let now = world.clock.now().as_secs();
        let tokens = world.tokens(("phr", 7), &[]).await;
        let said = introspected(&world, &tokens.member("access_token"), "web").await;
        assert_eq!((&said["acr"], said["auth_time"].as_u64()), (&Value::from("phr"), Some(now - 7)));
        let said = introspected(&world, &tokens.member("refresh_token"), "web").await;
        assert!(said["active"] == true && said.get("acr").is_none(), "{said}");
        let said = introspected(&world, &tokens.member("access_token"), "curious").await;
        assert_eq!(said, serde_json::json!({ "active": false }));
    }
}

/// RFC 9068 §2.2.1: the values "reflect the authentication", whenever the token is made.
#[tokio::test]
async fn a_refresh_makes_no_login_better_or_younger() {
    for place in EVERYWHERE {
        let world = World::new(place).await;
        let tokens = world.tokens(("phrh", 0), &[]).await;
        world.wait(61);
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", &tokens.member("refresh_token")),
            ("acr_values", "x"),
        ];
        let refreshed = world.ask(false, &form).await.member("access_token");
        assert_eq!(world.get("/transfer", &refreshed).await.text(), "transfer", "{place:?}");
        assert_asks(&world.get("/recent", &refreshed).await, "Bearer");
        let said = introspected(&world, &refreshed, "web").await;
        assert_eq!(said["acr"], "phrh");
        assert_eq!(said["auth_time"].as_u64().unwrap(), world.clock.now().as_secs() - 61);
    }
}
