//! The health of an instance, for load balancers and orchestrators.

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use http::{Method, Request, StatusCode};
use serde_json::json;
use tokio::sync::Mutex;
use tower_service::Service;

use crate::clock::within;
use crate::endpoint::jwks;
use crate::frame::{AuthorizationServer, Route, RunningServer};
use crate::http::{Response, empty, json as json_response, method_not_allowed};
use crate::join::{Boxed, join_all};
use crate::openid::IdTokenSigner as _;
use crate::store::StoreRoles as _;

/// Tells whether an instance lives and can answer: [`RunningServer::health`]. It is a [`tower_service::Service`] of `http` types, and
/// a [router](Self::into_router) for axum.
///
/// `GET /health/alive` asks nothing, and is 204 for as long as the process answers. `GET /health/ready` is 200, or else 503 with what
/// is wrong as JSON, without secrets:
///
/// ```json
/// {"status": "not ready", "problems": ["it is draining"]}
/// ```
///
/// An instance is ready if each store that is [`Ready`](crate::store::Ready) answers within a second, it has keys where it signs, and
/// it does not [drain](RunningServer::drain). Stores are asked once a second at most, whoever asks. Causes go to the log.
pub struct Health<S>(Arc<Inner<S>>);

struct Inner<S> {
    server: RunningServer<S>,
    stores: Mutex<Stores>,
}

/// The stores as they were found last.
#[derive(Default)]
struct Stores {
    asked_at: Option<Instant>,
    problems: Vec<String>,
}

impl<S: AuthorizationServer> RunningServer<S> {
    /// The health of this instance, to be served beside it.
    pub fn health(&self) -> Health<S> {
        Health(Arc::new(Inner { server: self.clone(), stores: Mutex::default() }))
    }
}

impl<S: AuthorizationServer> Health<S> {
    /// The path that asks nothing.
    pub const ALIVE: &'static str = "/health/alive";
    /// The path that tells whether the instance can answer.
    pub const READY: &'static str = "/health/ready";
    /// The time that a store has to answer.
    const PATIENCE: Duration = Duration::from_secs(1);

    /// The two paths as an axum router, to be merged into your own: into one that the public cannot reach, if there is one.
    #[cfg(feature = "axum")]
    pub fn into_router(self) -> axum::Router {
        axum::Router::new().route_service(Self::ALIVE, self.clone()).route_service(Self::READY, self)
    }

    /// The reasons that keep the instance from answering now; none, if it is ready.
    pub async fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if self.0.server.is_draining() {
            problems.push("it is draining".to_owned());
        }
        if !has_keys(&self.0.server) {
            problems.push("it has no active key".to_owned());
        }
        problems.extend(self.stores().await);
        problems
    }

    async fn stores(&self) -> Vec<String> {
        let mut stores = self.0.stores.lock().await;
        let now = self.0.server.instant();
        if stores.asked_at.is_none_or(|asked_at| now.duration_since(asked_at) >= Self::PATIENCE) {
            let problems = self.ask_stores().await;
            *stores = Stores { asked_at: Some(now), problems };
        }
        stores.problems.clone()
    }

    async fn ask_stores(&self) -> Vec<String> {
        let problems = parking_lot::Mutex::new(Vec::new());
        let asking = self.0.server.validator().upkeep().into_iter().map(|store| {
            let problems = &problems;
            Box::pin(async move {
                let problem = match within(Self::PATIENCE, store.ready()).await {
                    Some(Ok(())) => return,
                    Some(Err(cause)) => {
                        let cause = &cause as &dyn std::error::Error;
                        tracing::warn!(target: "oauth_core", store = store.name(), cause, "a store is not ready");
                        format!("its {} is not ready", store.name())
                    }
                    None => format!("its {} does not answer within a second", store.name()),
                };
                problems.lock().push(problem);
            }) as Boxed<'_, ()>
        });
        join_all(asking.collect()).await;
        problems.into_inner()
    }

    async fn respond(&self, method: Method, path: String) -> Response {
        if path != Self::ALIVE && path != Self::READY {
            return empty(StatusCode::NOT_FOUND);
        }
        if method != Method::GET && method != Method::HEAD {
            return method_not_allowed("GET, HEAD");
        }
        if path == Self::ALIVE {
            return empty(StatusCode::NO_CONTENT);
        }
        let problems = self.problems().await;
        if problems.is_empty() {
            return json_response(StatusCode::OK, &json!({ "status": "ready" }));
        }
        let body = json!({ "status": "not ready", "problems": problems });
        json_response(StatusCode::SERVICE_UNAVAILABLE, &body)
    }
}

/// Tells whether there is a key wherever the server signs.
fn has_keys<S: AuthorizationServer>(server: &RunningServer<S>) -> bool {
    let publishes = server.routes().any(|(_, route)| route == Route::JWKS);
    (!publishes || !jwks::keys(server.server()).is_empty())
        && (!S::IdTokens::IS_OPENID_PROVIDER || !server.id_tokens().signing_keys().is_empty())
}

impl<S: AuthorizationServer, B> Service<Request<B>> for Health<S> {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let (health, method) = (self.clone(), request.method().clone());
        let path = request.uri().path().to_owned();
        Box::pin(async move { Ok(health.respond(method, path).await) })
    }
}

impl<S> Clone for Health<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S> fmt::Debug for Health<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Health").field("server", &self.0.server).finish_non_exhaustive()
    }
}
