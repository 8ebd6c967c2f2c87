//! The server as a tower service over `http` types.

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::{Method, Request};
use http_body::Body;
use tower_service::Service;
use tracing::Instrument as _;

use super::{AuthorizationServer, Route, RunningServer};
use crate::endpoint;
use crate::http::{self as wire, Response, routes};

impl<S: AuthorizationServer> RunningServer<S> {
    /// The server as an axum router, to be merged into your own: one route a path.
    #[cfg(feature = "axum")]
    pub fn into_router(self) -> axum::Router {
        crate::http::axum::router(&self)
    }

    /// Answers one request.
    pub async fn respond<B>(&self, request: Request<B>) -> Response
    where
        B: Body,
        B::Error: fmt::Display,
    {
        match self.route_of(request.uri().path()) {
            Some(route) => self.respond_at(route, request).await,
            None => wire::empty(::http::StatusCode::NOT_FOUND),
        }
    }

    /// Answers a request for the path of this route.
    pub(crate) async fn respond_at<B>(&self, route: Route, request: Request<B>) -> Response
    where
        B: Body,
        B::Error: fmt::Display,
    {
        let method = request.method().clone();
        let span = tracing::info_span!(target: "oauth_core", "oauth", ?route, %method, status = tracing::field::Empty);
        async {
            let response = self.route(route, request).await;
            tracing::Span::current().record("status", response.status().as_u16());
            response
        }
        .instrument(span)
        .await
    }

    async fn route<B>(&self, route: Route, request: Request<B>) -> Response
    where
        B: Body,
        B::Error: fmt::Display,
    {
        let origin = request.headers().get(::http::header::ORIGIN).cloned();
        let is_preflight = request.method() == Method::OPTIONS && origin.is_some();
        if let Some(origin) = origin.filter(|_| is_preflight) {
            return routes::preflight(self, route, &origin).await;
        }
        let request = match wire::collect(request, S::CONFIG.body_limit).await {
            Ok(request) => request,
            Err(response) => return response,
        };
        match route {
            Route::Metadata => routes::document(&request, "application/json", &self.documents().metadata),
            Route::Jwks => routes::document(&request, "application/jwk-set+json", &self.documents().jwks),
            Route::Authorization => endpoint::authorization::respond(self, request, None).await,
            Route::Token => routes::token(self, request).await,
            Route::Revocation => routes::revocation(self, request).await,
            Route::DeviceAuthorization => routes::device_authorization(self, request).await,
            Route::Introspection => routes::introspection(self, request).await,
            Route::Userinfo => routes::userinfo(self, request).await,
            Route::EndSession => routes::end_session(self, request).await,
            Route::CheckSession => routes::check_session(self, &request),
            Route::Page(page) => routes::page(self, page, request).await,
        }
    }
}

impl<S, B> Service<Request<B>> for RunningServer<S>
where
    S: AuthorizationServer,
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: fmt::Display,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let service = self.clone();
        Box::pin(async move { Ok(service.respond(request).await) })
    }
}
