//! A running server: checked, with its routes made once; lent to everything that answers a request.

use std::collections::HashMap;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
#[cfg(feature = "axum")]
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use bytes::Bytes;
use parking_lot::Mutex;

#[cfg(feature = "pages")]
use super::grant_set;
use super::{AuthorizationServer, ListedEndpoint, Route, ServerConfig, ServerMetadata};
use crate::binding::AnyBinding;
use crate::claims::TokenClaims;
use crate::client_auth::AnyClientAuth;
use crate::clock::Clock;
use crate::error::Error;
use crate::event::{Event, EventKind, Observer};
use crate::guesses::{Counting, Guesses};
use crate::interaction::{Context, Provider};
use crate::jose::Jwk;
use crate::limits::{Cidr, Limits, RefreshPace};
use crate::openid::IdTokenSigner as _;
use crate::openid::session_management::CheckSession;
use crate::request::{RefreshLifetimes, Request, Validated};
use crate::standing::{Standing, Step};
use crate::store::{AuditTable, StoreError, StoreRoles as _};
use crate::time::UnixTime;
use crate::token::{BearerToken, RecognizedTokens, TokenGenerator as _};

/// A running server: what [`start`](crate::server::Start::start) gives. Cheap to clone; its paths are absolute and include
/// the path of the issuer.
///
/// It is a [`tower_service::Service`] of `http` types, and lends itself to grants and endpoints. Through [`Deref`] it is the
/// server that was started, too.
pub struct RunningServer<S>(pub(crate) Arc<Inner<S>>);

/// The parts that a start made.
pub(crate) struct Inner<S> {
    pub(crate) server: S,
    pub(crate) issuer: String,
    /// The claims of access tokens that have no others: whom they are for.
    pub(crate) usual_claims: TokenClaims,
    /// The self-contained tokens that its endpoints have verified.
    pub(crate) recognized: RecognizedTokens,
    /// The constants, with the scopes and resources that are data.
    pub(crate) config: ServerConfig,
    pub(crate) has_resources_that_are_data: bool,
    pub(crate) metadata: ServerMetadata,
    pub(crate) clock: Clock,
    pub(crate) observer: Arc<dyn Observer>,
    pub(crate) audit: Option<AuditTable>,
    /// The name of this process among those that tell events.
    pub(crate) instance: String,
    pub(crate) refresh_pace: RefreshPace,
    /// The endpoints by path relative to the issuer: those from outside come last.
    pub(crate) endpoints: Vec<(&'static str, ListedEndpoint<S>)>,
    /// The endpoints by absolute path.
    pub(crate) routes: HashMap<String, ListedEndpoint<S>>,
    pub(crate) client_authentication: Vec<Arc<dyn AnyClientAuth>>,
    pub(crate) bindings: Vec<Arc<dyn AnyBinding>>,
    pub(crate) documents: Mutex<Option<Arc<Documents>>>,
    pub(crate) check_session: CheckSession,
    #[cfg(feature = "http-client")]
    pub(crate) client_documents: super::ClientDocuments,
    pub(crate) limits: Limits,
    pub(crate) guesses: Guesses,
    pub(crate) trusted_proxies: Vec<Cidr>,
    pub(crate) body_timeout: Duration,
    pub(crate) standing: Standing,
    pub(crate) background: Vec<Step>,
    /// True once the log has said that the server is not where its metadata says.
    #[cfg(feature = "axum")]
    pub(crate) is_said_to_be_nested: AtomicBool,
}

/// The documents that follow from the keys of the moment.
pub(crate) struct Documents {
    pub(crate) keys: Vec<Jwk>,
    /// RFC 8414 §3.
    pub(crate) metadata: Bytes,
    /// RFC 7517 §5.
    pub(crate) jwks: Bytes,
}

impl<S: AuthorizationServer> RunningServer<S> {
    /// The server that was started.
    pub fn server(&self) -> &S {
        &self.0.server
    }

    /// The issuer identifier.
    pub fn issuer(&self) -> &str {
        &self.0.issuer
    }

    /// The configuration of this run: the constants, with the scopes and resources that are data.
    pub(crate) fn config(&self) -> &ServerConfig {
        &self.0.config
    }

    /// Tells whether resources are data, also where a run has none.
    pub(crate) fn has_resources_that_are_data(&self) -> bool {
        self.0.has_resources_that_are_data
    }

    /// The endpoints and features that it advertises and routes, as far as its types and constants say.
    pub(crate) fn metadata(&self) -> &ServerMetadata {
        &self.0.metadata
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
        self.0.observer.on(&Event { instance: Some(&self.0.instance), ..*event });
    }

    /// Tells the observer of an event of every request, which is made for one that listens.
    pub(crate) fn tell<'e>(&self, event: impl FnOnce() -> Event<'e>) {
        if self.0.observer.is_listening() {
            self.observe(&event());
        }
    }

    /// Tells the observer of an error that a store or a limit is behind, as an event of this request; no other is told.
    pub(crate) fn tell_failure<'e>(&self, error: &'e Error, of: impl FnOnce(EventKind) -> Event<'e>) {
        if let Some(failure) = StoreError::behind(error) {
            // It says what could not be done; its cause is for the log.
            let reason = failure.to_string();
            let event = Event { reason: Some(&reason), ..of(EventKind::StoreError).error(error) };
            self.observe(&event);
        } else if error.retry_after_seconds().is_some() {
            self.observe(&of(EventKind::LimitDenied).error(error));
        }
    }

    /// The audit table, if it has one: an act of administration is [recorded](AuditTable::record) there before it is done.
    pub fn audit(&self) -> Option<&AuditTable> {
        self.0.audit.as_ref()
    }

    pub(crate) fn observer(&self) -> &dyn Observer {
        &*self.0.observer
    }

    /// The validated facts of a request, to be set by whoever has validated them: a [`Grant`](crate::grant::Grant) by hand, before it
    /// issues.
    pub const fn validated_mut<'r>(&self, request: &'r mut Request) -> &'r mut Validated {
        &mut request.validated
    }

    /// The absolute paths that it answers.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.routes.keys().map(String::as_str)
    }

    /// The absolute paths, with what they lead to: what is no page is advertised in the metadata.
    pub fn routes(&self) -> impl Iterator<Item = (&str, Route)> {
        self.routed().map(|(path, endpoint)| (path, endpoint.route))
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

    /// The endpoint that a path leads to.
    pub(crate) fn endpoint_at(&self, path: &str) -> Option<ListedEndpoint<S>> {
        self.0.routes.get(path).copied()
    }

    /// The endpoints that are routed below the issuer, by path relative to it.
    pub(crate) fn endpoints(&self) -> &[(&'static str, ListedEndpoint<S>)] {
        &self.0.endpoints
    }

    #[cfg(feature = "http-client")]
    pub(crate) fn client_documents(&self) -> &super::ClientDocuments {
        &self.0.client_documents
    }

    pub(crate) fn check_session(&self) -> &CheckSession {
        &self.0.check_session
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// The limits on guesses, which the store counts for all instances.
    pub(crate) fn guesses(&self) -> Counting<'_> {
        self.0.guesses.counted(self.validator().limits(), self.clock())
    }

    pub(crate) fn trusted_proxies(&self) -> &[Cidr] {
        &self.0.trusted_proxies
    }

    pub(crate) fn body_timeout(&self) -> Duration {
        self.0.body_timeout
    }

    pub(crate) fn standing(&self) -> &Standing {
        &self.0.standing
    }

    /// The background work that an application added.
    pub(crate) fn background(&self) -> &[Step] {
        &self.0.background
    }

    /// The context of an interaction: what it is told of the server.
    pub(crate) fn context(&self) -> Context<'_, S::Validator> {
        Context {
            validator: self.validator(),
            issuer: self.issuer(),
            clock: self.clock(),
            observer: self.observer(),
            #[cfg(feature = "http-client")]
            standing: self.standing(),
            instance: &self.0.instance,
            #[cfg(feature = "pages")]
            guesses: self.guesses(),
            #[cfg(feature = "pages")]
            has_page: grant_set::has_page::<S>,
            authorization_endpoint: S::CONFIG.endpoints.authorization,
            scopes: self.config().scopes,
            provider: S::IdTokens::IS_OPENID_PROVIDER.then(|| self.provider()),
        }
    }

    fn provider(&self) -> Provider<'_> {
        Provider {
            #[cfg(feature = "http-client")]
            keys: self.id_tokens().signing_keys(),
            pairwise_key: self.pairwise_key(),
            #[cfg(feature = "http-client")]
            back_channel: self.back_channel(),
            #[cfg(feature = "pages")]
            has_check_session: S::CONFIG.endpoints.check_session.is_some(),
            lifetime: S::CONFIG.code_lifetime
                + S::CONFIG.refresh_token_lifetime
                + access_token_lifetime(self.server()),
        }
    }

    /// The engine of the server, with its generators and lifetimes.
    pub(crate) fn bearer(&self) -> BearerToken<'_, S::Validator, &S::AccessTokens, &S::RefreshTokens> {
        BearerToken::new(self.validator())
            .token_generator(self.access_tokens())
            .refresh_token_generator(self.refresh_tokens())
            .issuer(Some(self.issuer()))
            .usual_claims(&self.0.usual_claims)
            .pairwise_key(self.pairwise_key())
            .recognized(&self.0.recognized)
            .bindings(self.bindings())
            .client_documents(S::CONFIG.client_id_metadata_documents)
            .only_bound(S::CONFIG.profile.is_fapi2())
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

/// The lifetimes of a server's refresh tokens.
pub(crate) const fn refresh_lifetimes<S: AuthorizationServer>() -> RefreshLifetimes {
    RefreshLifetimes { each: S::CONFIG.refresh_token_lifetime, all: S::CONFIG.refresh_token_max_lifetime }
}

/// The lifetime of a server's access tokens.
pub(crate) fn access_token_lifetime<S: AuthorizationServer>(server: &S) -> Duration {
    server.access_tokens().expires_in().unwrap_or(BearerToken::<S::Validator>::DEFAULT_EXPIRES_IN)
}
