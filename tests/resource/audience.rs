//! The audience of a token is the same whoever is asked: the token itself, introspection, or the server
//! beside a resource.

use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use axum::{Json, response::IntoResponse as _};
use oauth_core::http::{HttpError, HttpsClient};
use oauth_core::prelude::*;
use oauth_core::resource::Validation;
use serde_json::json;

use crate::world::{AUDIENCE, Api, CalendarRead, Issuer};

const PHOTOS: &str = "https://photos.example.com";

/// No hook sets `aud`.
#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[token_generator(jwt, issuer = self.issuer, audience = "https://calendar.example.com")]
struct ForCalendar {
    issuer: String,
    #[signing_key]
    key: SigningKey,
}

#[token_generator(jwt, issuer = self.issuer, audience = "https://photos.example.com")]
struct ForPhotos {
    issuer: String,
    #[signing_key]
    key: SigningKey,
}

/// The generator of tokens for its issuer.
#[token_generator(jwt, issuer = self.issuer)]
struct ForIssuer {
    issuer: String,
    #[signing_key]
    key: SigningKey,
}

#[authorization_server(grants(client_credentials), scopes(CalendarRead, "calendar.write", "admin"), issuer = self.issuer)]
struct Server<G: TokenGenerator + 'static> {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: G,
    issuer: String,
}

/// An API elsewhere, which asks the issuer.
struct Asking<const AUDIENCE_MAY_BE_ABSENT: bool> {
    issuer: String,
    audience: String,
    credentials: Credentials,
}

impl<const AUDIENCE_MAY_BE_ABSENT: bool> ResourceServer for Asking<AUDIENCE_MAY_BE_ABSENT> {
    type HttpClient = HttpsClient;
    const ISSUER: oauth_core::token::Issuer = oauth_core::token::Issuer::Field;
    const CONFIG: ResourceConfig = {
        let config = ResourceConfig::new()
            .validation(Validation::Introspection(None))
            .introspection_cache(Duration::ZERO);
        if AUDIENCE_MAY_BE_ABSENT { config.danger_absent_audience() } else { config }
    };

    fn http_client(&self) -> Result<HttpsClient, HttpError> {
        HttpsClient::new()
    }
    fn issuer(&self) -> Option<&str> {
        Some(&self.issuer)
    }
    fn audience(&self) -> Option<&str> {
        Some(&self.audience)
    }
    fn credentials(&self) -> Option<Credentials> {
        Some(self.credentials.clone())
    }
}

async fn asking<const AUDIENCE_MAY_BE_ABSENT: bool>(issuer: &Issuer, audience: &str) -> Api {
    let credentials = Credentials::new("calendar-api", issuer.secret.expose());
    let api = Asking::<AUDIENCE_MAY_BE_ABSENT> {
        issuer: issuer.url.clone(),
        audience: audience.into(),
        credentials,
    };
    Api::start(api.into_resource().unwrap()).await
}

/// A server with this generator, and beside it a resource with [`AUDIENCE`] at `/beside`.
async fn issuer<G: TokenGenerator + 'static>(tokens: impl FnOnce(String) -> G) -> Issuer {
    Issuer::over(|url, store| {
        let server =
            Server { accounts: Accounts { store }, tokens: tokens(url.to_owned()), issuer: url.to_owned() };
        let service = server.into_service().unwrap();
        // Some of them are not for it.
        let beside = ResourceConfig::new().audience(AUDIENCE).own_tokens();
        let beside = service.protected_resource(beside).unwrap();
        Router::new()
            .route("/beside", get(async |_: Bearer<CalendarRead>| "beside"))
            .with_state(beside)
            .fallback_service(service)
    })
    .await
}

/// Tells which of four resources a token of this issuer opens: the calendar's, the photos', the issuer's own,
/// and the calendar beside the server.
async fn opened(issuer: &Issuer) -> [bool; 4] {
    let token = issuer.token("calendar.read").await;
    let beside = Api { url: issuer.url.clone() };
    let statuses = [
        asking::<false>(issuer, AUDIENCE).await.status(&token).await,
        asking::<false>(issuer, PHOTOS).await.status(&token).await,
        asking::<false>(issuer, &issuer.url).await.status(&token).await,
        beside.get("/beside", &token).await.status.as_u16(),
    ];
    statuses.map(|status| {
        assert!(matches!(status, 200 | 401), "{status}");
        status == 200
    })
}

/// RFC 9700 §2.3.
#[tokio::test]
async fn the_audience_of_the_generator_is_what_introspection_tells() {
    let key = || crate::world::key(Algorithm::ES256);
    let calendar = issuer(|issuer| ForCalendar { issuer, key: key() }).await;
    assert_eq!(opened(&calendar).await, [true, false, false, true]);
    let photos = issuer(|issuer| ForPhotos { issuer, key: key() }).await;
    assert_eq!(opened(&photos).await, [false, true, false, false]);
}

/// Whatever they look like.
#[tokio::test]
async fn tokens_without_an_audience_are_for_the_issuer() {
    let signed = issuer(|issuer| ForIssuer { issuer, key: crate::world::key(Algorithm::ES256) }).await;
    assert_eq!(opened(&signed).await, [false, false, true, false]);
    let opaque = issuer(|_| Opaque::DEFAULT).await;
    assert_eq!(opened(&opaque).await, [false, false, true, false]);
}

/// RFC 7662 §2.2: `aud` is OPTIONAL.
#[tokio::test]
async fn an_issuer_that_does_not_tell_the_audience_is_believed_on_request_only() {
    let foreign = Issuer::of(|url| {
        let metadata = json!({ "issuer": url, "introspection_endpoint": format!("{url}/introspect") });
        let respond = async |body: String| {
            let mut response = json!({ "active": true, "scope": "calendar.read" });
            if body.contains("for-photos") {
                response["aud"] = PHOTOS.into();
            }
            Json(response).into_response()
        };
        Router::new()
            .route("/.well-known/oauth-authorization-server", get(Json(metadata)))
            .route("/introspect", post(respond))
    })
    .await;
    let strict = asking::<false>(&foreign, AUDIENCE).await;
    strict.refuses("for-anyone", "for which audience").await;
    let trusting = asking::<true>(&foreign, AUDIENCE).await;
    assert_eq!(trusting.status("for-anyone").await, 200);
    trusting.refuses("for-photos", "another audience").await;
}
