//! The engine alone, in endpoints of your own: an API that hands out its own keys, without an authorization server.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use oauth_core::prelude::*;
use oauth_core::token::TokenResponse;
use serde_json::{Value, json};

#[validator]
#[derive(Clone)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

/// Keys that secret scanners can find in a repository. They live for as many seconds as was asked for, at most for an hour.
fn engine(accounts: &Accounts) -> BearerToken<'_, Accounts, Opaque, Opaque, fn(&Request) -> Duration> {
    BearerToken::new(accounts).token_generator(Opaque::DEFAULT.prefix("acme_key_")).expires_in(|request| {
        let seconds = request.param("seconds").and_then(|seconds| seconds.parse().ok());
        Duration::from_secs(seconds.unwrap_or(3600).min(3600))
    })
}

/// `POST /keys`: who proves to be a registered client gets a key.
async fn create(
    State(accounts): State<Accounts>,
    parts: Parts,
    body: Bytes,
) -> Result<Json<TokenResponse>, Refusal> {
    let mut request = Request::parse(parts.method, parts.uri, parts.headers, &body)?;
    let client = accounts.authenticate_client(&mut request).await?;
    request = request.with_scopes(client.scope.clone());
    request = request.with_client(client);
    // A public client has no secret: it passed by its identifier alone, which anybody may know.
    if !request.client_is_authenticated() {
        return Err(Error::invalid_client().into());
    }
    let token = engine(&accounts).create_token(&mut request, IncludeRefreshToken::No).await?;
    accounts.save_bearer_token(&token, &mut request).await?;
    Ok(Json(token))
}

/// `GET /whoami`: what a key stands for.
async fn whoami(State(accounts): State<Accounts>, parts: Parts) -> Result<Json<Value>, Refusal> {
    let mut request = Request::for_resource(&parts)?;
    let key = engine(&accounts).validate_request(&mut request).await?;
    Ok(Json(json!({ "client_id": key.client_id(), "scope": key.scopes, "expires_at": key.expires_at })))
}

/// `GET /estimate`: whether a request looks as if it had a key: 9 in the header, 5 in a parameter, 0 without. An API with
/// several kinds of credentials asks each kind, and lets the most confident one decide.
async fn estimate(State(accounts): State<Accounts>, parts: Parts) -> Result<Json<u8>, Refusal> {
    Ok(Json(engine(&accounts).estimate_type(&Request::for_resource(&parts)?)))
}

/// An error as this API shows it; `protected_api` shows the one of RFC 6750.
struct Refusal(Error);

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self(error) = self;
        (error.code().status(), Json(json!({ "error": error.to_string() }))).into_response()
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let store = MemoryStore::default();
    let secret = ClientSecret::generate();
    store.save_client(Client::confidential("robot", &secret).scope("notes").build()?).await?;
    store.save_client(Client::public("kiosk").scope("notes").build()?).await?;

    let app = Router::new()
        .route("/keys", post(create))
        .route("/whoami", get(whoami))
        .route("/estimate", get(estimate))
        .with_state(Accounts { store });
    let listener = oauth_examples::listen().await?;
    println!("curl -u robot:{} -d seconds=60 http://{}/keys", secret.expose(), listener.local_addr()?);
    oauth_core::serve(listener, app).await?;
    Ok(())
}
