//! [`BearerLayer`]: a guard in front of any tower service.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::{Request, Response};
use tower_layer::Layer;
use tower_service::Service;

use super::{Bearer, Challenge, ProtectedResource, TokenValidator};
use crate::request::SameAttempt;
use crate::scope::RequiredScopes;

impl<V: TokenValidator> ProtectedResource<V> {
    /// A tower layer that lets through only requests whose token has the scopes `S`; others are answered with the challenge. What is
    /// behind it finds the [`Bearer<S>`](Bearer) among the extensions of the request.
    ///
    /// A handler that takes a `Bearer` says for itself what it needs; the layer is for services that cannot, such as files, a proxy,
    /// gRPC, or a whole router of another.
    ///
    /// ```
    /// use axum::{Extension, Router, routing::get};
    /// use oauth_core::prelude::*;
    /// use oauth_core::resource::{ProtectedResource, TokenValidator};
    ///
    /// #[scope("files", "Read your files")]
    /// struct Files;
    ///
    /// async fn whose(Extension(token): Extension<Bearer<Files>>) -> String {
    ///     token.subject().unwrap_or("nobody").to_owned()
    /// }
    ///
    /// fn app<V: TokenValidator>(resource: &ProtectedResource<V>) -> Router {
    ///     Router::new().route("/files", get(whose)).layer(resource.layer::<Files>())
    /// }
    /// ```
    pub fn layer<S: RequiredScopes>(&self) -> BearerLayer<S, V> {
        BearerLayer { resource: self.clone(), scopes: PhantomData }
    }
}

/// A tower layer that asks for a token: see [`ProtectedResource::layer`].
pub struct BearerLayer<S, V> {
    resource: ProtectedResource<V>,
    scopes: PhantomData<fn() -> S>,
}

/// A service behind a [`BearerLayer`].
pub struct Guarded<S, V, I> {
    layer: BearerLayer<S, V>,
    inner: I,
}

impl<S, V, I> Layer<I> for BearerLayer<S, V> {
    type Service = Guarded<S, V, I>;

    fn layer(&self, inner: I) -> Self::Service {
        Guarded { layer: self.clone(), inner }
    }
}

impl<S, V, I, B, R> Service<Request<B>> for Guarded<S, V, I>
where
    S: RequiredScopes,
    V: TokenValidator,
    I: Service<Request<B>, Response = Response<R>> + Clone + Send + 'static,
    I::Future: Send,
    B: Send + 'static,
    R: Default,
{
    type Response = Response<R>;
    type Error = I::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<R>, I::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), I::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        // The one that is ready goes along.
        let next = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, next);
        let resource = self.layer.resource.clone();
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            // What the token brings to be used once is used once with what a handler asks for.
            parts.extensions.get_or_insert_default::<SameAttempt>();
            match resource.authorize_parts::<S>(&parts).await {
                Ok(token) => {
                    parts.extensions.insert::<Bearer<S>>(token);
                    inner.call(Request::from_parts(parts, body)).await
                }
                Err(challenge) => Ok(answer(&challenge)),
            }
        })
    }
}

/// The challenge, in whatever body the service answers with: it has none.
fn answer<R: Default>(challenge: &Challenge) -> Response<R> {
    challenge.to_response().map(|_| R::default())
}

impl<S, V> Clone for BearerLayer<S, V> {
    fn clone(&self) -> Self {
        Self { resource: self.resource.clone(), scopes: PhantomData }
    }
}

impl<S, V, I: Clone> Clone for Guarded<S, V, I> {
    fn clone(&self) -> Self {
        Self { layer: self.layer.clone(), inner: self.inner.clone() }
    }
}

impl<S, V> fmt::Debug for BearerLayer<S, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BearerLayer").finish_non_exhaustive()
    }
}

impl<S, V, I: fmt::Debug> fmt::Debug for Guarded<S, V, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guarded").field("inner", &self.inner).finish_non_exhaustive()
    }
}
