//! The server as an axum router.

use axum::Router;
use axum::body::Body;
use axum::response::IntoResponse as _;

use crate::frame::{AuthorizationServer, RunningServer};

/// One route per path of the server, so that the router merges into an application's own.
pub(crate) fn router<S: AuthorizationServer>(service: &RunningServer<S>) -> Router {
    service.routed().fold(Router::new(), |router, (path, endpoint)| {
        let service = service.clone();
        router.route(
            path,
            axum::routing::any(move |request: axum::extract::Request<Body>| {
                let service = service.clone();
                async move { service.respond_at(endpoint, request).await.into_response() }
            }),
        )
    })
}
