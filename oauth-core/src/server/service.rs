//! The server as a tower service over `http` types.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::request::Parts;
use http::{Method, Request};
use http_body::Body;
use tower_service::Service;
use tracing::Instrument as _;

use super::not_found::not_found;
use super::under_way::UnderWay;
use crate::frame::{AuthorizationServer, ListedEndpoint, RunningServer, grant_set, preflight};
use crate::http::{Cors, Response};
use crate::interaction::{Reader, html};
use crate::{http as wire, limits};

impl<S: AuthorizationServer> RunningServer<S> {
    /// The server as an axum router, to be merged into your own: one route a path.
    #[cfg(feature = "axum")]
    pub fn into_router(self) -> axum::Router {
        crate::server::axum::router(&self)
    }

    /// Answers one request.
    pub async fn respond<B: Body>(&self, request: Request<B>) -> Response {
        #[cfg(feature = "axum")]
        super::axum::look_where_it_is(self, &request);
        match self.endpoint_at(request.uri().path()) {
            Some(endpoint) => self.respond_at(endpoint, request).await,
            None => not_found(self, &request),
        }
    }

    /// Answers a request for this endpoint, whatever its path.
    pub(crate) async fn respond_at<B: Body>(
        &self,
        endpoint: ListedEndpoint<S>,
        request: Request<B>,
    ) -> Response {
        let Ok(response) = self.clone().answered(endpoint, request).await;
        response
    }

    /// The same as a future of its own, for a service. No `async fn`, which would hold the request once more: it is copied as often as
    /// the future is moved.
    pub(super) fn answered<B: Body>(
        self,
        endpoint: ListedEndpoint<S>,
        request: Request<B>,
    ) -> impl Future<Output = Result<Response, Infallible>> + use<S, B> {
        let (route, method) = (endpoint.route, request.method());
        let span = tracing::info_span!(target: "oauth_core", "oauth", %route, %method, status = tracing::field::Empty);
        async move {
            self.miss_maintenance();
            let (parts, body) = request.into_parts();
            let method = parts.method.clone();
            let mut under_way = UnderWay::begin(&self, endpoint, &method);
            let mut response = self.answer(endpoint, parts, body).await;
            // FAPI 2.0 §5.2.3: endpoints for browsers "shall use methods to ensure that connections cannot be downgraded".
            if S::CONFIG.profile.is_fapi2() && self.issuer().starts_with("https://") {
                wire::stay_with_tls(&mut response);
            }
            tracing::Span::current().record("status", response.status().as_u16());
            under_way.answered(response.status());
            Ok(response)
        }
        .instrument(span)
    }

    async fn answer(&self, endpoint: ListedEndpoint<S>, mut parts: Parts, body: impl Body) -> Response {
        let origin = parts.headers.get(::http::header::ORIGIN).filter(|_| parts.method == Method::OPTIONS);
        if let Some(origin) = origin {
            return preflight(self, endpoint.cors, endpoint.methods, origin).await;
        }
        // What no script can ask for is for people. Boxed, for the futures of all other requests have the room for it, too.
        let mut reader =
            (endpoint.cors == Cors::Nobody).then(|| Box::new(Reader::of(&parts.uri, &parts.headers)));
        let mut response = match self.receive(&mut parts, body).await {
            Ok(body) => {
                if let Some(reader) = &mut reader {
                    reader.brings(&body);
                }
                (endpoint.respond)(self, endpoint.route, Request::from_parts(parts, body)).await
            }
            Err(response) => response,
        };
        if reader.is_some() {
            html::protect(&mut response);
        }
        let nobody = Reader::default();
        reader.as_deref().unwrap_or(&nobody).draw(&mut response, || grant_set::look(self.server()));
        response
    }

    /// The whole body of a request; its head has where it comes from.
    ///
    /// # Errors
    ///
    /// The response to one that is too large or too slow.
    pub(super) async fn receive(&self, head: &mut Parts, body: impl Body) -> Result<Bytes, Response> {
        limits::locate(head, self.trusted_proxies());
        wire::collect(body, S::CONFIG.body_limit, self.body_timeout()).await
    }
}

impl<S, B> Service<Request<B>> for RunningServer<S>
where
    S: AuthorizationServer,
    B: Body + Send + 'static,
    B::Data: Send,
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
