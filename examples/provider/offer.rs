//! What the server offers, in the log: its own metadata, so that nothing is claimed that is not served.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use oauth_core::prelude::*;
use oauth_core::server::OAuthService;
use serde_json::{Map, Value};

/// Logs the endpoints, the grants, the scopes and whatever else the server publishes of itself.
pub(crate) async fn log<S: AuthorizationServer>(service: &OAuthService<S>) {
    let metadata = metadata(service).await;
    let (endpoints, rest): (Vec<_>, Vec<_>) =
        metadata.iter().partition(|(name, _)| name.ends_with("_endpoint") || name.ends_with("_uri"));
    for (name, value) in endpoints {
        tracing::info!(target: "provider", "{name} {}", text(value));
    }
    for (name, value) in rest.into_iter().filter(|(name, _)| name.ends_with("_supported")) {
        tracing::info!(target: "provider", "{name} {}", text(value));
    }
}

/// RFC 8414 §3.2.
async fn metadata<S: AuthorizationServer>(service: &OAuthService<S>) -> Map<String, Value> {
    let Some(path) = service.paths().find(|path| path.contains("/.well-known/")) else { return Map::new() };
    let Ok(request) = Request::get(path).body(Body::empty()) else { return Map::new() };
    let response = service.respond(request).await;
    debug_assert_eq!(response.status(), StatusCode::OK);
    let body = to_bytes(Body::new(response.into_body()), usize::MAX).await.unwrap_or_default();
    serde_json::from_slice(&body).unwrap_or_default()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(text).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}
