//! Validating by the keys of the issuer: fetching, rotation, and an issuer that is down.

use std::time::Duration;

use axum::Router;
use axum::routing::get;
use oauth_core::clock::Clock;
use oauth_core::http::{HttpError, HttpsClient};
use oauth_core::jose::SigningKeys as _;
use oauth_core::prelude::*;
use oauth_core::resource::Validation;
use oauth_core::server::Environment;
use serde_json::json;

use crate::world::{AUDIENCE, Api, Issuer, access_token, claims, header, jws, key};

/// Milliseconds between refreshes for unknown keys, and after how many the keys are old.
struct Calendar<const INTERVAL: u64, const AGE: u64 = 600_000> {
    issuer: String,
}

impl<const INTERVAL: u64, const AGE: u64> ResourceServer for Calendar<INTERVAL, AGE> {
    type HttpClient = HttpsClient;
    const ISSUER: oauth_core::token::Issuer = oauth_core::token::Issuer::Field;
    const CONFIG: ResourceConfig = ResourceConfig::new()
        .audience(AUDIENCE)
        .jwks_refresh_interval(Duration::from_millis(INTERVAL))
        .jwks_max_age(Duration::from_millis(AGE));

    fn http_client(&self) -> Result<HttpsClient, HttpError> {
        Ok(HttpsClient::new()?.timeout(Duration::from_secs(5)))
    }
    fn issuer(&self) -> Option<&str> {
        Some(&self.issuer)
    }
}

async fn api<const INTERVAL: u64, const AGE: u64>(issuer: &Issuer) -> Api {
    api_by::<INTERVAL, AGE>(&Clock::system(), issuer).await
}

async fn api_by<const INTERVAL: u64, const AGE: u64>(clock: &Clock, issuer: &Issuer) -> Api {
    let calendar = Calendar::<INTERVAL, AGE> { issuer: issuer.url.clone() };
    Api::start(calendar.into_resource_in(Environment::new().clock(clock.clone())).unwrap()).await
}

const HOUR: u64 = 3_600_000;

const MILLISECOND: Duration = Duration::from_millis(1);

/// Waits for a fetch that no request waits for.
async fn eventually(mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..500 {
        if holds().await {
            return;
        }
    }
    panic!("it does not come true");
}

#[tokio::test]
async fn a_token_of_the_issuer_opens_the_api() {
    let issuer = Issuer::signing(key(Algorithm::ES256)).await;
    let api = api::<HOUR, HOUR>(&issuer).await;

    let answer = api.get("/read", &issuer.token("calendar.read").await).await;

    assert_eq!((answer.status.as_u16(), answer.text()), (200, "robot by robot"));
    assert_eq!(api.status(&issuer.token("calendar.write").await).await, 403);
    assert_eq!(issuer.asked("/jwks.json"), 1, "the keys are cached");
}

#[tokio::test]
async fn every_asymmetric_algorithm_validates() {
    for algorithm in [Algorithm::RS256, Algorithm::PS384, Algorithm::ES384, Algorithm::EdDSA] {
        let issuer = Issuer::signing(key(algorithm)).await;
        let api = api::<HOUR, HOUR>(&issuer).await;
        assert_eq!(api.status(&issuer.token("calendar.read").await).await, 200, "{algorithm:?}");
    }
}

#[tokio::test]
async fn an_unknown_kid_fetches_the_keys_at_once() {
    let (old, new) = (key(Algorithm::ES256), key(Algorithm::ES256));
    let issuer = Issuer::signing(old.clone()).await;
    let api = api::<HOUR, HOUR>(&issuer).await;
    let of_old = issuer.token("calendar.read").await;
    assert_eq!(api.status(&of_old).await, 200);

    issuer.rotate(KeyRing::new(old).rotate(new).unwrap());
    let of_new = issuer.token("calendar.read").await;

    assert_eq!(api.status(&of_new).await, 200);
    assert_eq!(api.status(&of_old).await, 200, "the old key is published still");
    assert_eq!(issuer.asked("/jwks.json"), 2);
}

#[tokio::test]
async fn a_key_that_was_withdrawn_is_forgotten_with_age() {
    let issuer = Issuer::signing(key(Algorithm::ES256)).await;
    let clock = Clock::manual();
    let api = api_by::<HOUR, 50>(&clock, &issuer).await;
    let of_old = issuer.token("calendar.read").await;
    assert_eq!(api.status(&of_old).await, 200);

    issuer.rotate(key(Algorithm::ES256).into());
    clock.advance(49 * MILLISECOND);
    assert_eq!(api.status(&of_old).await, 200);
    assert_eq!(issuer.asked("/jwks.json"), 1, "they are not old yet");
    clock.advance(MILLISECOND);

    eventually(async || api.status(&of_old).await == 401).await;
}

#[tokio::test]
async fn a_flood_of_unknown_kids_fetches_once() {
    let issuer = Issuer::signing(key(Algorithm::ES256)).await;
    let api = api::<HOUR, HOUR>(&issuer).await;
    assert_eq!(api.status(&issuer.token("calendar.read").await).await, 200);
    let stranger = key(Algorithm::ES256);

    let forged = |number| {
        let mut header = header(&stranger);
        header["kid"] = json!(format!("unknown-{number}"));
        jws(&stranger, &header, &claims(&issuer.url))
    };
    let tokens: Vec<_> = (0..100).map(forged).collect();
    let flood = tokens.iter().map(|token| api.status(token));
    for status in futures(flood).await {
        assert_eq!(status, 401);
    }

    assert_eq!(issuer.asked("/jwks.json"), 2, "the first fetch, and one for a hundred unknown kids");
}

#[tokio::test]
async fn a_flood_at_the_start_fetches_once() {
    let issuer = Issuer::signing(key(Algorithm::ES256)).await;
    let api = api::<HOUR, HOUR>(&issuer).await;
    let token = issuer.token("calendar.read").await;

    let flood = (0..100).map(|_| api.status(&token));
    for status in futures(flood).await {
        assert_eq!(status, 200);
    }

    assert_eq!(issuer.asked("/jwks.json"), 1);
}

#[tokio::test]
async fn refreshes_go_on_after_the_interval() {
    let issuer = Issuer::signing(key(Algorithm::ES256)).await;
    let clock = Clock::manual();
    let api = api_by::<50, HOUR>(&clock, &issuer).await;
    assert_eq!(api.status(&access_token(&key(Algorithm::ES256), &claims(&issuer.url))).await, 401);
    for _ in 0..3 {
        issuer.rotate(key(Algorithm::ES256).into());
        let token = issuer.token("calendar.read").await;
        clock.advance(49 * MILLISECOND);
        assert_eq!(api.status(&token).await, 401, "not before");
        clock.advance(MILLISECOND);
        assert_eq!(api.status(&token).await, 200);
    }
}

#[tokio::test]
async fn it_starts_while_the_issuer_is_down_and_recovers() {
    let issuer = Issuer::signing(key(Algorithm::ES256)).await;
    let token = issuer.token("calendar.read").await;
    issuer.set_down(true);
    let clock = Clock::manual();
    let api = api_by::<20, HOUR>(&clock, &issuer).await;

    let answer = api.get("/read", &token).await;
    assert_eq!(answer.status, 503, "nobody can tell whether the token is valid");
    assert_eq!(answer.header("www-authenticate"), "", "and nothing that the caller could send would help");

    issuer.set_down(false);
    assert_eq!(api.status(&token).await, 503, "it is not tried again at once");
    clock.advance(20 * MILLISECOND);
    assert_eq!(api.status(&token).await, 200);
}

#[tokio::test]
async fn the_old_keys_serve_while_the_issuer_is_down() {
    let issuer = Issuer::signing(key(Algorithm::ES256)).await;
    // The keys are old at once.
    let clock = Clock::manual();
    let api = api_by::<10, 1>(&clock, &issuer).await;
    let token = issuer.token("calendar.read").await;
    assert_eq!(api.status(&token).await, 200);

    issuer.set_down(true);
    for _ in 0..20 {
        assert_eq!(api.status(&token).await, 200);
        clock.advance(5 * MILLISECOND);
    }
    api.refuses(&access_token(&key(Algorithm::ES256), &claims(&issuer.url)), "key").await;

    issuer.set_down(false);
    issuer.rotate(key(Algorithm::ES256).into());
    let token = issuer.token("calendar.read").await;
    eventually(async || {
        clock.advance(10 * MILLISECOND);
        api.status(&token).await == 200
    })
    .await;
}

/// RFC 8414 §3.3.
#[tokio::test]
async fn metadata_of_another_issuer_is_not_used() {
    let signing = key(Algorithm::ES256);
    let keys = KeyRing::new(signing.clone()).jwks();
    for suffix in ["/", "/other"] {
        let keys = keys.clone();
        let issuer = Issuer::of(|url| {
            let metadata = json!({ "issuer": format!("{url}{suffix}"), "jwks_uri": format!("{url}/keys") });
            Router::new()
                .route("/.well-known/oauth-authorization-server", get(axum::Json(metadata)))
                .route("/keys", get(axum::Json(json!({ "keys": keys }))))
        })
        .await;
        let api = api::<20, HOUR>(&issuer).await;

        assert_eq!(api.status(&access_token(&signing, &claims(&issuer.url))).await, 503);
        assert_eq!(issuer.asked("/keys"), 0);
    }
}

/// OpenID Connect Discovery §4, where there is no metadata of RFC 8414; and an issuer with a path.
#[tokio::test]
async fn openid_discovery_will_do() {
    let signing = key(Algorithm::ES256);
    let keys = KeyRing::new(signing.clone()).jwks();
    let issuer = Issuer::of(|url| {
        let metadata = json!({ "issuer": format!("{url}/tenant"), "jwks_uri": format!("{url}/keys") });
        Router::new()
            .route("/tenant/.well-known/openid-configuration", get(axum::Json(metadata)))
            .route("/keys", get(axum::Json(json!({ "keys": keys }))))
    })
    .await;
    let tenant = format!("{}/tenant", issuer.url);
    let calendar = Calendar::<HOUR> { issuer: tenant.clone() };
    let api = Api::start(calendar.into_resource().unwrap()).await;

    assert_eq!(api.status(&access_token(&signing, &claims(&tenant))).await, 200);
    assert_eq!(
        issuer.asked("/.well-known/oauth-authorization-server/tenant"),
        1,
        "RFC 8414 §3.1 comes first"
    );
}

/// Issuers whose identifier ends with `/`: RFC 8414 §3.1 removes it from the well-known URLs, and nothing else does.
#[tokio::test]
async fn an_issuer_may_end_with_a_slash() {
    let signing = key(Algorithm::ES256);
    for (path, document) in [
        ("/", "/.well-known/oauth-authorization-server"),
        ("/", "/.well-known/openid-configuration"),
        ("/v2.0/", "/.well-known/oauth-authorization-server/v2.0"),
        ("/v2.0/", "/v2.0/.well-known/openid-configuration"),
    ] {
        let keys = KeyRing::new(signing.clone()).jwks();
        let issuer = Issuer::of(|url| {
            let metadata = json!({ "issuer": format!("{url}{path}"), "jwks_uri": format!("{url}/keys") });
            Router::new()
                .route(document, get(axum::Json(metadata)))
                .route("/keys", get(axum::Json(json!({ "keys": keys }))))
        })
        .await;
        let named = format!("{}{path}", issuer.url);
        let calendar = Calendar::<HOUR> { issuer: named.clone() };
        let api = Api::start(calendar.into_resource().unwrap()).await;

        assert_eq!(api.status(&access_token(&signing, &claims(&named))).await, 200, "{document}");
        let without = named.trim_end_matches('/');
        assert_eq!(
            api.status(&access_token(&signing, &claims(without))).await,
            401,
            "compared byte for byte"
        );
    }
}

/// RFC 7517 §5: what is not understood is ignored; a set of nothing else has no keys.
#[tokio::test]
async fn keys_that_are_not_understood_are_ignored() {
    let signing = key(Algorithm::ES256);
    let mut keys = vec![
        json!({ "kty": "oct", "k": "c2VjcmV0", "kid": "symmetric", "alg": "HS256" }),
        json!({ "kty": "quantum", "kid": "unknown" }),
        json!({ "kty": "RSA" }),
        json!("no key"),
    ];
    keys.extend(KeyRing::new(signing.clone()).jwks().iter().map(|jwk| json!(jwk)));
    let issuer = Issuer::of(|url| {
        let metadata = json!({ "issuer": url, "jwks_uri": format!("{url}/keys") });
        Router::new()
            .route("/.well-known/oauth-authorization-server", get(axum::Json(metadata)))
            .route("/keys", get(axum::Json(json!({ "keys": keys }))))
    })
    .await;
    let api = api::<HOUR, HOUR>(&issuer).await;
    assert_eq!(api.status(&access_token(&signing, &claims(&issuer.url))).await, 200);
}

/// An issuer that publishes these keys, whose OAuth metadata is a page.
async fn publishing(keys: impl Fn() -> serde_json::Value + Clone + Send + Sync + 'static) -> Issuer {
    Issuer::of(|url| {
        let metadata = json!({ "issuer": url, "jwks_uri": format!("{url}/keys") });
        Router::new()
            .route("/.well-known/openid-configuration", get(axum::Json(metadata)))
            .route("/keys", get(async move || axum::Json(json!({ "keys": keys() }))))
            .fallback(get("<!doctype html><title>Welcome</title>"))
    })
    .await
}

/// RFC 7517 §4.5: "different keys within the JWK Set SHOULD use distinct "kid" values", and need
/// not.
#[tokio::test]
async fn keys_of_different_types_may_share_a_kid() {
    let (rsa, ec) = (key(Algorithm::RS256), key(Algorithm::ES256));
    let jwks = [&rsa, &ec].map(|key| {
        let mut jwk = json!(key.verifying_key().public_jwk());
        jwk["kid"] = json!("2026");
        jwk
    });
    let issuer = publishing(move || json!(jwks)).await;
    let api = api::<HOUR, HOUR>(&issuer).await;
    for key in [&rsa, &ec] {
        let mut header = header(key);
        header["kid"] = json!("2026");
        assert_eq!(api.status(&jws(key, &header, &claims(&issuer.url))).await, 200, "{header}");
    }
}

/// RFC 7517 §4.4: `alg` is OPTIONAL.
#[tokio::test]
async fn an_rsa_key_without_alg_verifies_what_is_configured() {
    for algorithm in [Algorithm::RS256, Algorithm::PS256] {
        let signing = key(algorithm);
        let mut jwk = json!(signing.verifying_key().public_jwk());
        jwk.as_object_mut().unwrap().remove("alg");
        let issuer = publishing(move || json!([jwk])).await;
        let api = api::<HOUR, HOUR>(&issuer).await;
        assert_eq!(api.status(&access_token(&signing, &claims(&issuer.url))).await, 200, "{algorithm:?}");
    }
}

/// An empty set is an answer.
#[tokio::test]
async fn keys_that_are_all_withdrawn_verify_no_more() {
    let signing = key(Algorithm::ES256);
    let jwk = json!(signing.verifying_key().public_jwk());
    let withdrawn = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let flag = std::sync::Arc::clone(&withdrawn);
    let issuer =
        publishing(
            move || {
                if flag.load(std::sync::atomic::Ordering::SeqCst) { json!([]) } else { json!([jwk]) }
            },
        )
        .await;
    let clock = Clock::manual();
    let api = api_by::<10, 50>(&clock, &issuer).await;
    let token = access_token(&signing, &claims(&issuer.url));
    assert_eq!(api.status(&token).await, 200);

    withdrawn.store(true, std::sync::atomic::Ordering::SeqCst);
    clock.advance(50 * MILLISECOND);

    eventually(async || api.status(&token).await == 401).await;
}

/// A resource server that knows where the keys are asks for no metadata.
#[tokio::test]
async fn the_uri_of_the_keys_can_be_given() {
    struct Given(HttpsClient);
    impl ResourceServer for Given {
        type HttpClient = HttpsClient;
        const ISSUER: oauth_core::token::Issuer =
            oauth_core::token::Issuer::Literal("https://auth.example.com");
        const CONFIG: ResourceConfig = ResourceConfig::new()
            .audience(AUDIENCE)
            .validation(Validation::Jwks(Some("http://127.0.0.1:1/jwks.json")));
        fn http_client(&self) -> Result<HttpsClient, HttpError> {
            Ok(self.0.clone())
        }
    }
    // Nothing listens on port 1: it is the URI that is asked, and the issuer is left alone.
    let api = Api::start(Given(HttpsClient::new().unwrap()).into_resource().unwrap()).await;
    let token = access_token(&key(Algorithm::ES256), &claims("https://auth.example.com"));
    assert_eq!(api.status(&token).await, 503);
}

/// All of them at once.
async fn futures<T: Send + 'static>(futures: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut pending: Vec<_> = futures.map(Box::pin).map(Some).collect();
    let mut done: Vec<Option<T>> = pending.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (future, done) in pending.iter_mut().zip(&mut done) {
            if let Some(running) = future
                && let std::task::Poll::Ready(value) = running.as_mut().poll(context)
            {
                (*future, *done) = (None, Some(value));
            }
        }
        if pending.iter().all(Option::is_none) {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    done.into_iter().flatten().collect()
}
