//! Validating by asking the issuer, RFC 7662.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::routing::{get, post};
use axum::{Json, Router};
use oauth_core::clock::Clock;
use oauth_core::http::{HttpError, HttpsClient};
use oauth_core::prelude::*;
use oauth_core::resource::{ProtectedResource, RemoteValidator, Validation};
use oauth_core::server::Environment;
use oauth_core::time::UnixTime;
use serde_json::{Value, json};
use tokio::sync::Barrier;

use crate::world::{AUDIENCE, Api, Issuer};

/// Keeps responses for so many milliseconds.
struct Calendar<const CACHE: u64> {
    issuer: String,
    credentials: Credentials,
}

impl<const CACHE: u64> ResourceServer for Calendar<CACHE> {
    type HttpClient = HttpsClient;
    const ISSUER: oauth_core::token::Issuer = oauth_core::token::Issuer::Field;
    const CONFIG: ResourceConfig = ResourceConfig::new()
        .audience(AUDIENCE)
        .leeway(Duration::ZERO)
        .validation(Validation::Introspection(None))
        .introspection_cache(Duration::from_millis(CACHE));

    fn http_client(&self) -> Result<HttpsClient, HttpError> {
        HttpsClient::new()
    }
    fn issuer(&self) -> Option<&str> {
        Some(&self.issuer)
    }
    fn credentials(&self) -> Option<Credentials> {
        Some(self.credentials.clone())
    }
}

async fn api<const CACHE: u64>(issuer: &Issuer) -> Api {
    api_by::<CACHE>(&Clock::system(), issuer).await
}

async fn api_by<const CACHE: u64>(clock: &Clock, issuer: &Issuer) -> Api {
    Api::start(resource::<CACHE>(clock, issuer)).await
}

fn resource<const CACHE: u64>(
    clock: &Clock,
    issuer: &Issuer,
) -> ProtectedResource<RemoteValidator<Calendar<CACHE>>> {
    let credentials = Credentials::new("calendar-api", issuer.secret.expose());
    let calendar = Calendar::<CACHE> { issuer: issuer.url.clone(), credentials };
    calendar.into_resource_in(Environment::new().clock(clock.clone())).unwrap()
}

#[tokio::test]
async fn a_token_that_the_issuer_vouches_for_opens_the_api() {
    let issuer = Issuer::opaque().await;
    let api = api::<60_000>(&issuer).await;
    let token = issuer.token("calendar.read").await;

    for _ in 0..3 {
        let answer = api.get("/read", &token).await;
        assert_eq!((answer.status.as_u16(), answer.text()), (200, "robot by robot"));
    }

    assert_eq!(issuer.asked("/introspect"), 1, "the response is kept");
    assert_eq!(api.status(&issuer.token("admin").await).await, 403);
    api.refuses("unknown", "expired, revoked or unknown").await;
    api.refuses(&issuer.token_for("photos", "calendar.read").await, "another audience").await;
}

#[tokio::test]
async fn signed_tokens_can_be_introspected_too() {
    let issuer = Issuer::signing(SigningKey::generate(Algorithm::ES256).unwrap()).await;
    let api = api::<60_000>(&issuer).await;
    assert_eq!(api.status(&issuer.token("calendar.read").await).await, 200);
}

/// A revoked token works on for as long as the response is kept, and no longer.
#[tokio::test]
async fn revocation_is_noticed_within_the_bound() {
    const CACHE: u64 = 1500;
    let issuer = Issuer::opaque().await;
    let clock = Clock::manual();
    let api = api_by::<CACHE>(&clock, &issuer).await;
    let token = issuer.token("calendar.read").await;
    assert_eq!(api.status(&token).await, 200);

    issuer.revoke(&token).await;
    clock.advance(Duration::from_millis(CACHE - 1));
    assert_eq!(api.status(&token).await, 200);
    clock.advance(Duration::from_millis(1));

    assert_eq!(api.status(&token).await, 401);
}

#[tokio::test]
async fn without_a_cache_revocation_is_noticed_at_once() {
    let issuer = Issuer::opaque().await;
    let api = api::<0>(&issuer).await;
    let token = issuer.token("calendar.read").await;
    assert_eq!(api.status(&token).await, 200);
    issuer.revoke(&token).await;
    assert_eq!(api.status(&token).await, 401);
    assert_eq!(issuer.asked("/introspect"), 2);
}

/// A flood of one bad token asks once.
#[tokio::test]
async fn that_a_token_is_not_active_is_kept_too() {
    let issuer = Issuer::opaque().await;
    let api = api::<60_000>(&issuer).await;
    for _ in 0..20 {
        api.refuses("unknown", "unknown").await;
    }
    assert_eq!(issuer.asked("/introspect"), 1);
}

#[tokio::test]
async fn wrong_credentials_are_our_own_failure() {
    let issuer = Issuer::opaque().await;
    let calendar = Calendar::<60_000> {
        issuer: issuer.url.clone(),
        credentials: Credentials::new("calendar-api", "wrong"),
    };
    let api = Api::start(calendar.into_resource().unwrap()).await;
    let answer = api.get("/read", &issuer.token("calendar.read").await).await;
    assert_eq!((answer.status.as_u16(), answer.header("www-authenticate")), (503, ""));
}

#[tokio::test]
async fn it_starts_while_the_issuer_is_down_and_recovers() {
    let issuer = Issuer::opaque().await;
    let token = issuer.token("calendar.read").await;
    issuer.set_down(true);
    let clock = Clock::manual();
    let api = api_by::<60_000>(&clock, &issuer).await;
    assert_eq!(api.status(&token).await, 503);
    issuer.set_down(false);
    assert_eq!(api.status(&token).await, 503, "the failure is remembered for a second");
    clock.advance(Duration::from_secs(1));
    assert_eq!(api.status(&token).await, 200);
    issuer.set_down(true);
    assert_eq!(api.status(&token).await, 200, "what is kept counts");
    assert_eq!(api.status("another").await, 503, "and of another nobody can tell");
}

/// Checks that those who wait share one attempt, and its failure.
#[tokio::test]
async fn nobody_queues_for_an_issuer_that_is_slow_to_fail() {
    // It answers once everybody waits.
    let everybody = Arc::new(Barrier::new(21));
    let gate = Arc::clone(&everybody);
    let issuer = Issuer::of(|_| {
        Router::new().fallback(move || async move {
            gate.wait().await;
            http::StatusCode::BAD_GATEWAY
        })
    })
    .await;
    let clock = Clock::manual();
    let resource = resource::<60_000>(&clock, &issuer);

    let mut waiting = tokio::task::JoinSet::new();
    for number in 0..20 {
        let (resource, everybody) = (resource.clone(), Arc::clone(&everybody));
        waiting.spawn(async move {
            let token = format!("Bearer token-{number}");
            let request = http::Request::get("/").header(http::header::AUTHORIZATION, token).body(());
            let mut request = Request::for_application(&request.unwrap().into_parts().0).unwrap();
            let (answer, _) = tokio::join!(resource.authorize::<()>(&mut request), everybody.wait());
            answer.unwrap_err().status()
        });
    }
    assert_eq!(waiting.join_all().await, [503; 20]);

    assert_eq!(issuer.asked("/.well-known/oauth-authorization-server"), 1);
}

/// An issuer that answers what a test wants.
async fn answering(response: impl Fn(&str) -> Value + Send + Sync + 'static) -> (Issuer, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let (counter, response) = (Arc::clone(&count), Arc::new(response));
    let issuer = Issuer::of(move |url| {
        let metadata = json!({ "issuer": url, "introspection_endpoint": format!("{url}/introspect") });
        let url = url.to_owned();
        let respond = move || {
            counter.fetch_add(1, Ordering::SeqCst);
            let response = response(&url);
            async move { Json(response) }
        };
        Router::new()
            .route("/.well-known/oauth-authorization-server", get(Json(metadata)))
            .route("/introspect", post(respond))
    })
    .await;
    (issuer, count)
}

/// RFC 7662 §4: a response is not kept beyond `exp`.
#[tokio::test]
async fn nothing_is_kept_beyond_exp() {
    let clock = Clock::manual();
    let exp = clock.now().as_secs() + 2;
    let (issuer, count) =
        answering(move |_| json!({ "active": true, "aud": AUDIENCE, "scope": "calendar.read", "exp": exp }))
            .await;
    let api = api_by::<60_000>(&clock, &issuer).await;
    assert_eq!(api.status("token").await, 200);

    clock.advance(Duration::from_secs(2));

    api.refuses("token", "expired").await;
    assert_eq!(count.load(Ordering::SeqCst), 2, "it was asked again, and the answer was checked");
}

#[tokio::test]
async fn what_the_response_says_is_checked() {
    let now = UnixTime::now().as_secs();
    for (member, value) in [
        ("active", json!(false)),
        ("active", json!("true")),
        ("active", json!(1)),
        ("active", Value::Null),
        ("exp", json!(now - 1)),
        ("nbf", json!(now + 100)),
        ("iss", json!("https://evil.example")),
        ("aud", json!("https://photos.example.com")),
        ("aud", json!([])),
        ("aud", Value::Null),
        ("token_type", json!("DPoP")),
        ("token_type", json!("N_A")),
        ("token_use", json!("refresh_token")),
        ("token_use", Value::Null),
        ("scope", json!(["calendar.read"])),
    ] {
        let shown = format!("{member}: {value}");
        let (issuer, _) = answering(move |url| {
            let mut response =
                json!({ "active": true, "iss": url, "aud": [AUDIENCE], "scope": "calendar.read", "exp": now + 60 });
            response[member] = value.clone();
            response
        })
        .await;
        assert_eq!(api::<60_000>(&issuer).await.status("token").await, 401, "{shown}");
    }
    // §2.2: all but `active` is OPTIONAL; what the audience is, a resource must know (RFC 9700 §2.3).
    let (issuer, _) =
        answering(|_| json!({ "active": true, "aud": AUDIENCE, "scope": "calendar.read" })).await;
    assert_eq!(api::<60_000>(&issuer).await.status("token").await, 200);
}
