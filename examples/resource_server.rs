//! An API in a process of its own, which takes the tokens of the quickstart: it fetches that server's keys, and asks it
//! nothing else.
//!
//! `cargo run --example resource_server -- [ADDRESS [ISSUER]]`; without them, `127.0.0.1:8081 http://127.0.0.1:8080`.

use axum::routing::get;
use axum::{Json, Router};
use oauth_core::prelude::*;
use serde_json::{Value, json};
use tracing_subscriber::EnvFilter;

#[scope("calendar", "See your calendar")]
struct Calendar;

#[scope("profile", "Know your name")]
struct Profile;

/// The claims that the quickstart's tokens say beside the standard claims, where the scope `profile` is
/// granted.
#[derive(Claims)]
struct Person {
    name: Option<String>,
}

/// The quickstart's tokens are meant for this address (RFC 9068 §2.2, `aud`).
#[resource_server(issuer = self.issuer, audience = "http://127.0.0.1:8081", jwks, realm = "calendar")]
struct Api {
    issuer: String,
}

/// Serves tokens with the scope `calendar`.
async fn events(token: Bearer<Calendar, Person>) -> Json<Value> {
    let name = token.private_claims().name.as_deref().or(token.subject());
    Json(json!([{ "title": "Lunch", "with": name }]))
}

/// Serves tokens with either scope.
async fn whoami(token: Bearer<AnyOf<(Profile, Calendar)>>) -> Json<Value> {
    Json(json!({ "sub": token.subject(), "client_id": token.client_id(), "scope": token.scopes() }))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("oauth_core=warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:8081".to_owned());
    let issuer = arguments.next().unwrap_or_else(|| "http://127.0.0.1:8080".to_owned());

    // It starts whether the issuer is there or not.
    let api = Api { issuer: issuer.clone() }.into_resource()?;
    let app = Router::new()
        .route("/events", get(events))
        .route("/whoami", get(whoami))
        .with_state(api.clone())
        .merge(api.router());

    let listener = oauth_examples::listen_on(address.parse()?).await?;
    println!("This API takes the tokens of {issuer}. Get one from the quickstart, then:\n");
    println!("curl -H 'Authorization: Bearer …' http://{}/events", listener.local_addr()?);
    oauth_core::serve(listener, app).await?;
    Ok(())
}
