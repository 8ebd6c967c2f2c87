//! The layer around a server: it lies, and keeps what it hears and says.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use http::header::CONTENT_LENGTH;
use http::{Request, StatusCode};
use oauth_core::conformance::Fixture;
use oauth_core::prelude::*;
use oauth_core::server::RunningServer;

use super::Lie;
use super::heard::{Exchange, Heard, Seen};
use super::said::Said;

/// The exchanges, in their order.
pub(super) type Log = Arc<Mutex<Vec<Exchange>>>;

/// Puts the layer around the server of this fixture.
pub(super) fn wrap<S: AuthorizationServer>(fixture: &mut Fixture, lie: Option<Lie>, log: Log) {
    fixture.application(move |service: RunningServer<S>| {
        let layer =
            from_fn(move |request: Request<Body>, next: Next| answer(lie, Arc::clone(&log), request, next));
        Router::new().fallback_service(service).layer(layer)
    });
}

async fn answer(lie: Option<Lie>, log: Log, request: Request<Body>, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let text = String::from_utf8_lossy(&body).into_owned();
    let seen = Seen::new(parts.method.clone(), &parts.uri, parts.headers.clone(), text);
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    let mut said = Said { status: parts.status.as_u16(), headers: parts.headers, body };
    let mut past = log.lock().unwrap();
    let heard = Heard { past: &past, seen: &seen };
    if let Some(lie) = lie.filter(|lie| (lie.when)(heard, &said)) {
        (lie.then)(heard, &mut said);
    }
    past.push(Exchange { seen, said: said.clone() });
    drop(past);
    said.headers.remove(CONTENT_LENGTH);
    parts.status = StatusCode::from_u16(said.status).unwrap();
    parts.headers = said.headers;
    Response::from_parts(parts, Body::from(said.body))
}
