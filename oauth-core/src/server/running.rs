//! A running server: checked, with its routes made once; lent to everything that answers a request.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use parking_lot::Mutex;

use super::{AuthorizationServer, ConfigurationError, Environment, Route, ServerMetadata, start_up};
use crate::clock::Clock;
use crate::endpoint::{discovery, jwks, metadata};
use crate::event::{Event, Observer};
#[cfg(feature = "pages")]
use crate::grant::{GrantSet, GrantType};
#[cfg(feature = "pages")]
use crate::interaction::Throttle;
use crate::jose::Jwk;
use crate::openid::session_management::CheckSession;
use crate::time::UnixTime;
use crate::token::split_origin;

/// A running server: what [`start`](AuthorizationServer::start) gives. Cheap to clone; its paths are absolute and include
/// the path of the issuer.
///
/// It is a [`tower_service::Service`] of `http` types, and lends itself to grants and endpoints. Through [`Deref`] it is the
/// server that was started, too.
pub struct RunningServer<S>(Arc<Inner<S>>);

struct Inner<S> {
    server: S,
    issuer: String,
    clock: Clock,
    observer: Arc<dyn Observer>,
    routes: HashMap<String, Route>,
    documents: Mutex<Arc<Documents>>,
    check_session: CheckSession,
    #[cfg(feature = "pages")]
    password_throttle: Option<Throttle>,
}

/// The documents that follow from the keys of the moment.
pub(crate) struct Documents {
    keys: Vec<Jwk>,
    /// RFC 8414 §3.
    pub(crate) metadata: Bytes,
    /// RFC 7517 §5.
    pub(crate) jwks: Bytes,
}

impl<S: AuthorizationServer> RunningServer<S> {
    pub(super) fn new(server: S, environment: Environment) -> Result<Self, ConfigurationError> {
        let issuer = server.issuer().unwrap_or_default().to_owned();
        let keys = jwks::keys(&server);
        let paths = paths::<S>(!keys.is_empty());
        ConfigurationError::check(start_up::mistakes(&server, &issuer, &paths))?;
        let documents = Documents::new(&server, &issuer, keys);
        Ok(Self(Arc::new(Inner {
            routes: routes::<S>(split_origin(&issuer).1, paths),
            check_session: CheckSession::new(&issuer),
            #[cfg(feature = "pages")]
            password_throttle: S::Grants::has_grant_type(&GrantType::PASSWORD).then(Throttle::default),
            documents: Mutex::new(Arc::new(documents)),
            clock: environment.clock,
            observer: environment.observer,
            server,
            issuer,
        })))
    }

    /// The server that was started.
    pub fn server(&self) -> &S {
        &self.0.server
    }

    /// The issuer identifier.
    pub fn issuer(&self) -> &str {
        &self.0.issuer
    }

    /// The time, by the server's clock.
    pub fn now(&self) -> UnixTime {
        self.0.clock.now()
    }

    /// The time for measuring, by the server's clock.
    pub fn instant(&self) -> Instant {
        self.0.clock.instant()
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Tells the observer of an event.
    pub fn observe(&self, event: &Event<'_>) {
        self.0.observer.on(event);
    }

    pub(crate) fn observer(&self) -> &dyn Observer {
        &*self.0.observer
    }

    /// The absolute paths that it answers.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.routes.keys().map(String::as_str)
    }

    /// The absolute paths, with what they lead to: what is no page is advertised in the metadata.
    pub fn routes(&self) -> impl Iterator<Item = (&str, Route)> {
        self.0.routes.iter().map(|(path, route)| (path.as_str(), *route))
    }

    /// What a path leads to.
    pub(super) fn route_of(&self, path: &str) -> Option<Route> {
        self.0.routes.get(path).copied()
    }

    /// The documents, which follow the keys: another key ring makes others.
    pub(crate) fn documents(&self) -> Arc<Documents> {
        let keys = jwks::keys(&self.0.server);
        let mut documents = self.0.documents.lock();
        if documents.keys != keys {
            *documents = Arc::new(Documents::new(&self.0.server, &self.0.issuer, keys));
        }
        Arc::clone(&documents)
    }

    pub(crate) fn check_session(&self) -> &CheckSession {
        &self.0.check_session
    }

    /// Failures by user name, of the password grant; only where it is offered.
    #[cfg(feature = "pages")]
    pub(crate) fn password_throttle(&self) -> Option<&Throttle> {
        self.0.password_throttle.as_ref()
    }
}

impl Documents {
    fn new<S: AuthorizationServer>(server: &S, issuer: &str, keys: Vec<Jwk>) -> Self {
        let metadata = metadata::document(server, issuer, !keys.is_empty());
        let bytes = |json: &serde_json::Value| Bytes::from(json.to_string());
        Self { metadata: bytes(&metadata.into()), jwks: bytes(&jwks::document(&keys)), keys }
    }
}

impl<S> Deref for RunningServer<S> {
    type Target = S;

    fn deref(&self) -> &S {
        &self.0.server
    }
}

impl<S> Clone for RunningServer<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S> fmt::Debug for RunningServer<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RunningServer").field("issuer", &self.0.issuer).finish_non_exhaustive()
    }
}

/// What is routed below the issuer, by path relative to it.
pub(super) fn paths<S: AuthorizationServer>(has_jwks: bool) -> Vec<(&'static str, Route)> {
    let metadata = const { ServerMetadata::of::<S>() };
    let endpoints = metadata.endpoints.iter().copied();
    let jwks = has_jwks.then_some((Route::Jwks, metadata.jwks));
    // Several grants bring the pages of the one interaction.
    let pages: BTreeSet<_> = metadata.pages.iter().copied().flatten().collect();
    let pages = pages.into_iter().map(|page| (Route::Page(page), *page));
    endpoints.chain(jwks).chain(pages).map(|(route, path)| (path, route)).collect()
}

/// Whatever is routed, by absolute path.
pub(super) fn routes<S: AuthorizationServer>(
    prefix: &str,
    paths: Vec<(&'static str, Route)>,
) -> HashMap<String, Route> {
    let mut routes = HashMap::from([(metadata::path(prefix), Route::Metadata)]);
    if const { ServerMetadata::of::<S>() }.is_openid_provider {
        routes.insert(discovery::path(prefix), Route::Metadata);
    }
    routes.extend(paths.into_iter().map(|(path, route)| (format!("{prefix}{path}"), route)));
    routes
}
