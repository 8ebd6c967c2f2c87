//! An API beside the server, which takes its tokens: `GET /calendar`.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use oauth_core::prelude::*;
use oauth_core::resource::{Challenge, Local, ProtectedResource};
use oauth_core::server::{ConfigurationError, RunningServer};
use serde_json::{Value, json};

pub(crate) const PATH: &str = "/calendar";

#[scope("calendar")]
struct Calendar;

/// The scope that its tokens have.
pub(crate) const SCOPE: &str = "calendar";

/// Answers requests with a token that has the scope `calendar` (RFC 6750). Scopes are data here; where the server declares its own, it
/// takes a `Bearer<Calendar>`, and asks for nothing else.
///
/// What it answers goes to the client, so it names the person as the client knows them; `token.internal_subject()` would be the `sub` of
/// `users.json`, to find events by.
async fn events<S: AuthorizationServer>(
    State(api): State<ProtectedResource<Local<S>>>,
    token: Bearer<()>,
) -> std::result::Result<Json<Value>, Challenge> {
    if !token.allows::<Calendar>() {
        return Err(api.challenge(&Error::new(ErrorCode::InsufficientScope)));
    }
    Ok(Json(json!({ "owner": token.subject(), "asked_by": token.client_id(), "events": [] })))
}

pub(crate) fn router<S: AuthorizationServer>(
    service: &RunningServer<S>,
) -> std::result::Result<Router, ConfigurationError> {
    let resource = service.protected_resource(ResourceConfig::new())?;
    Ok(Router::new().route(PATH, get(events::<S>)).with_state(resource))
}
