//! The least that a token endpoint can be: it reads the form and answers with something random, and knows and keeps nothing.

use axum::http::header::{CACHE_CONTROL, PRAGMA};
use axum::http::{HeaderName, StatusCode};
use axum::response::Json;
use axum::routing::post;
use axum::{Form, Router};
use oauth_core::prelude::SecretString;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

use super::LIFETIME;
use crate::Result;

pub(super) async fn serve(listener: TcpListener) -> Result {
    Ok(axum::serve(listener, Router::new().route("/token", post(token))).await?)
}

#[derive(Deserialize)]
struct TokenRequest {
    grant_type: String,
    scope: Option<String>,
}

#[derive(Serialize)]
struct TokenResponse {
    access_token: String,
    expires_in: u64,
    scope: String,
    token_type: &'static str,
}

type NoCache = [(HeaderName, &'static str); 2];

async fn token(form: Form<TokenRequest>) -> std::result::Result<(NoCache, Json<TokenResponse>), StatusCode> {
    if form.grant_type != "client_credentials" {
        return Err(StatusCode::BAD_REQUEST);
    }
    let token = TokenResponse {
        access_token: SecretString::random().expose().to_owned(),
        expires_in: LIFETIME.as_secs(),
        scope: form.0.scope.unwrap_or_default(),
        token_type: "Bearer",
    };
    Ok(([(CACHE_CONTROL, "no-store"), (PRAGMA, "no-cache")], Json(token)))
}
