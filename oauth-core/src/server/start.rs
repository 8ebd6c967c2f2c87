//! The start of a server.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use parking_lot::Mutex;

use super::{ConfigurationError, Environment, Report, start_up};
use crate::binding::AnyBinding;
use crate::binding::dpop::ByKey;
use crate::claims::TokenClaims;
use crate::endpoint::{discovery, metadata};
use crate::event::{All, Event, EventKind, Observer};
use crate::frame::{AuthorizationServer, GrantSet, Inner, ListedEndpoint, RunningServer, ServerMetadata};
use crate::guesses::Guesses;
use crate::jose::SharedKeys;
use crate::limits::{Limits, RefreshPace};
use crate::openid::session_management::CheckSession;
use crate::standing::Standing;
use crate::token::{RecognizedTokens, TokenGenerator as _};
use oauth_rules::url::split_origin;

/// The abilities of every [`AuthorizationServer`]: it starts, and tells what it is made of. The prelude has it.
pub trait Start: AuthorizationServer {
    /// The metadata that the server advertises and routes, made of the above: constant data, to be read and
    /// asserted, and not to be written. Its routes, its report and its documents come from
    /// [`ServerMetadata::of`] itself: another value here would change none of them.
    const METADATA: ServerMetadata = ServerMetadata::of::<Self>();

    /// The report of what the server is made of, which rules it enforces and what it allows: print it.
    fn report(&self) -> Report {
        Report::of(self, &Self::CONFIG, &[])
    }

    /// Starts the server.
    ///
    /// # Errors
    ///
    /// Everything about the configuration that only a run can tell, all at once.
    fn start(self) -> Result<RunningServer<Self>, ConfigurationError> {
        self.start_in(Environment::new())
    }

    /// Starts the server in an environment of its own: with a clock that a test turns, for instance.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start).
    fn start_in(self, environment: Environment<Self>) -> Result<RunningServer<Self>, ConfigurationError> {
        RunningServer::new(self, environment)
    }

    /// The server as a [`tower_service::Service`] of `http` types: [`start`](Self::start) by another name.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start).
    fn into_service(self) -> Result<RunningServer<Self>, ConfigurationError> {
        self.start()
    }

    /// The server as an axum router, to be merged into your own.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start).
    #[cfg(feature = "axum")]
    fn into_router(self) -> Result<axum::Router, ConfigurationError> {
        Ok(self.start()?.into_router())
    }
}

impl<S: AuthorizationServer> Start for S {}

/// The most self-contained tokens that endpoints recognize without another look at the signature: as many as an API does.
const RECOGNIZED: usize = 10_000;

/// The observer of an instance, for what is not its own.
struct Named(Arc<dyn Observer>, String);

impl Observer for Named {
    fn on(&self, event: &Event<'_>) {
        self.0.on(&Event { instance: Some(&self.1), ..*event });
    }

    fn is_listening(&self) -> bool {
        self.0.is_listening()
    }
}

impl<S: AuthorizationServer> RunningServer<S> {
    fn new(server: S, environment: Environment<S>) -> Result<Self, ConfigurationError> {
        let issuer = server.issuer().unwrap_or_default().to_owned();
        let endpoints = endpoints(&server, &environment.endpoints);
        let config = environment.declared.beside(&S::CONFIG);
        let methods = &environment.client_authentication;
        ConfigurationError::check(start_up::mistakes(&server, &config, &issuer, &endpoints, methods))?;
        // What proves its binding with every request is asked before what an application adds.
        let dpop = S::CONFIG.dpop.map(|dpop| ByKey::of_server(dpop, server.dpop_nonce_key()));
        let dpop = dpop.map(|dpop| if S::CONFIG.profile.is_fapi2() { dpop.of_fapi2() } else { dpop });
        let dpop = dpop.map(|dpop| Arc::new(dpop) as Arc<dyn AnyBinding>);
        let (mut observer, mut background) = (environment.observer, environment.background);
        if let Some(table) = &environment.audit {
            observer = Arc::new(All(vec![observer, Arc::new(table.clone())]));
            let table = table.clone();
            background.push(Arc::new(move || Box::pin(table.clone().step())));
        }
        let instance = environment.instance.unwrap_or_else(random_name);
        let are_recognized = server.access_tokens().tokens().are_self_contained();
        for keys in environment.keys {
            keys.tell(Arc::new(Named(Arc::clone(&observer), instance.clone())));
        }
        Ok(Self(Arc::new(Inner {
            routes: routes(split_origin(&issuer).1, &endpoints),
            endpoints,
            metadata: ServerMetadata::in_run::<S>(&config, !environment.declared.is_empty()),
            config,
            has_resources_that_are_data: environment.declared.has_resources,
            check_session: CheckSession::new(&issuer),
            #[cfg(feature = "http-client")]
            client_documents: crate::frame::ClientDocuments::default(),
            limits: Limits::new(environment.pending_device_codes, S::CONFIG.device_code_lifetime),
            guesses: Guesses::new(),
            trusted_proxies: environment.trusted_proxies,
            body_timeout: environment.body_timeout,
            client_authentication: environment.client_authentication,
            bindings: dpop.into_iter().chain(environment.bindings).collect(),
            documents: Mutex::default(),
            standing: Standing::new(environment.clock.instant()),
            background,
            #[cfg(feature = "axum")]
            is_said_to_be_nested: std::sync::atomic::AtomicBool::new(false),
            clock: environment.clock,
            observer,
            audit: environment.audit,
            instance,
            refresh_pace: RefreshPace::default(),
            recognized: RecognizedTokens::new(if are_recognized { RECOGNIZED } else { 0 }),
            usual_claims: TokenClaims::of_audience(server.access_tokens().audience().unwrap_or(&issuer)),
            server,
            issuer,
        })))
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
            let Inner { server, config, issuer, endpoints, client_authentication, .. } = &*self.0;
            let mut mistakes = start_up::mistakes(server, config, issuer, endpoints, client_authentication);
            mistakes.extend(start_up::published_keys_come_or_go(&self.0.server, has_jwks));
            ConfigurationError::check(mistakes)
        })?;
        self.observe(&Event::new(EventKind::KeysReplaced, self.now()));
        Ok(())
    }

    /// The report of what the server is made of, with what came from outside.
    pub fn report(&self) -> Report {
        let mut report = Report::of(&self.0.server, &self.0.config, &self.0.endpoints);
        let outside = self.0.client_authentication.iter();
        report.client_authentication.extend(outside.map(|method| method.method().to_string()));
        report.trusted_proxies.clone_from(&self.0.trusted_proxies);
        report
    }
}

/// The name of a process that nobody gave one: 8 characters.
fn random_name() -> String {
    let characters = b"abcdefghijkmnpqrstuvwxyz23456789";
    let pick = |byte: u8| characters.get(usize::from(byte) % characters.len()).copied().map(char::from);
    rand::random::<[u8; 8]>().into_iter().filter_map(pick).collect()
}

/// The endpoints that are routed below the issuer, by path relative to it: the framework's, the pages, and
/// those from outside.
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

/// All that is routed, by absolute path.
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
