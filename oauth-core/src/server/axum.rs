//! The server as an axum router.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};

use axum::Router;
use axum::extract::{OriginalUri, Request};
use axum::routing::{MethodFilter, on_service};
use oauth_rules::url::split_origin;
use tower_service::Service;

use crate::frame::{AuthorizationServer, RunningServer};
use crate::http::Response;

/// Every method by itself. A route for `any` is what comes last: one of the application's own at the same path would take its place
/// and nobody would hear of it, where of two for `GET` axum says so.
const EVERY_METHOD: MethodFilter = MethodFilter::GET
    .or(MethodFilter::POST)
    .or(MethodFilter::HEAD)
    .or(MethodFilter::OPTIONS)
    .or(MethodFilter::PUT)
    .or(MethodFilter::PATCH)
    .or(MethodFilter::DELETE)
    .or(MethodFilter::CONNECT)
    .or(MethodFilter::TRACE);

/// One route per path of the server, so that the router merges into an application's own.
pub(crate) fn router<S: AuthorizationServer>(service: &RunningServer<S>) -> Router {
    service.routed().fold(Router::new(), |router, (path, endpoint)| {
        let service = service.clone();
        let answer = Answer(Arc::new(move |request: Request| {
            let service = service.clone();
            look_where_it_is(&service, &request);
            service.answered(endpoint, request)
        }));
        // What is none of them is answered here, too, and a route of the application's for `any` is told as well.
        router.route(path, on_service(EVERY_METHOD, answer.clone()).fallback_service(answer))
    })
}

/// A closure as a service: axum boxes its future once, where it would box that of a handler twice.
struct Answer<F>(Arc<F>);

impl<F> Clone for Answer<F> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<F, A> Service<Request> for Answer<F>
where
    F: Fn(Request) -> A,
    A: Future<Output = Result<Response, Infallible>>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = A;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> A {
        (self.0)(request)
    }
}

/// Says so, once, where the server is not where its metadata says.
pub(super) fn look_where_it_is<S: AuthorizationServer, B>(
    server: &RunningServer<S>,
    request: &http::Request<B>,
) {
    if let Some(prefix) = prefix_of(request)
        && !server.0.is_said_to_be_nested.swap(true, Ordering::Relaxed)
    {
        say_that_it_is_nested(server.issuer(), prefix);
    }
}

/// The path that the application's router has taken away from the path of a request; `None`: nothing.
fn prefix_of<B>(request: &http::Request<B>) -> Option<&str> {
    let OriginalUri(original) = request.extensions().get()?;
    // Of the prefix alone axum leaves a `/`.
    let left = request.uri().path();
    let prefix = original.path().strip_suffix(left).or((left == "/").then_some(original.path()));
    prefix.filter(|prefix| !prefix.is_empty())
}

/// RFC 8414 §3.1: the path of the metadata follows from that of the issuer, and so do the endpoints that it names.
fn say_that_it_is_nested(issuer: &str, prefix: &str) {
    let issuer = issuer.trim_end_matches('/');
    let (_, path) = split_origin(issuer);
    if path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) {
        tracing::error!(
            target: "oauth_core",
            "the server is nested below `{prefix}`, with which its paths begin already, as its issuer `{issuer}` does: clients find no \
             endpoint. `merge` its router"
        );
        return;
    }
    tracing::error!(
        target: "oauth_core",
        "the server is nested below `{prefix}`, where its metadata says that nothing is: clients find no endpoint. Write the path \
         in the issuer, `{issuer}{prefix}`, and `merge` the router; if a proxy adds the path in front of the application, all is well"
    );
}
