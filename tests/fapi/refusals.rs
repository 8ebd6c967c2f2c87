//! Requests that other servers take, and this one refuses.

use std::sync::Arc;
use std::time::Duration;

use axum::http::Request as HttpRequest;
use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::store::{AccessToken, Authorization, Saving, TokenStore as _};
use oauth_tests::ISSUER;
use serde_json::{Value, json};

use crate::client::{Fintech, jwks, signed};
use crate::world::{ASSERTION, World};

/// A token request that asks for nothing: whoever gets past authentication hears of its grant type.
const NOTHING: (&str, &str) = ("grant_type", "urn:example:nothing");

async fn authenticates(world: &World, assertion: &str) -> bool {
    let form = [NOTHING, ASSERTION, ("client_assertion", assertion)];
    let answer = world.post_with("/token", &form, None).await;
    match answer.member("error").as_str() {
        "unsupported_grant_type" => true,
        "invalid_client" => false,
        other => panic!("{other}"),
    }
}

async fn authenticates_with(world: &World, name: &str, value: Value) -> bool {
    let mut claims = world.web.claims(world.clock.now());
    claims[name] = value;
    authenticates(world, &signed(&world.web.key, &claims)).await
}

#[tokio::test]
async fn fapi2_section_5_3_2_1_an_assertion_for_an_endpoint_or_for_several_is_refused() {
    let world = World::new().await;
    assert!(authenticates_with(&world, "aud", json!(ISSUER)).await);
    for aud in [
        json!([ISSUER]),
        json!([ISSUER, "https://other.example"]),
        json!(format!("{ISSUER}/token")),
        json!(format!("{ISSUER}/par")),
        json!(format!("{ISSUER}/")),
        json!("https://other.example"),
        Value::Null,
    ] {
        assert!(!authenticates_with(&world, "aud", aud.clone()).await, "{aud}");
    }
}

#[tokio::test]
async fn fapi2_section_5_3_2_1_clocks_may_be_off_by_a_minute_and_no_more() {
    let world = World::new().await;
    let now = world.clock.now().as_secs();
    for name in ["iat", "nbf"] {
        for (ahead, is_taken) in [(0, true), (10, true), (60, true), (61, false), (3600, false)] {
            assert_eq!(
                authenticates_with(&world, name, json!(now + ahead)).await,
                is_taken,
                "{name} {ahead}"
            );
        }
    }
    assert!(!authenticates_with(&world, "exp", json!(now - 300)).await);
}

/// Assertions under RS256 are refused, whether the client registered it or not.
#[tokio::test]
async fn fapi2_section_5_4_1_weak_signatures_are_refused() {
    let world = World::new().await;
    let rsa = SigningKey::generate(Algorithm::RS256).unwrap();
    let with = |algorithm| rsa.clone().with_algorithm(algorithm).unwrap();
    let bare = {
        let mut jwk = serde_json::to_value(rsa.public_jwk().unwrap()).unwrap();
        jwk.as_object_mut().unwrap().remove("alg");
        json!({ "keys": [jwk] }).to_string()
    };
    // A key that does not say what it is for is for what the client registered, and else for RS256.
    let unsaid = Client::private_key_jwt("unsaid", bare.as_str()).build().unwrap();
    world.store.save_client(unsaid).await.unwrap();
    let bare = Client::private_key_jwt("bare", bare).token_endpoint_auth_signing_alg(Algorithm::PS256);
    world.store.save_client(bare.build().unwrap()).await.unwrap();
    world.store.save_client(Client::private_key_jwt("rs", jwks(&rsa)).build().unwrap()).await.unwrap();
    let es384 = SigningKey::generate(Algorithm::ES384).unwrap();
    world.store.save_client(Client::private_key_jwt("es384", jwks(&es384)).build().unwrap()).await.unwrap();
    for (id, key, is_taken) in [
        ("bare", with(Algorithm::PS256), true),
        ("bare", with(Algorithm::RS256), false),
        ("bare", with(Algorithm::PS384), false),
        ("unsaid", with(Algorithm::PS256), false),
        ("rs", with(Algorithm::RS256), false),
        ("es384", es384, false),
    ] {
        let client = Fintech { id, key: key.clone(), prover: key.clone() };
        let assertion = client.assertion(world.clock.now());
        assert_eq!(authenticates(&world, &assertion).await, is_taken, "{id} {}", key.algorithm());
    }
}

#[tokio::test]
async fn fapi2_section_5_3_2_2_nothing_is_asked_for_that_was_not_pushed_whole() {
    let world = World::new().await;
    for more in [
        [("response_type", "token"), ("x", "")],
        [("response_type", "code id_token"), ("x", "")],
        [("code_challenge", ""), ("code_challenge_method", "")],
        [("code_challenge_method", "plain"), ("x", "")],
        [("redirect_uri", ""), ("x", "")],
    ] {
        let answer = world.push(&world.web, &more).await;
        assert_eq!(answer.status, 400, "{more:?}: {}", answer.text());
    }
    let redirect_uri = world.web.redirect_uri();
    let direct = [
        ("response_type", "code"),
        ("client_id", "web"),
        ("redirect_uri", redirect_uri.as_str()),
        ("code_challenge", oauth_tests::CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    world.app.authorize(&direct).await.assert_redirected_error(&redirect_uri, "invalid_request");
    let form = [("client_id", "web"), ("response_type", "code"), ("redirect_uri", redirect_uri.as_str())];
    world.post_with("/par", &form, None).await.assert_error(401, "invalid_client");
}

#[tokio::test]
async fn fapi2_section_5_3_2_1_a_code_is_redeemed_by_a_proof_and_within_a_minute() {
    let world = World::new().await;
    let code = world.code(&world.web).await;
    world.redeem(&world.web, &code, None).await.assert_error(400, "invalid_request");
    world.redeem(&world.web, &code, Some("no proof")).await.assert_error(400, "invalid_dpop_proof");
    // Nothing was used up.
    world.redeem(&world.web, &code, Some(&world.proof(&world.web))).await.member("access_token");
    let code = world.code(&world.web).await;
    world.wait(62);
    let late = world.redeem(&world.web, &code, Some(&world.proof(&world.web))).await;
    late.assert_error(400, "invalid_grant");
}

/// Who goes by the issuer's clock is a minute ahead at the most, with the nonce of a wrong clock or without.
#[tokio::test]
async fn fapi2_section_5_3_2_1_a_proof_from_the_future_is_refused() {
    let world = World::new().await;
    let code = world.code(&world.web).await;
    let (now, url) = (world.clock.now(), format!("{ISSUER}/token"));
    let far = now + std::time::Duration::from_secs(61);
    let far = world.web.proof("POST", &url, far, None);
    world.redeem(&world.web, &code, Some(&far)).await.assert_error(400, "invalid_dpop_proof");
    let near = now + std::time::Duration::from_secs(10);
    let near = world.web.proof("POST", &url, near, None);
    world.redeem(&world.web, &code, Some(&near)).await.member("access_token");
}

#[tokio::test]
async fn fapi2_section_5_4_1_a_proof_signed_with_es384_is_refused() {
    let mut world = World::new().await;
    let code = world.code(&world.web).await;
    world.web.prover = SigningKey::generate(Algorithm::ES384).unwrap();
    let proof = world.proof(&world.web);
    world.redeem(&world.web, &code, Some(&proof)).await.assert_error(400, "invalid_dpop_proof");
    world.web.prover = SigningKey::generate(Algorithm::EdDSA).unwrap();
    let proof = world.proof(&world.web);
    world.redeem(&world.web, &code, Some(&proof)).await.member("access_token");
}

#[tokio::test]
async fn long_states_and_nonces_pass() {
    let world = World::new().await;
    let (state, nonce) = ("s".repeat(1500), "n".repeat(64));
    let params = world.authorize(&world.web, &[("state", &state), ("nonce", &nonce)]).await.params();
    assert_eq!(params["state"], state);
    let tokens = world.redeem(&world.web, &params["code"], Some(&world.proof(&world.web))).await;
    assert_eq!(tokens.status, 200, "{}", tokens.text());
}

/// FAPI 2.0 §5.3.3: what was issued before the server followed the profile, and is bound to nothing, is worth nothing.
#[tokio::test]
async fn an_unbound_token_of_the_time_before() {
    let world = World::new().await;
    let now = world.clock.now();
    let mut authorization = Authorization::new("web", now);
    authorization.subject = Some("alice".to_owned());
    let scopes = ScopeSet::parse("openid accounts").unwrap();
    authorization.scopes = scopes.clone();
    let mut claims = serde_json::Map::new();
    claims.insert("aud".to_owned(), json!(ISSUER));
    let token = AccessToken {
        hash: TokenHash::of("a-token-of-before"),
        authorization: Arc::new(authorization),
        scopes,
        claims: claims.into(),
        issued_at: now,
        expires_at: now + Duration::from_mins(10),
    };
    assert_eq!(world.store.save_tokens(Some(token), None, now).await.unwrap(), Saving::Saved);
    for path in ["/me", "/userinfo"] {
        let request = HttpRequest::get(path).header("authorization", "Bearer a-token-of-before");
        let answer = world.app.send(request, "").await;
        assert_eq!(answer.status, 401, "{path}: {}", answer.text());
    }
}
