//! The things that the rules need of a server, whatever its type is: so that they are compiled once.

use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use http_body_util::Full;

use super::{Failure, Fixture};
use crate::client::Client;
use crate::frame::{AuthorizationServer, Route, RunningServer};
use crate::http::Response;
use crate::store::{ClientStore as _, StoreError, StoreRoles as _};

type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

pub(super) trait Target: Send + Sync {
    fn respond(&self, request: Request<Bytes>) -> BoxFuture<'_, Response>;
    fn routes(&self) -> Vec<(String, Route)>;
    fn save_client(&self, client: Client) -> BoxFuture<'_, Result<(), StoreError>>;
}

impl<S: AuthorizationServer> Target for RunningServer<S> {
    fn respond(&self, request: Request<Bytes>) -> BoxFuture<'_, Response> {
        Box::pin(RunningServer::respond(self, request.map(Full::new)))
    }

    fn routes(&self) -> Vec<(String, Route)> {
        RunningServer::routes(self).map(|(path, route)| (path.to_owned(), route)).collect()
    }

    fn save_client(&self, client: Client) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(self.server().validator().clients().save_client(client))
    }
}

/// The service, or the application around it.
#[cfg(feature = "axum")]
pub(super) fn target<S: AuthorizationServer>(
    service: RunningServer<S>,
    fixture: &mut Fixture,
) -> Result<Arc<dyn Target>, Failure> {
    let Some(application) = fixture.application.take() else { return Ok(Arc::new(service)) };
    let application = application
        .downcast::<Application<S>>()
        .map_err(|_| Failure::setup("`fixture.application(…)` takes the service of another server"))?;
    let router = (application.0)(service.clone());
    Ok(Arc::new(Mounted { service, router }))
}

/// The service.
#[cfg(not(feature = "axum"))]
#[allow(clippy::unnecessary_wraps)] // With the feature `axum`, it can fail.
pub(super) fn target<S: AuthorizationServer>(
    service: RunningServer<S>,
    _: &mut Fixture,
) -> Result<Arc<dyn Target>, Failure> {
    Ok(Arc::new(service))
}

/// The function that makes an application around a service.
#[cfg(feature = "axum")]
pub(super) struct Application<S>(pub(super) Box<dyn FnOnce(RunningServer<S>) -> axum::Router + Send + Sync>);

/// A service that is reached through an application.
#[cfg(feature = "axum")]
struct Mounted<S> {
    service: RunningServer<S>,
    router: axum::Router,
}

#[cfg(feature = "axum")]
impl<S: AuthorizationServer> Target for Mounted<S> {
    fn respond(&self, request: Request<Bytes>) -> BoxFuture<'_, Response> {
        use http_body_util::BodyExt as _;
        use tower_service::Service as _;

        // A router is always ready.
        let response = self.router.clone().call(request.map(axum::body::Body::from));
        Box::pin(async move {
            let Ok(response) = response.await;
            let (parts, body) = response.into_parts();
            let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
            Response::from_parts(parts, body.into())
        })
    }

    fn routes(&self) -> Vec<(String, Route)> {
        Target::routes(&self.service)
    }

    fn save_client(&self, client: Client) -> BoxFuture<'_, Result<(), StoreError>> {
        Target::save_client(&self.service, client)
    }
}
