//! The things that end when a person signs out, or their password changes.

use http::StatusCode;
use oauth_core::prelude::*;
use oauth_tests::{VERIFIER, basic};

use crate::op::World;

/// A client that heard of the logout before it had a session would log the person in, and hear no more.
#[tokio::test]
async fn a_code_redeemed_after_logout_gives_nothing() {
    let mut world = World::with_alice().await;
    let pending = world.authorize("web", "openid").await["code"].clone();
    let page = world.visitor.get("/logout").await;
    world.visitor.submit(&page, &[]).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", pending.as_str()),
        ("redirect_uri", "https://web.example/cb"),
        ("code_verifier", VERIFIER),
    ];
    let answer = world.app.post("/token", &basic("web"), &form).await;
    answer.assert_error(400, "invalid_grant");
    for token in ["access_token", "id_token", "refresh_token"] {
        assert!(answer.json().get(token).is_none(), "{token}");
    }
}

/// RFC 9700 §4.14.2 names a password change among what ends refresh tokens; those for offline access, too: whoever stole the
/// account got them.
#[tokio::test]
async fn a_password_change_ends_sessions_and_refresh_tokens() {
    let mut world = World::with_alice().await;
    let online = world.tokens("web", "openid").await;
    let offline = world.tokens("web", "openid offline_access").await;
    let mut alice = world.store.user("1").await.unwrap().unwrap();
    alice.claims.insert("nickname".to_owned(), "Alice".into());
    world.store.save_user(alice.clone()).await.unwrap();
    assert_eq!(world.userinfo(&online).await, StatusCode::OK, "another nickname is nothing");
    world.store.save_user(alice.with_password("another password").unwrap()).await.unwrap();
    for tokens in [&online, &offline] {
        assert_eq!(world.refresh("web", tokens).await, StatusCode::BAD_REQUEST);
        assert_eq!(world.userinfo(tokens).await, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(world.visitor.authorize("web", "").await.location().path(), "/login");
}

#[tokio::test]
async fn who_is_deleted_has_no_sessions_and_no_tokens() {
    let mut world = World::with_alice().await;
    let tokens = world.tokens("web", "openid offline_access").await;
    assert!(world.store.delete_user("1").await.unwrap());
    assert_eq!(world.refresh("web", &tokens).await, StatusCode::BAD_REQUEST);
    assert_eq!(world.userinfo(&tokens).await, StatusCode::UNAUTHORIZED);
    assert_eq!(world.visitor.authorize("web", "").await.location().path(), "/login");
}
