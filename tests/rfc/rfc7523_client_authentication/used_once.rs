//! An assertion is used once.

use oauth_core::prelude::*;
use oauth_tests::App;
use serde_json::json;

use super::world::{GRANT, TYPE, World, claims, jwks, key, sign, token, with};

#[tokio::test]
async fn a_replayed_assertion_is_refused() {
    let world = World::new().await;
    let assertion = sign(&world.key, &claims("signer"));
    assert_eq!(world.token(&assertion).await.status, 200);
    world.assert_refused(&assertion, "a replay").await;
    // Signed anew, it is still the same identifier.
    let claims = claims("signer");
    assert_eq!(world.token(&sign(&world.key, &claims)).await.status, 200);
    world.assert_refused(&sign(&world.key, &claims), "the same jti").await;
    // Nor at another endpoint.
    let form = [("token", "x"), ("client_assertion_type", TYPE), ("client_assertion", &assertion)];
    world.app.post("/introspect", "", &form).await.assert_error(401, "invalid_client");
}

#[tokio::test]
async fn an_assertion_is_used_up_when_all_else_is_checked() {
    let world = World::new().await;
    let assertion = sign(&world.key, &claims("signer"));
    let by = [("client_assertion_type", TYPE), ("client_assertion", assertion.as_str())];
    let unknown_scope = [GRANT, ("scope", "unknown"), by[0], by[1]];
    world.app.post("/token", "", &unknown_scope).await.assert_error(400, "invalid_scope");
    let unknown_grant = [("grant_type", "unknown"), by[0], by[1]];
    world.app.post("/token", "", &unknown_grant).await.assert_error(400, "unsupported_grant_type");
    world.app.post("/revoke", "", &by).await.assert_error(400, "invalid_request");
    assert_eq!(world.token(&assertion).await.status, 200);
    world.assert_refused(&assertion, "it was used").await;
    world.app.post("/revoke", "", &[("token", "x"), by[0], by[1]]).await.assert_error(401, "invalid_client");
}

/// Whoever saw the bytes of a request, or a proxy that sends them again, signs nobody out.
#[tokio::test]
async fn a_request_that_is_replayed_as_a_whole_revokes_nothing() {
    let store = MemoryStore::new();
    let world = World::over(store.clone()).await;
    let client = Client::private_key_jwt("site", jwks(&[&world.key])).redirect_uri("https://web.example/cb");
    store.save_client(client.scope("profile").build().unwrap()).await.unwrap();
    let code = world.app.code("site", "https://web.example/cb").await;
    let assertion = sign(&world.key, &claims("site"));
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", "https://web.example/cb"),
        ("code_verifier", oauth_tests::VERIFIER),
        ("client_assertion_type", TYPE),
        ("client_assertion", &assertion),
    ];
    let token = world.app.post("/token", "", &form).await.member("access_token");
    world.app.post("/token", "", &form).await.assert_error(401, "invalid_client");
    let is_alive = async || {
        let fresh = sign(&world.key, &claims("site"));
        let form = [("token", token.as_str()), ("client_assertion_type", TYPE), ("client_assertion", &fresh)];
        world.app.post("/introspect", "", &form).await.json()["active"] == true
    };
    assert!(is_alive().await);
    // With an assertion of its own, it is the client that uses the code twice.
    let again = sign(&world.key, &claims("site"));
    let form =
        form.map(|(name, value)| (name, if name == "client_assertion" { again.as_str() } else { value }));
    world.app.post("/token", "", &form).await.assert_error(400, "invalid_grant");
    assert!(!is_alive().await);
}

/// However many instances get it at the same moment, one answers with a token.
#[tokio::test(flavor = "multi_thread")]
async fn a_replay_at_the_same_moment_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = oauth_core::store::SqliteStore::open(folder.path().join("oauth.db")).await.unwrap();
    let world = World::over(store).await;
    let assertion = sign(&world.key, &claims("signer"));
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (app, assertion) = (world.app.clone(), assertion.clone());
        tasks.spawn(async move { token(&app, &assertion).await.status.as_u16() });
    }
    let statuses = tasks.join_all().await;
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [200, 401].contains(status)));
}

/// An identifier belongs to its client: nobody can use up somebody else's.
#[tokio::test]
async fn identifiers_of_two_clients_do_not_collide() {
    let (store, shared) = (MemoryStore::new(), with("a", "jti", json!("1")));
    let keys = [key(Algorithm::ES256), key(Algorithm::EdDSA)];
    for (name, key) in ["a", "b"].iter().zip(&keys) {
        store
            .save_client(Client::private_key_jwt(*name, jwks(&[key])).scope("jobs").build().unwrap())
            .await
            .unwrap();
    }
    let app = App::over(store).await;
    assert_eq!(token(&app, &sign(&keys[0], &shared)).await.status, 200);
    let mut other = with("b", "jti", json!("1"));
    assert_eq!(token(&app, &sign(&keys[1], &other)).await.status, 200);
    // A forgery claims nothing.
    other["jti"] = json!("2");
    assert_eq!(token(&app, &sign(&keys[0], &other)).await.status, 401);
    assert_eq!(token(&app, &sign(&keys[1], &other)).await.status, 200);
}
