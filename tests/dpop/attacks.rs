//! Attacks on proofs, one test each.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::jose::SigningKey;
use oauth_core::prelude::*;
use oauth_tests::{Prover, forge};
use serde_json::{Value, json};

use crate::world::{HEALING, ME, OFF, TOKEN, USERINFO, World, assert_refused, challenges, world};

/// A token request with this proof is refused, and the same with a good one is not.
async fn assert_invalid(world: &World<MemoryStore, HEALING>, proof: &str) {
    let answer = world.machine(&[proof]).await;
    answer.assert_error(400, "invalid_dpop_proof");
    assert_eq!(world.machine(&[&world.draft().sign()]).await.status, 200);
}

#[tokio::test]
async fn a_proof_at_two_endpoints() {
    let world = world::<HEALING>().await;
    let token = world.token().await;
    let proof = world.proof(ME, &token).sign();
    assert_refused(&world.present("/userinfo", &token, &proof).await, "invalid_dpop_proof");
    assert_eq!(world.present("/me", &token, &proof).await.status, 200);
    // Of the token endpoint's, ath is missing, too.
    let proof = world.draft().sign();
    assert_refused(&world.present("/me", &token, &proof).await, "invalid_dpop_proof");
}

#[tokio::test]
async fn a_replay() {
    let world = world::<OFF>().await;
    let proof = world.draft().sign();
    assert_eq!(world.machine(&[&proof]).await.status, 200);
    for _ in 0..10 {
        world.machine(&[&proof]).await.assert_error(400, "invalid_dpop_proof");
        world.wait(30);
    }
    let token = world.token().await;
    let proof = world.proof(ME, &token).sign();
    assert_eq!(world.present("/me", &token, &proof).await.status, 200);
    assert_refused(&world.present("/me", &token, &proof).await, "invalid_dpop_proof");
    let proof = world.proof(USERINFO, &token).sign();
    assert_eq!(world.present("/userinfo", &token, &proof).await.status, 200);
    assert_refused(&world.present("/userinfo", &token, &proof).await, "invalid_dpop_proof");
}

/// A proof whose `iat` is ahead passes for longer, and is remembered for as long.
#[tokio::test]
async fn a_replay_of_a_proof_from_the_future() {
    let world = world::<OFF>().await;
    let ahead = world.now().as_secs() + 299;
    let proof = world.draft().claim("iat", ahead).sign();
    assert_eq!(world.machine(&[&proof]).await.status, 200);
    for _ in 0..61 {
        world.wait(10);
        world.machine(&[&proof]).await.assert_error(400, "invalid_dpop_proof");
    }
}

/// One `jti` of two keys is two proofs: nobody uses up another's.
#[tokio::test]
async fn a_jti_of_another_key() {
    let world = world::<HEALING>().await;
    let other = Prover::new();
    let others = other.draft("POST", TOKEN, world.now()).claim("jti", "shared").sign();
    assert_eq!(world.machine(&[&others]).await.status, 200);
    assert_eq!(world.machine(&[&world.draft().claim("jti", "shared").sign()]).await.status, 200);
}

#[tokio::test]
async fn key_b_with_token_a() {
    let world = world::<HEALING>().await;
    let token = world.token().await;
    let other = Prover::new();
    for (path, url) in [("/me", ME), ("/userinfo", USERINFO)] {
        let proof = other.draft("GET", url, world.now()).with_token(&token).sign();
        let answer = world.present(path, &token, &proof).await;
        assert_eq!(answer.status, 401);
        assert!(challenges(&answer).iter().all(|it| it.contains("error=\"invalid_token\"")));
    }
}

#[tokio::test]
async fn the_hash_of_another_token() {
    let world = world::<HEALING>().await;
    let (token, other) = (world.token().await, world.token().await);
    for (path, url) in [("/me", ME), ("/userinfo", USERINFO)] {
        let drafts = [
            world.proof(url, &other),
            world.proof(url, &token).without("ath"),
            world.proof(url, &token).claim("ath", 1),
        ];
        for draft in drafts {
            assert_refused(&world.present(path, &token, &draft.sign()).await, "invalid_dpop_proof");
        }
    }
}

#[tokio::test]
async fn a_private_key_in_the_header() {
    let world = world::<HEALING>().await;
    let mut jwk = world.prover.jwk();
    jwk["d"] = "AAAA".into();
    assert_invalid(&world, &world.draft().header("jwk", jwk).sign()).await;
}

#[tokio::test]
async fn a_symmetric_key() {
    let world = world::<HEALING>().await;
    let secret = SigningKey::hmac([7; 32], Algorithm::HS256).unwrap();
    let claims = world.draft().claims.to_string();
    let oct = json!({ "kty": "oct", "k": URL_SAFE_NO_PAD.encode([7; 32]) });
    for jwk in [oct, world.prover.jwk()] {
        let header = json!({ "typ": "dpop+jwt", "alg": "HS256", "jwk": jwk });
        assert_invalid(&world, &forge(&secret, &header, &claims)).await;
    }
}

#[tokio::test]
async fn no_signature() {
    let world = world::<HEALING>().await;
    let good = world.draft().sign();
    let (unsigned, signature) = good.rsplit_once('.').unwrap();
    assert_invalid(&world, &format!("{unsigned}.")).await;
    let none = world.draft().header("alg", "none").sign();
    assert_invalid(&world, &none).await;
    assert_invalid(&world, &format!("{}.", none.rsplit_once('.').unwrap().0)).await;
    let other = world.draft().sign();
    assert_invalid(&world, &format!("{}.{signature}", other.rsplit_once('.').unwrap().0)).await;
}

#[tokio::test]
async fn no_key() {
    let world = world::<HEALING>().await;
    let mut draft = world.draft();
    draft.header.as_object_mut().unwrap().remove("jwk");
    assert_invalid(&world, &draft.sign()).await;
    for jwk in [
        json!(null),
        json!("x"),
        json!({}),
        json!({ "kty": "EC" }),
        Prover::new().jwk(),
        Prover::with(Algorithm::ES384).jwk(),
    ] {
        assert_invalid(&world, &world.draft().header("jwk", jwk).sign()).await;
    }
    let mut encrypting = world.prover.jwk();
    encrypting["use"] = "enc".into();
    assert_invalid(&world, &world.draft().header("jwk", encrypting).sign()).await;
}

#[tokio::test]
async fn another_kind_of_jwt() {
    let world = world::<HEALING>().await;
    for typ in ["JWT", "at+jwt", "client-authentication+jwt", "dpop", ""] {
        assert_invalid(&world, &world.draft().header("typ", typ).sign()).await;
    }
    let mut draft = world.draft();
    draft.header.as_object_mut().unwrap().remove("typ");
    assert_invalid(&world, &draft.sign()).await;
    assert_invalid(&world, &world.draft().header("crit", json!(["exp"])).sign()).await;
    for typ in ["application/dpop+jwt", "DPoP+JWT"] {
        assert_eq!(world.machine(&[&world.draft().header("typ", typ).sign()]).await.status, 200, "{typ}");
    }
}

#[tokio::test]
async fn two_headers() {
    let world = world::<HEALING>().await;
    let (one, two) = (world.draft().sign(), world.draft().sign());
    world.machine(&[&one, &two]).await.assert_error(400, "invalid_dpop_proof");
    world.machine(&[&one, &one]).await.assert_error(400, "invalid_dpop_proof");
    assert_invalid(&world, &format!("{one}, {two}")).await;
    assert_invalid(&world, "").await;
    let token = world.token().await;
    let (one, two) = (world.proof(ME, &token).sign(), world.proof(ME, &token).sign());
    let authorization = format!("DPoP {token}");
    let answer = world.get("/me", &[("authorization", &authorization), ("dpop", &one), ("dpop", &two)]).await;
    assert_refused(&answer, "invalid_dpop_proof");
}

#[tokio::test]
async fn another_url() {
    let world = world::<HEALING>().await;
    for htu in [
        "http://auth.example.com/token",
        "https://evil.example/token",
        "https://auth.example.com.evil.example/token",
        "https://auth.example.com/token/",
        "https://auth.example.com/userinfo",
        "https://auth.example.com:8443/token",
        "https://evil.example@auth.example.com/token",
        "/token",
        "",
    ] {
        assert_invalid(&world, &world.draft().claim("htu", htu).sign()).await;
    }
    assert_invalid(&world, &world.draft().without("htu").sign()).await;
}

/// The URL is the configured one, whatever a request says of its host.
#[tokio::test]
async fn a_host_of_the_attackers() {
    let world = world::<HEALING>().await;
    let proof = world.draft().claim("htu", "https://evil.example/token").sign();
    let request = http::Request::post("/token")
        .header("host", "evil.example")
        .header("x-forwarded-host", "evil.example")
        .header("forwarded", "host=evil.example")
        .header("authorization", oauth_tests::basic("machine"))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("dpop", proof);
    let answer = world.app.send(request, "grant_type=client_credentials").await;
    answer.assert_error(400, "invalid_dpop_proof");
}

#[tokio::test]
async fn another_method() {
    let world = world::<HEALING>().await;
    for htm in ["GET", "post", "Post", ""] {
        assert_invalid(&world, &world.draft().claim("htm", htm).sign()).await;
    }
    assert_invalid(&world, &world.draft().without("htm").sign()).await;
}

#[tokio::test]
async fn a_jti_of_a_megabyte() {
    let world = world::<HEALING>().await;
    for length in [257, 8 * 1024, 1024 * 1024] {
        assert_invalid(&world, &world.draft().claim("jti", "x".repeat(length)).sign()).await;
    }
    for jti in [json!(""), json!(1), Value::Null] {
        assert_invalid(&world, &world.draft().claim("jti", jti).sign()).await;
    }
    assert_invalid(&world, &world.draft().without("jti").sign()).await;
    let long = format!("{:0>256}", world.now().as_secs());
    assert_eq!(world.machine(&[&world.draft().claim("jti", long).sign()]).await.status, 200);
}

#[tokio::test]
async fn an_hour_early_and_an_hour_late() {
    let world = world::<OFF>().await;
    let now = world.now().as_secs();
    for iat in [json!(now - 3600), json!(now + 3600), json!("now"), json!(null), json!(u64::MAX), json!(-1)] {
        let proof = world.draft().claim("iat", iat).sign();
        world.machine(&[&proof]).await.assert_error(400, "invalid_dpop_proof");
    }
    world.machine(&[&world.draft().without("iat").sign()]).await.assert_error(400, "invalid_dpop_proof");
}

#[tokio::test]
async fn what_must_pass() {
    let world = world::<OFF>().await;
    let now = world.now().as_secs();
    for htu in [
        "https://auth.example.com/token?a=b#c",
        "HTTPS://AUTH.example.COM/token",
        "https://auth.example.com:443/token",
        "https://auth.example.com/%74oken",
    ] {
        assert_eq!(world.machine(&[&world.draft().claim("htu", htu).sign()]).await.status, 200, "{htu}");
    }
    for iat in [json!(now - 10), json!(now + 10), json!(f64::from(u32::try_from(now).unwrap()) + 0.5)] {
        assert_eq!(world.machine(&[&world.draft().claim("iat", iat).sign()]).await.status, 200);
    }
    let more = world.draft().claim("exp", 1).claim("nbf", now + 3600).claim("extra", json!({ "a": [1] }));
    assert_eq!(world.machine(&[&more.sign()]).await.status, 200);
    let token = world.token().await;
    for scheme in ["DPoP", "dPoP", "DPOP", "dpop"] {
        let (authorization, proof) = (format!("{scheme} {token}"), world.proof(ME, &token).sign());
        let answer = world.get("/me", &[("authorization", &authorization), ("dpop", &proof)]).await;
        assert_eq!(answer.status, 200, "{scheme}");
    }
}
