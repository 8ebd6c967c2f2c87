//! A running server: checked, with its routes made once; lent to everything that answers a request.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use parking_lot::Mutex;

use super::{AuthorizationServer, ConfigurationError, Environment, Report, Route, ServerMetadata, start_up};
use crate::binding::AnyBinding;
use crate::client_auth::AnyClientAuth;
use crate::clock::Clock;
use crate::endpoint::{ListedEndpoint, discovery, jwks, metadata};
use crate::event::{Event, Observer};
use crate::grant::{GrantSet, RefreshPace};
use crate::jose::{Jwk, SharedKeys};
use crate::limits::{Cidr, Limits};
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
    refresh_pace: RefreshPace,
    /// By path relative to the issuer: those from outside come last.
    endpoints: Vec<(&'static str, ListedEndpoint<S>)>,
    /// By absolute path.
    routes: HashMap<String, ListedEndpoint<S>>,
    client_authentication: Vec<Arc<dyn AnyClientAuth>>,
    bindings: Vec<Arc<dyn AnyBinding>>,
    documents: Mutex<Option<Arc<Documents>>>,
    check_session: CheckSession,
    limits: Limits,
    trusted_proxies: Vec<Cidr>,
    body_timeout: Duration,
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
    pub(super) fn new(server: S, environment: Environment<S>) -> Result<Self, ConfigurationError> {
        let issuer = server.issuer().unwrap_or_default().to_owned();
        let endpoints = endpoints(&server, &environment.endpoints);
        let methods = &environment.client_authentication;
        ConfigurationError::check(start_up::mistakes(&server, &issuer, &endpoints, methods))?;
        Ok(Self(Arc::new(Inner {
            routes: routes(split_origin(&issuer).1, &endpoints),
            endpoints,
            check_session: CheckSession::new(&issuer),
            limits: Limits::new(environment.pending_device_codes, S::CONFIG.device_code_lifetime),
            trusted_proxies: environment.trusted_proxies,
            body_timeout: environment.body_timeout,
            client_authentication: environment.client_authentication,
            bindings: environment.bindings,
            documents: Mutex::default(),
            clock: environment.clock,
            observer: environment.observer,
            refresh_pace: RefreshPace::default(),
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

    pub(crate) fn refresh_pace(&self) -> &RefreshPace {
        &self.0.refresh_pace
    }

    /// Tells the observer of an event.
    pub fn observe(&self, event: &Event<'_>) {
        self.0.observer.on(event);
    }

    pub(crate) fn observer(&self) -> &dyn Observer {
        &*self.0.observer
    }

    /// Replaces keys that this server has, at once and without a restart: what signs, the JWK Set and the metadata change.
    ///
    /// ```
    /// use oauth_core::jose::SharedKeys;
    /// # use oauth_core::prelude::*;
    /// # #[validator] struct Accounts { #[store] store: MemoryStore }
    /// # #[token_generator(jwt, issuer = "https://auth.example.com")]
    /// # struct AccessTokens { #[signing_key] keys: KeyRing }
    /// # #[authorization_server(grants(client_credentials))]
    /// # struct AuthServer { #[validator] accounts: Accounts, #[access_token] tokens: AccessTokens }
    /// # let keys = KeyRing::new(SigningKey::generate(Algorithm::ES256)?);
    /// # let (accounts, tokens) = (Accounts { store: MemoryStore::new() }, AccessTokens { keys });
    /// let server = AuthServer { accounts, tokens }.start()?;
    /// let keys = &server.tokens.keys;
    /// server.replace_keys(keys, &keys.clone().rotate(SigningKey::generate(Algorithm::ES256)?)?)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the server could not have started with them, and the keys are then as they were: no RS256 for ID tokens, for
    /// example, or another algorithm than the token generator says. A server that started without published keys has no
    /// JWKS endpoint, and gets none.
    pub fn replace_keys<K: SharedKeys>(&self, keys: &K, new: &K) -> Result<(), ConfigurationError> {
        let has_jwks = !self.documents().keys.is_empty();
        keys.replace_if(new, || {
            let Inner { server, issuer, endpoints, client_authentication, .. } = &*self.0;
            let mut mistakes = start_up::mistakes(server, issuer, endpoints, client_authentication);
            mistakes.extend(start_up::published_keys_come_or_go(&self.0.server, has_jwks));
            ConfigurationError::check(mistakes)
        })
    }

    /// The absolute paths that it answers.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.routes.keys().map(String::as_str)
    }

    /// The absolute paths, with what they lead to: what is no page is advertised in the metadata.
    pub fn routes(&self) -> impl Iterator<Item = (&str, Route)> {
        self.routed().map(|(path, endpoint)| (path, endpoint.route))
    }

    /// What the server is made of, with what came from outside.
    pub fn report(&self) -> Report {
        let mut report = Report::of(&self.0.server, &self.0.endpoints);
        let outside = self.0.client_authentication.iter();
        report.client_authentication.extend(outside.map(|method| method.method().to_string()));
        report.trusted_proxies.clone_from(&self.0.trusted_proxies);
        report
    }

    /// The token bindings from outside.
    pub(crate) fn bindings(&self) -> &[Arc<dyn AnyBinding>] {
        &self.0.bindings
    }

    /// The client authentication methods from outside.
    pub(crate) fn client_authentication(&self) -> &[Arc<dyn AnyClientAuth>] {
        &self.0.client_authentication
    }

    /// The absolute paths, with what answers there.
    pub(crate) fn routed(&self) -> impl Iterator<Item = (&str, ListedEndpoint<S>)> {
        self.0.routes.iter().map(|(path, endpoint)| (path.as_str(), *endpoint))
    }

    /// What a path leads to.
    pub(super) fn endpoint_at(&self, path: &str) -> Option<ListedEndpoint<S>> {
        self.0.routes.get(path).copied()
    }

    /// What is routed below the issuer, by path relative to it.
    pub(crate) fn endpoints(&self) -> &[(&'static str, ListedEndpoint<S>)] {
        &self.0.endpoints
    }

    /// The documents, which follow the keys: another key ring makes others.
    pub(crate) fn documents(&self) -> Arc<Documents> {
        let keys = jwks::keys(&self.0.server);
        let mut documents = self.0.documents.lock();
        match documents.as_ref().filter(|documents| documents.keys == keys) {
            Some(documents) => Arc::clone(documents),
            None => Arc::clone(documents.insert(Arc::new(Documents::new(self, keys)))),
        }
    }

    pub(crate) fn check_session(&self) -> &CheckSession {
        &self.0.check_session
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    pub(super) fn trusted_proxies(&self) -> &[Cidr] {
        &self.0.trusted_proxies
    }

    pub(super) fn body_timeout(&self) -> Duration {
        self.0.body_timeout
    }
}

impl Documents {
    fn new<S: AuthorizationServer>(server: &RunningServer<S>, keys: Vec<Jwk>) -> Self {
        let bytes = |json: &serde_json::Value| Bytes::from(json.to_string());
        Self {
            metadata: bytes(&metadata::document(server).into()),
            jwks: bytes(&jwks::document(&keys)),
            keys,
        }
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

/// What is routed below the issuer, by path relative to it: the framework's, the pages, and those from outside.
pub(super) fn endpoints<S: AuthorizationServer>(
    server: &S,
    outside: &[ListedEndpoint<S>],
) -> Vec<(&'static str, ListedEndpoint<S>)> {
    let offered = |endpoint: &ListedEndpoint<S>| Some(((endpoint.path_of)(server)?, *endpoint));
    // Several grants bring the pages of the one interaction.
    let pages: BTreeSet<_> =
        const { ServerMetadata::of::<S>() }.pages.iter().copied().flatten().copied().collect();
    let of_grants = <S::Grants as GrantSet<S>>::GRANTS.iter().flat_map(|grant| grant.endpoints);
    ListedEndpoint::BUILT_IN
        .iter()
        .chain(of_grants)
        .filter_map(offered)
        .chain(pages.into_iter().map(|page| (page, ListedEndpoint::page(page))))
        .chain(outside.iter().filter_map(offered))
        .collect()
}

/// Whatever is routed, by absolute path.
pub(super) fn routes<S: AuthorizationServer>(
    prefix: &str,
    endpoints: &[(&'static str, ListedEndpoint<S>)],
) -> HashMap<String, ListedEndpoint<S>> {
    let mut routes = HashMap::from([(metadata::path(prefix), ListedEndpoint::METADATA)]);
    if const { ServerMetadata::of::<S>() }.is_openid_provider {
        routes.insert(discovery::path(prefix), ListedEndpoint::METADATA);
    }
    routes.extend(endpoints.iter().map(|(path, endpoint)| (format!("{prefix}{path}"), *endpoint)));
    routes
}
