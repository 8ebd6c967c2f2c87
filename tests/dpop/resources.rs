//! Resources beside the server, §7.

use crate::world::{HEALING, ME, USERINFO, assert_refused, challenges, world};
use oauth_tests::Prover;

const STRICT: &str = "https://auth.example.com/strict";

#[tokio::test]
async fn a_bound_token_comes_by_its_own_scheme() {
    let world = world::<HEALING>().await;
    let token = world.token().await;
    let proof = || world.proof(ME, &token).sign();
    assert_eq!(world.present("/me", &token, &proof()).await.text(), "alice");
    let userinfo = world.present("/userinfo", &token, &world.proof(USERINFO, &token).sign()).await;
    assert_eq!(userinfo.json()["sub"], "alice");
    // §7.2: as a bearer token it is refused, with a proof and without.
    let bearer = format!("Bearer {token}");
    for path in ["/me", "/userinfo"] {
        for headers in
            [vec![("authorization", bearer.as_str())], vec![("authorization", &bearer), ("dpop", &proof())]]
        {
            let answer = world.get(path, &headers).await;
            assert_eq!(answer.status, 401, "{path}");
            assert!(challenges(&answer).iter().all(|it| it.contains("error=\"invalid_token\"")), "{path}");
        }
        // By its own scheme without a proof, too.
        assert_refused(
            &world.get(path, &[("authorization", &format!("DPoP {token}"))]).await,
            "invalid_dpop_proof",
        );
    }
    let form = [("access_token", token.as_str())];
    assert_eq!(world.app.post("/userinfo", "", &form).await.status, 401, "in the header only");
}

#[tokio::test]
async fn a_token_that_is_bound_to_nothing_comes_as_a_bearer_token() {
    let world = world::<HEALING>().await;
    let code = world.code("web", &[]).await;
    let token = world.redeem("web", &code, &[]).await.member("access_token");
    let bearer = format!("Bearer {token}");
    assert_eq!(world.get("/me", &[("authorization", &bearer)]).await.status, 200);
    let answer = world.present("/me", &token, &world.proof(ME, &token).sign()).await;
    assert_eq!(answer.status, 401);
    assert!(challenges(&answer).iter().all(|it| it.contains("error=\"invalid_token\"")));
    let both = [("authorization", bearer.as_str()), ("authorization", &format!("DPoP {token}"))];
    assert_eq!(world.get("/me", &both).await.status, 400);
}

/// §7.2, RFC 6750 §3.1: who brings nothing is told what would do, and of no error.
#[tokio::test]
async fn who_brings_no_token_is_told_of_both_schemes() {
    let world = world::<HEALING>().await;
    for path in ["/me", "/userinfo"] {
        let answer = world.get(path, &[]).await;
        let challenges = challenges(&answer);
        assert_eq!((answer.status.as_u16(), challenges.len()), (401, 2), "{challenges:?}");
        assert!(challenges[0].starts_with("Bearer ") && challenges[1].starts_with("DPoP "), "{challenges:?}");
        assert!(
            !challenges.concat().contains("error") && challenges[1].contains("algs=\""),
            "{challenges:?}"
        );
        assert!(!challenges[0].contains("algs"), "{challenges:?}");
    }
}

#[tokio::test]
async fn a_handler_may_demand_a_bound_token() {
    let world = world::<HEALING>().await;
    let token = world.token().await;
    assert_eq!(world.present("/strict", &token, &world.proof(STRICT, &token).sign()).await.status, 200);
    let code = world.code("web", &[]).await;
    let plain = world.redeem("web", &code, &[]).await.member("access_token");
    let refused = world.get("/strict", &[("authorization", &format!("Bearer {plain}"))]).await;
    assert_refused(&refused, "invalid_token");
    let nobody = world.get("/strict", &[]).await;
    assert!(challenges(&nobody).len() == 1 && challenges(&nobody)[0].starts_with("DPoP "));
}

/// A proof is used once, and by every extractor of one request.
#[tokio::test]
async fn two_extractors_of_one_handler_share_a_proof() {
    let world = world::<HEALING>().await;
    let token = world.token().await;
    let proof = world.proof("https://auth.example.com/twice", &token).sign();
    assert_eq!(world.present("/twice", &token, &proof).await.text(), "twice");
    assert_refused(&world.present("/twice", &token, &proof).await, "invalid_dpop_proof");
}

/// The URL is what the client asked for, however routers are nested.
#[tokio::test]
async fn a_nested_router_keeps_the_whole_path() {
    let world = world::<HEALING>().await;
    let token = world.token().await;
    let proof = world.proof("https://auth.example.com/nested/me", &token).sign();
    assert_eq!(world.present("/nested/me", &token, &proof).await.status, 200);
    assert_refused(
        &world.present("/nested/me", &token, &world.proof(ME, &token).sign()).await,
        "invalid_dpop_proof",
    );
}

/// What fails for another reason claims nothing: the client may try again with the same proof.
#[tokio::test]
async fn a_refused_request_uses_no_proof_up() {
    let world = world::<HEALING>().await;
    let token = world.token().await;
    let proof = world.proof(ME, &token).sign();
    assert_eq!(
        world.get("/me", &[("authorization", &format!("Bearer {token}")), ("dpop", &proof)]).await.status,
        401
    );
    assert_eq!(world.present("/me", "another", &proof).await.status, 401);
    let stranger = Prover::new().draft("GET", ME, world.now()).with_token(&token).sign();
    assert_eq!(world.present("/me", &token, &stranger).await.status, 401);
    assert_eq!(world.present("/me", &token, &proof).await.status, 200);
}
