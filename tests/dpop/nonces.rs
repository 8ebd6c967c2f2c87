//! Nonces, §8 and §9.

use std::collections::BTreeSet;

use crate::world::{HEALING, ME, OFF, REQUIRED, USERINFO, assert_refused, world};

/// §11.3: "required" means required.
#[tokio::test]
async fn a_server_that_requires_nonces_takes_no_proof_without_one() {
    let world = world::<REQUIRED>().await;
    let refused = world.machine(&[&world.draft().sign()]).await;
    refused.assert_error(400, "use_dpop_nonce");
    let nonce = refused.header("dpop-nonce").to_owned();
    assert_eq!(refused.headers.get_all("dpop-nonce").iter().count(), 1);
    assert!(refused.headers.get("www-authenticate").is_none());
    let granted = world.machine(&[&world.draft().claim("nonce", nonce.as_str()).sign()]).await;
    assert_eq!(granted.json()["token_type"], "DPoP", "{}", granted.text());
    assert!(granted.header("dpop-nonce").is_empty(), "it is the newest");
    // Who brings no proof asks for no bound token.
    assert_eq!(world.machine(&[]).await.json()["token_type"], "Bearer");
}

/// §8.2: a new nonce rides on a success, and the old one passes for a while.
#[tokio::test]
async fn a_nonce_that_is_not_the_newest_is_replaced_on_success() {
    let world = world::<REQUIRED>().await;
    let first = world.machine(&[&world.draft().sign()]).await.header("dpop-nonce").to_owned();
    let ask = async |nonce: &str| world.machine(&[&world.draft().claim("nonce", nonce).sign()]).await;
    world.wait(60);
    let granted = ask(&first).await;
    assert_eq!(granted.status, 200, "{}", granted.text());
    let second = granted.header("dpop-nonce").to_owned();
    assert_ne!(second, first);
    assert!(ask(&second).await.header("dpop-nonce").is_empty());
    world.wait(120);
    assert_eq!(ask(&first).await.status, 200, "three minutes");
    world.wait(120);
    let stale = ask(&first).await;
    stale.assert_error(400, "use_dpop_nonce");
    assert_eq!(ask(stale.header("dpop-nonce")).await.status, 200);
    ask("nobody's").await.assert_error(400, "use_dpop_nonce");
    ask("").await.assert_error(400, "use_dpop_nonce");
}

/// A client whose clock is an hour off gets on, by a nonce (§8).
#[tokio::test]
async fn a_nonce_heals_a_wrong_clock() {
    let world = world::<HEALING>().await;
    let now = world.now().as_secs();
    for iat in [now - 3600, now + 3600] {
        let wrong = || world.draft().claim("iat", iat);
        let refused = world.machine(&[&wrong().sign()]).await;
        refused.assert_error(400, "use_dpop_nonce");
        let healed = wrong().claim("nonce", refused.header("dpop-nonce")).sign();
        assert_eq!(world.machine(&[&healed]).await.status, 200);
        world.machine(&[&healed]).await.assert_error(400, "invalid_dpop_proof");
        // It is remembered for as long as the nonce passes.
        for _ in 0..6 {
            world.wait(60);
            assert_eq!(world.machine(&[&healed]).await.status, 400);
        }
    }
}

#[tokio::test]
async fn without_nonces_time_alone_tells() {
    let world = world::<OFF>().await;
    let now = world.now().as_secs();
    for (iat, works) in
        [(now, true), (now - 300, true), (now + 300, true), (now - 301, false), (now + 301, false)]
    {
        let answer = world.machine(&[&world.draft().claim("iat", iat).sign()]).await;
        assert_eq!(answer.status, if works { 200 } else { 400 }, "{iat} at {now}");
        if !works {
            answer.assert_error(400, "invalid_dpop_proof");
            assert!(answer.header("dpop-nonce").is_empty());
        }
    }
    world.machine(&[&world.draft().claim("nonce", "x").sign()]).await.assert_error(400, "invalid_dpop_proof");
}

/// §9: one challenge, so that clients see it, and the nonce of the server is that of its resources.
#[tokio::test]
async fn resources_ask_for_the_nonce_of_their_server() {
    let world = world::<REQUIRED>().await;
    let first = world.machine(&[&world.draft().sign()]).await.header("dpop-nonce").to_owned();
    let code = world.code("web", &[]).await;
    let tokens = world.redeem("web", &code, &[&world.draft().claim("nonce", first.as_str()).sign()]).await;
    let token = tokens.member("access_token");
    for (path, url) in [("/me", ME), ("/userinfo", USERINFO)] {
        let refused = world.present(path, &token, &world.proof(url, &token).sign()).await;
        assert_refused(&refused, "use_dpop_nonce");
        assert_eq!(refused.header("dpop-nonce"), first, "{path}");
        let proof = world.proof(url, &token).claim("nonce", first.as_str()).sign();
        assert_eq!(world.present(path, &token, &proof).await.status, 200, "{path}");
    }
    // Where the response is the server's own, a new nonce rides on it.
    world.wait(60);
    let proof = world.proof(USERINFO, &token).claim("nonce", first.as_str()).sign();
    let answer = world.present("/userinfo", &token, &proof).await;
    assert_eq!(answer.status, 200);
    assert!(!answer.header("dpop-nonce").is_empty() && answer.header("dpop-nonce") != first);
}

#[tokio::test]
async fn nonces_differ_by_minute_and_tell_nothing() {
    let world = world::<REQUIRED>().await;
    let mut nonces = BTreeSet::new();
    for _ in 0..5 {
        let nonce = world.machine(&[&world.draft().sign()]).await.header("dpop-nonce").to_owned();
        assert_eq!(nonce.len(), 43);
        nonces.insert(nonce);
        world.wait(60);
    }
    assert_eq!(nonces.len(), 5);
}
