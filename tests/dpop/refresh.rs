//! Refresh tokens, §5: those of public clients are bound, those of others are not.

use crate::world::{HEALING, TOKEN, world};
use oauth_tests::{Prover, claims};

#[tokio::test]
async fn the_refresh_token_of_a_public_client_is_bound() {
    let world = world::<HEALING>().await;
    let refresh_token = world.tokens("spa").await.member("refresh_token");
    let other = Prover::new();
    let others = other.draft("POST", TOKEN, world.now()).sign();
    world.refresh("spa", &refresh_token, &[]).await.assert_error(400, "invalid_grant");
    world.refresh("spa", &refresh_token, &[&others]).await.assert_error(400, "invalid_grant");
    let refreshed = world.refresh("spa", &refresh_token, &[&world.draft().sign()]).await;
    assert_eq!(refreshed.json()["token_type"], "DPoP", "{}", refreshed.text());
    // So is its successor, and the grace for a lost response is for the same key only (§5).
    let next = refreshed.member("refresh_token");
    for token in [&refresh_token, &next] {
        world
            .refresh("spa", token, &[&other.draft("POST", TOKEN, world.now()).sign()])
            .await
            .assert_error(400, "invalid_grant");
    }
    let again = world.refresh("spa", &refresh_token, &[&world.draft().sign()]).await;
    assert_eq!(again.member("refresh_token"), next);
    assert_eq!(world.refresh("spa", &next, &[&world.draft().sign()]).await.status, 200);
}

/// A thief without the key cannot end what was granted either: the binding is checked before reuse is punished.
#[tokio::test]
async fn a_stolen_and_used_token_without_its_key_ends_nothing() {
    let world = world::<HEALING>().await;
    let first = world.tokens("spa").await.member("refresh_token");
    let second = world.refresh("spa", &first, &[&world.draft().sign()]).await.member("refresh_token");
    world.wait(60);
    let thief = Prover::new();
    for _ in 0..20 {
        let proof = thief.draft("POST", TOKEN, world.now()).sign();
        world.refresh("spa", &first, &[&proof]).await.assert_error(400, "invalid_grant");
        world.refresh("spa", &first, &[]).await.assert_error(400, "invalid_grant");
    }
    assert_eq!(world.refresh("spa", &second, &[&world.draft().sign()]).await.status, 200);
    // With the key it is what it was.
    world.refresh("spa", &first, &[&world.draft().sign()]).await.assert_error(400, "invalid_grant");
    world.refresh("spa", &second, &[&world.draft().sign()]).await.assert_error(400, "invalid_grant");
}

#[tokio::test]
async fn a_confidential_client_may_change_its_key() {
    let world = world::<HEALING>().await;
    let refresh_token = world.tokens("web").await.member("refresh_token");
    let other = Prover::new();
    let refreshed =
        world.refresh("web", &refresh_token, &[&other.draft("POST", TOKEN, world.now()).sign()]).await;
    assert_eq!(claims(&refreshed.member("access_token"))["cnf"]["jkt"], other.jkt());
    let plain = world.refresh("web", &refreshed.member("refresh_token"), &[]).await;
    assert_eq!(plain.json()["token_type"], "Bearer", "{}", plain.text());
}

/// Who begins to prove a key is held to it from then on.
#[tokio::test]
async fn the_refresh_token_of_a_public_client_is_bound_once_it_proves_a_key() {
    let world = world::<HEALING>().await;
    let code = world.code("spa", &[]).await;
    let plain = world.redeem("spa", &code, &[]).await;
    assert_eq!(plain.json()["token_type"], "Bearer");
    let bound = world.refresh("spa", &plain.member("refresh_token"), &[&world.draft().sign()]).await;
    assert_eq!(bound.json()["token_type"], "DPoP");
    let refresh_token = bound.member("refresh_token");
    world.refresh("spa", &refresh_token, &[]).await.assert_error(400, "invalid_grant");
    assert_eq!(world.refresh("spa", &refresh_token, &[&world.draft().sign()]).await.status, 200);
}
