//! RFC 9470 §3: what a resource answers.

use crate::world::{EVERYWHERE, Where, World, assert_asks, challenges, parameter};

#[tokio::test]
async fn the_challenge_has_the_requirements_as_the_specification_writes_them() {
    for place in EVERYWHERE {
        let world = World::new(place).await;
        let token = world.token("pwd", 61).await;
        for (path, acr_values, max_age, scope) in [
            ("/transfer", Some("phr phrh"), None, Some("transfers")),
            ("/recent", None, Some("60"), None),
            ("/close", Some("phrh"), Some("60"), Some("transfers")),
            ("/all", Some("phr phrh"), None, Some("accounts.read transfers")),
            ("/any", Some("phr phrh"), None, Some("accounts.read")),
            ("/maybe", Some("phr phrh"), None, None),
        ] {
            let answer = world.get(path, &token).await;
            let challenge = assert_asks(&answer, "Bearer");
            let told = |name| parameter(challenge, name);
            let told = [told("acr_values"), told("max_age"), told("scope")];
            let expected = [acr_values, max_age, scope].map(|text| text.map(str::to_owned));
            assert_eq!(told, expected, "{path} {place:?}");
        }
    }
}

#[tokio::test]
async fn a_token_meets_it_or_does_not() {
    for place in EVERYWHERE {
        let world = World::new(place).await;
        for (acr, age, transfer, recent, close) in [
            ("", 0, 401, 200, 401),
            ("pwd", 60, 401, 200, 401),
            ("phr", 61, 200, 401, 401),
            ("phrh", 60, 200, 200, 200),
            ("phrh", 61, 200, 401, 401),
            ("phr phrh", 0, 401, 200, 401),
            ("PHR", 0, 401, 200, 401),
        ] {
            let token = world.token(acr, age).await;
            for (path, status) in [("/transfer", transfer), ("/recent", recent), ("/close", close)] {
                let answer = world.get(path, &token).await;
                assert_eq!(answer.status, status, "{path} {acr} {age} {place:?}: {:?}", challenges(&answer));
            }
        }
    }
}

/// RFC 9470 §3, RFC 9449 §7.1: the next token is presented as this one was.
#[tokio::test]
async fn the_scheme_is_that_of_the_token() {
    for place in EVERYWHERE {
        let world = World::new(place).await;
        let token = world.bound_token("pwd", 0).await;
        let answer = world.present("/transfer", &token, &world.proof("/transfer", &token)).await;
        let challenge = assert_asks(&answer, "DPoP");
        assert_eq!(parameter(challenge, "acr_values").as_deref(), Some("phr phrh"));
        assert!(parameter(challenge, "algs").is_some(), "{challenge}");
        let strong = world.bound_token("phr", 0).await;
        let answer = world.present("/bound", &strong, &world.proof("/bound", &strong)).await;
        assert_eq!(answer.text(), "bound", "{:?}", challenges(&answer));
    }
}

#[tokio::test]
async fn who_has_no_token_or_a_bad_one_is_not_told_of_logins() {
    let world = World::new(Where::Beside).await;
    let nobody = world.api.get("/transfer").await;
    assert_eq!(nobody.status, 401);
    let bad = world.get("/transfer", "bad").await;
    for answer in [&nobody, &bad] {
        for challenge in challenges(answer) {
            assert_eq!(parameter(challenge, "acr_values"), None, "{challenge}");
        }
    }
    assert_eq!(parameter(challenges(&bad)[0], "error").as_deref(), Some("invalid_token"));
    assert_eq!(world.api.get("/maybe").await.text(), "maybe");
}

/// A login is asked for first, and with the scopes: one way through the browser is enough for both.
#[tokio::test]
async fn a_token_that_lacks_both_is_told_of_both() {
    let world = World::new(Where::Beside).await;
    let weak = world.tokens(("pwd", 0), &[("scope", "accounts.read")]).await.member("access_token");
    let answer = world.get("/transfer", &weak).await;
    assert_eq!(parameter(assert_asks(&answer, "Bearer"), "scope").as_deref(), Some("transfers"));
    let strong = world.tokens(("phr", 0), &[("scope", "accounts.read")]).await.member("access_token");
    let answer = world.get("/transfer", &strong).await;
    assert_eq!(answer.status, 403);
    assert_eq!(parameter(challenges(&answer)[0], "error").as_deref(), Some("insufficient_scope"));
    assert_eq!(parameter(challenges(&answer)[0], "acr_values"), None);
}
