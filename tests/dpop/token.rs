//! The token endpoint, §5.

use oauth_core::grant::UserCode;
use oauth_core::prelude::*;
use oauth_core::store::{DeviceDecision, DeviceStore as _};
use oauth_tests::{Prover, basic, claims};
use serde_json::json;

use crate::world::{DEVICE_CODE, HEALING, OFF, world};

#[tokio::test]
async fn a_proof_binds_the_token_and_its_type_says_so() {
    let world = world::<HEALING>().await;
    let bound = world.machine(&[&world.draft().sign()]).await;
    assert_eq!(bound.json()["token_type"], "DPoP");
    let token = bound.member("access_token");
    assert_eq!(claims(&token)["cnf"], json!({ "jkt": world.prover.jkt() }));
    let seen = world.app.post("/introspect", &basic("web"), &[("token", &token)]).await.json();
    assert_eq!((&seen["token_type"], &seen["cnf"]), (&json!("DPoP"), &json!({ "jkt": world.prover.jkt() })));
    assert!(bound.header("dpop-nonce").is_empty(), "nobody needs a nonce");

    let plain = world.machine(&[]).await;
    assert_eq!(plain.json()["token_type"], "Bearer");
    assert!(claims(&plain.member("access_token")).get("cnf").is_none());
}

#[tokio::test]
async fn every_advertised_algorithm_proves() {
    let world = world::<OFF>().await;
    for algorithm in
        [Algorithm::ES256, Algorithm::ES384, Algorithm::PS256, Algorithm::EdDSA, Algorithm::Ed25519]
    {
        let prover = Prover::with(algorithm);
        let proof = prover.draft("POST", crate::world::TOKEN, world.now()).sign();
        assert_eq!(world.machine(&[&proof]).await.json()["token_type"], "DPoP", "{algorithm}");
    }
    let rsa = Prover::with(Algorithm::RS256);
    let proof = rsa.draft("POST", crate::world::TOKEN, world.now()).sign();
    world.machine(&[&proof]).await.assert_error(400, "invalid_dpop_proof");
}

/// §5.2: "MUST reject token requests from the client that do not contain the DPoP header".
#[tokio::test]
async fn a_client_that_always_binds_gets_no_plain_token() {
    let world = world::<HEALING>().await;
    let code = world.code("always", &[]).await;
    world.redeem("always", &code, &[]).await.assert_error(400, "invalid_request");
    let tokens = world.redeem("always", &code, &[&world.draft().sign()]).await;
    assert_eq!(tokens.json()["token_type"], "DPoP", "nothing was used up: {}", tokens.text());
    let refreshed = world.refresh("always", &tokens.member("refresh_token"), &[]).await;
    refreshed.assert_error(400, "invalid_request");
}

/// §5.2: a proof at each poll; what is wrong with one costs the device no poll.
#[tokio::test]
async fn a_device_proves_its_key_at_every_poll() {
    let world = world::<HEALING>().await;
    let begun = world.post("/device_authorization", "tv", &[], &[]).await;
    let (device_code, user_code) = (begun.member("device_code"), begun.member("user_code"));
    let form = [("grant_type", DEVICE_CODE), ("device_code", device_code.as_str())];
    let poll = async |proof: &str| world.post("/token", "tv", &[proof], &form).await;
    poll(&world.draft().sign()).await.assert_error(400, "authorization_pending");
    // At once, which would be too often.
    poll(&world.draft().claim("iat", 1).sign()).await.assert_error(400, "use_dpop_nonce");
    poll(&world.draft().claim("htm", "GET").sign()).await.assert_error(400, "invalid_dpop_proof");
    world.wait(6);
    poll(&world.draft().sign()).await.assert_error(400, "authorization_pending");
    world.wait(6);
    let devices = &world.server.accounts.0;
    let user_code = UserCode::parse(&user_code).unwrap().hash();
    let approval = DeviceDecision::approve("alice", world.now(), ScopeSet::parse("profile").unwrap());
    assert!(devices.decide_device_code(&user_code, approval, world.now()).await.unwrap());
    poll(&world.draft().claim("htu", "https://evil.example").sign())
        .await
        .assert_error(400, "invalid_dpop_proof");
    let tokens = poll(&world.draft().sign()).await;
    assert_eq!(tokens.json()["token_type"], "DPoP", "{}", tokens.text());
    let refresh_token = tokens.member("refresh_token");
    let other = Prover::new().draft("POST", crate::world::TOKEN, world.now()).sign();
    world.refresh("tv", &refresh_token, &[&other]).await.assert_error(400, "invalid_grant");
    assert_eq!(world.refresh("tv", &refresh_token, &[&world.draft().sign()]).await.status, 200);
}

/// Nothing of a request that fails is used up, a proof included (§8: the client sends the same request again).
#[tokio::test]
async fn an_error_about_the_proof_uses_nothing_up() {
    let world = world::<HEALING>().await;
    let code = world.code("spa", &[]).await;
    for (draft, error) in [
        (world.draft().claim("iat", 1), "use_dpop_nonce"),
        (world.draft().claim("htm", "GET"), "invalid_dpop_proof"),
        (world.draft().claim("nonce", "stale"), "use_dpop_nonce"),
    ] {
        world.redeem("spa", &code, &[&draft.sign()]).await.assert_error(400, error);
    }
    let proof = world.draft().sign();
    world.redeem("spa", "another code", &[&proof]).await.assert_error(400, "invalid_grant");
    assert_eq!(world.redeem("spa", &code, &[&proof]).await.status, 200, "its jti was not claimed");
}
