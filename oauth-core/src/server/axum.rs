//! The server as an axum router.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::Router;
use axum::extract::{OriginalUri, Request};
use axum::routing::{MethodFilter, on_service};
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
    let is_nested = Arc::new(AtomicBool::new(false));
    service.routed().fold(Router::new(), |router, (path, endpoint)| {
        let (service, is_nested) = (service.clone(), Arc::clone(&is_nested));
        let answer = Answer(Arc::new(move |request: Request| {
            let service = service.clone();
            if let Some(prefix) = prefix_of(&request)
                && !is_nested.swap(true, Ordering::Relaxed)
            {
                say_that_it_is_nested(service.issuer(), prefix);
            }
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

/// The path that the application's router has taken away from the path of a request; `None`: nothing.
fn prefix_of(request: &Request) -> Option<&str> {
    let OriginalUri(original) = request.extensions().get()?;
    original.path().strip_suffix(request.uri().path()).filter(|prefix| !prefix.is_empty())
}

/// RFC 8414 §3.1: the path of the metadata follows from that of the issuer, and so do the endpoints that it names.
fn say_that_it_is_nested(issuer: &str, prefix: &str) {
    let issuer = issuer.trim_end_matches('/');
    tracing::error!(
        target: "oauth_core",
        "the server's router is nested below `{prefix}`, where its metadata says that nothing is: clients find no endpoint. Write the path \
         in the issuer, `{issuer}{prefix}`, and `merge` the router; if a proxy adds the path in front of the application, all is well"
    );
}
