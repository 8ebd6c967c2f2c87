//! The answers to what is wrong.

use oauth_core::prelude::*;
use oauth_tests::{Failing, Role, basic, secret};

use super::world::{GRANT, TYPE, World, claims, key, sign};

#[tokio::test]
async fn rfc_6749_section_5_2_every_failure_has_one_answer() {
    let world = World::new().await;
    let good = sign(&world.key, &claims("signer"));
    let mut bodies = Vec::new();
    for assertion in [
        sign(&world.key, &claims("nobody")),
        sign(&key(Algorithm::ES256), &claims("signer")),
        sign(&key(Algorithm::EdDSA), &claims("signer")),
        sign(&world.key, &claims("machine")),
        sign(&world.key, &claims("spa")),
        good[..good.len() - 4].to_owned(),
        format!("{good}AAAA"),
        "x".to_owned(),
        "a.b.c".to_owned(),
        "....".to_owned(),
        "x".repeat(10_000),
    ] {
        let answer = world.token(&assertion).await;
        answer.assert_error(401, "invalid_client");
        bodies.push((answer.body, answer.headers.get("www-authenticate").cloned()));
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "nothing tells an unknown client from a wrong signature: {bodies:?}");
}

#[tokio::test]
async fn rfc_6749_section_2_3_two_methods_at_once_are_an_error() {
    let world = World::new().await;
    let assertion = sign(&world.key, &claims("signer"));
    let both = [GRANT, ("client_assertion_type", TYPE), ("client_assertion", assertion.as_str())];
    world.app.post("/token", &basic("machine"), &both).await.assert_error(400, "invalid_request");
    let secret = [both[0], both[1], both[2], ("client_secret", secret())];
    world.app.post("/token", "", &secret).await.assert_error(400, "invalid_request");
    world.app.post("/token", "", &both[..2]).await.assert_error(400, "invalid_request");
    world.app.post("/token", "", &[both[0], both[2]]).await.assert_error(400, "invalid_request");
    let other = [
        GRANT,
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"),
        both[2],
    ];
    world.app.post("/token", "", &other).await.assert_error(401, "invalid_client");
    // None of these used it up.
    assert_eq!(world.token(&assertion).await.status, 200);
    // A client that signs has no other way in.
    let id = [GRANT, ("client_id", "signer")];
    world.app.post("/token", "", &id).await.assert_error(401, "invalid_client");
}

#[tokio::test]
async fn a_store_that_fails_is_a_failure_and_not_a_wrong_signature() {
    let store = Failing::default();
    let world = World::over(store.clone()).await;
    for role in [Role::Clients, Role::ReplayIds] {
        store.fail(role);
        let answer = world.token(&sign(&world.key, &claims("signer"))).await;
        answer.assert_error(500, "server_error");
    }
    store.fail(Role::None);
    assert_eq!(world.token(&sign(&world.key, &claims("signer"))).await.status, 200);
}
