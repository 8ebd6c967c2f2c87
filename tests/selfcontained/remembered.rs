//! A server and a resource beside it, which know what a token says: whether it is revoked, they ask each time.

use axum::Router;
use axum::routing::get;
use http::{Request as HttpRequest, header};
use oauth_core::prelude::*;
use oauth_tests::App;

use crate::world::{API, InMemory, Pairwise, Provider, World};

/// All who read a token take it, and so have it in their memory.
async fn is_known<P: Provider>(world: &World<P>, token: &str) {
    for _ in 0..2 {
        assert_eq!(world.present("/beside", token).await.text(), "alice");
        assert!(world.is_alive(token).await);
    }
}

/// None of them takes it.
async fn is_refused<P: Provider>(world: &World<P>, token: &str) {
    assert_eq!(world.present("/beside", token).await.status, 401);
    assert!(!world.is_alive(token).await);
}

#[tokio::test]
async fn a_cached_token_of_a_revoked_family_is_refused() {
    let world = InMemory::new().await;
    let tokens = world.tokens("web").await;
    let token = tokens.member("access_token");
    is_known(&world, &token).await;
    world.revoke("web", &tokens.member("refresh_token")).await;
    is_refused(&world, &token).await;
}

#[tokio::test]
async fn a_cached_token_that_is_sealed_and_revoked_is_refused() {
    let world = Pairwise::new().await;
    let token = world.tokens("pair-a").await.member("access_token");
    is_known(&world, &token).await;
    world.revoke("pair-a", &token).await;
    is_refused(&world, &token).await;
}

#[tokio::test]
async fn a_cached_token_ends_at_its_exp() {
    let world = InMemory::new().await;
    let token = world.tokens("web").await.member("access_token");
    is_known(&world, &token).await;
    world.wait(599);
    is_known(&world, &token).await;
    world.wait(1);
    is_refused(&world, &token).await;
}

#[tokio::test]
async fn a_cached_token_of_a_dropped_key_is_refused() {
    let world = InMemory::new().await;
    let token = world.tokens("web").await.member("access_token");
    is_known(&world, &token).await;
    world.shared.keys.replace(&KeyRing::new(SigningKey::generate(Algorithm::ES256).unwrap()));
    is_refused(&world, &token).await;
}

/// A token is known by all of it.
#[tokio::test]
async fn a_cached_token_with_another_signature_or_payload_is_refused() {
    let world = InMemory::new().await;
    let token = async || world.tokens("web").await.member("access_token");
    let (token, other) = (token().await, token().await);
    for token in [&token, &other] {
        is_known(&world, token).await;
    }
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let (other_signed, other_signature) = other.rsplit_once('.').unwrap();
    is_refused(&world, &format!("{signed}.{other_signature}")).await;
    is_refused(&world, &format!("{other_signed}.{signature}")).await;
    is_refused(&world, &format!("{signed}.")).await;
    is_known(&world, &token).await;
}

/// Two resources beside one server share no memory.
#[tokio::test]
async fn a_cached_token_for_another_audience_is_refused() {
    let world = InMemory::new().await;
    let other = world.server.protected_resource(ResourceConfig::new().audience(API).own_tokens()).unwrap();
    let other = Router::new().route("/", get(async |_: Bearer<()>| "other")).with_state(other);
    let other = App::over_router(other);
    let token = world.tokens("web").await.member("access_token");
    is_known(&world, &token).await;
    for _ in 0..2 {
        let request = HttpRequest::get("/").header(header::AUTHORIZATION, format!("Bearer {token}"));
        assert_eq!(other.send(request, "").await.status, 401);
    }
}
