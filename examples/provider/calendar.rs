//! An API beside the server, which takes its tokens: `GET /calendar`.

use axum::routing::get;
use axum::{Json, Router};
use oauth_core::prelude::*;
use oauth_core::resource::{Bearer, ResourceConfig};
use oauth_core::server::{ConfigurationError, RunningServer};
use serde_json::{Value, json};

pub(crate) const PATH: &str = "/calendar";

#[scope("calendar", "See your calendar")]
pub(crate) struct Calendar;

/// Runs only for requests with a token that has the scope `calendar` (RFC 6750). What it answers goes to the client, so it names
/// the person as the client knows them; `token.internal_subject()` would be the `sub` of `users.json`, to find events by.
async fn events(token: Bearer<Calendar>) -> Json<Value> {
    Json(json!({ "owner": token.subject(), "asked_by": token.client_id(), "events": [] }))
}

pub(crate) fn router<S: AuthorizationServer>(
    service: &RunningServer<S>,
) -> std::result::Result<Router, ConfigurationError> {
    let resource = service.protected_resource(ResourceConfig::new())?;
    Ok(Router::new().route(PATH, get(events)).with_state(resource))
}
