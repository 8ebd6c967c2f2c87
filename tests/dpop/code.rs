//! Codes that are bound to a key, §10.

use crate::world::{HEALING, TOKEN, world};
use oauth_tests::Prover;

#[tokio::test]
async fn section_10_the_key_of_dpop_jkt_redeems_the_code_and_no_other() {
    let world = world::<HEALING>().await;
    let jkt = world.prover.jkt();
    for client_id in ["spa", "web"] {
        let code = world.code(client_id, &[("dpop_jkt", &jkt)]).await;
        let other = Prover::new().draft("POST", TOKEN, world.now()).sign();
        world.redeem(client_id, &code, &[]).await.assert_error(400, "invalid_grant");
        world.redeem(client_id, &code, &[&other]).await.assert_error(400, "invalid_grant");
        let tokens = world.redeem(client_id, &code, &[&world.draft().sign()]).await;
        assert_eq!(tokens.json()["token_type"], "DPoP", "{client_id}: {}", tokens.text());
    }
}

/// A code that was used stays alive for its tokens as long as nobody with the key presents it again.
#[tokio::test]
async fn a_used_code_in_the_hands_of_another_key_ends_nothing() {
    let world = world::<HEALING>().await;
    let jkt = world.prover.jkt();
    let code = world.code("spa", &[("dpop_jkt", &jkt)]).await;
    let tokens = world.redeem("spa", &code, &[&world.draft().sign()]).await;
    let other = Prover::new().draft("POST", TOKEN, world.now()).sign();
    world.redeem("spa", &code, &[&other]).await.assert_error(400, "invalid_grant");
    assert!(world.app.is_active(&tokens.member("access_token")).await);
    world.redeem("spa", &code, &[&world.draft().sign()]).await.assert_error(400, "invalid_grant");
    assert!(!world.app.is_active(&tokens.member("access_token")).await, "a replay ends them");
}

#[tokio::test]
async fn a_dpop_jkt_that_is_no_thumbprint_is_refused() {
    let world = world::<HEALING>().await;
    let jkt = world.prover.jkt();
    for malformed in [&jkt[1..], &format!("{jkt}A"), &jkt.replace(&jkt[..1], "+"), "x"] {
        let answer = world.authorize("spa", &[("dpop_jkt", malformed)]).await;
        answer.assert_redirected_error("https://spa.example/cb", "invalid_request");
    }
}
