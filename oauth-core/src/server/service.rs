//! The server as a tower service over `http` types.

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::{Method, Request};
use http_body::Body;
use tower_service::Service;
use tracing::Instrument as _;

use super::{AuthorizationServer, ConfigurationError, Prepared, Route};
use crate::http::{self as wire, Response, routes};

/// A running server. Cheap to clone; paths are absolute and include the path of the issuer.
pub struct OAuthService<S> {
    pub(super) prepared: Arc<Prepared<S>>,
}

impl<S: AuthorizationServer> OAuthService<S> {
    pub(super) fn new(server: S) -> Result<Self, ConfigurationError> {
        Ok(Self { prepared: Arc::new(Prepared::new(server)?) })
    }

    /// The server.
    pub fn server(&self) -> &S {
        &self.prepared.server
    }

    /// The issuer identifier.
    pub fn issuer(&self) -> &str {
        &self.prepared.issuer
    }

    /// The absolute paths that it answers.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.prepared.routes.keys().map(String::as_str)
    }

    /// Answers one request.
    pub async fn respond<B>(&self, request: Request<B>) -> Response
    where
        B: Body,
        B::Error: fmt::Display,
    {
        match self.prepared.routes.get(request.uri().path()).copied() {
            Some(route) => self.respond_at(route, request).await,
            None => wire::empty(::http::StatusCode::NOT_FOUND),
        }
    }

    /// The absolute paths, with what they lead to: what is no page is advertised in the metadata.
    pub fn routes(&self) -> impl Iterator<Item = (&str, Route)> {
        self.prepared.routes.iter().map(|(path, route)| (path.as_str(), *route))
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
        let prepared = &*self.prepared;
        if let Some(origin) = origin.filter(|_| is_preflight) {
            return routes::preflight(prepared, route, &origin).await;
        }
        let request = match wire::collect(request, S::CONFIG.body_limit).await {
            Ok(request) => request,
            Err(response) => return response,
        };
        match route {
            Route::Metadata => routes::document(&request, "application/json", &prepared.metadata),
            Route::Jwks => routes::document(&request, "application/jwk-set+json", &prepared.jwks),
            Route::Authorization => routes::authorization(prepared, request, None).await,
            Route::Token => routes::token(prepared, request).await,
            Route::Revocation => routes::revocation(prepared, request).await,
            Route::DeviceAuthorization => routes::device_authorization(prepared, request).await,
            Route::Introspection => routes::introspection(prepared, request).await,
            Route::Userinfo => routes::userinfo(prepared, request).await,
            Route::EndSession => routes::end_session(prepared, request).await,
            Route::CheckSession => routes::check_session(prepared, &request),
            Route::Page(page) => routes::page(prepared, page, request).await,
        }
    }
}

impl<S, B> Service<Request<B>> for OAuthService<S>
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

impl<S> Clone for OAuthService<S> {
    fn clone(&self) -> Self {
        Self { prepared: Arc::clone(&self.prepared) }
    }
}

impl<S> fmt::Debug for OAuthService<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuthService").field("issuer", &self.prepared.issuer).finish_non_exhaustive()
    }
}
