//! [`ProtectedResource`]: from a request to a validated token or a challenge.

use std::sync::Arc;

use bytes::Bytes;
use http::request::Parts;

use super::authentication_checks::check_logins_can_be_asked_for;
use super::metadata::{Document, ResourceMetadata};
use super::scope_checks::{check_scopes_are_declared, check_scopes_are_described_alike};
use super::{Bearer, IssuedClaims, ResourceConfig, ValidatedToken, start_up};
use crate::binding;
use crate::binding::dpop;
use crate::binding::dpop::ByKey;
use crate::binding::{AnyBinding, BearerMethods, Challenge, is_by_key};
use crate::clock::Clock;
use crate::error::{Error, ErrorCode, ResourceErrorCode, Result};
use crate::http::{Response, document};
use crate::request::{Request, Unclaimed};
use crate::scope::{
    AuthenticationRequirements, RequiredAuthentication, RequiredScopes, Scope, StepUp, twins,
};
use crate::secret::SecretString;
use crate::server::ConfigurationError;
use crate::store::{AnyReplayStore, RecentIds};

/// Tells whether a token is valid, and what it says.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not validate tokens",
    label = "not a token validator",
    note = "use `oauth_core::resource::Jwks`, `Introspection` or `Local`, or a type of yours that implements `TokenValidator`"
)]
pub trait TokenValidator: Send + Sync + 'static {
    /// The scopes that its tokens can have: a handler that asks for another does not compile. `None`: any. Default: any.
    const SCOPES: Option<&'static [Scope]> = None;

    /// The private claims that its tokens can have: a handler that needs another does not compile. `None`: any. Default: any.
    const CLAIMS: Option<IssuedClaims> = None;

    /// Validates a token: signature or record, times, issuer and audience. Scopes are checked afterwards.
    ///
    /// # Errors
    ///
    /// `invalid_token`; `temporarily_unavailable` or `server_error` where it cannot tell.
    fn validate(&self, token: &str) -> impl Future<Output = Result<ValidatedToken>> + Send;
}

/// A resource, ready to validate requests. Cloning is cheap and shares its caches.
///
/// It is a state of axum routers: handlers take a [`Bearer`].
#[derive(Debug)]
pub struct ProtectedResource<V>(Arc<Inner<V>>);

#[derive(Debug)]
struct Inner<V> {
    validator: V,
    methods: BearerMethods,
    bindings: Vec<Arc<dyn AnyBinding>>,
    replay_ids: ReplayIds,
    clock: Clock,
    /// The origin of its URLs; `None`: proofs cannot be checked.
    origin: Option<String>,
    needs_key: bool,
    /// The challenge to a request without credentials.
    challenge: Challenge,
    metadata: Option<Document>,
}

/// The identity of a resource, beyond its constants.
pub(super) struct Identity<'a> {
    pub(super) issuer: &'a str,
    pub(super) audience: Option<&'a str>,
    /// The scopes of `scopes_supported`.
    pub(super) scopes: &'a [Scope],
    /// True if it knows proofs of keys (RFC 9449).
    pub(super) takes_proofs: bool,
}

/// The place where the identifiers of proofs are kept.
#[derive(Clone)]
pub(super) struct ReplayIds(pub(super) Arc<dyn AnyReplayStore>);

/// The things of a run that a resource stands in.
pub(super) struct Surroundings {
    pub(super) bindings: Vec<Arc<dyn AnyBinding>>,
    pub(super) replay_ids: ReplayIds,
    pub(super) clock: Clock,
    /// The origin of its URLs.
    pub(super) origin: Option<String>,
}

impl Surroundings {
    /// The bindings of a resource whose tokens come from elsewhere: it takes proofs of keys, if it knows its own URLs.
    pub(super) fn of_remote(
        mut bindings: Vec<Arc<dyn AnyBinding>>,
        replay_ids: Option<Arc<dyn AnyReplayStore>>,
        clock: Clock,
        origin: Option<&str>,
    ) -> Self {
        bindings.extend(origin.map(|_| Arc::new(ByKey::of_resource()) as Arc<dyn AnyBinding>));
        let replay_ids = ReplayIds(replay_ids.unwrap_or_else(|| Arc::new(RecentIds::default())));
        Self { bindings, replay_ids, clock, origin: origin.map(str::to_owned) }
    }

    pub(super) fn take_proofs(&self) -> bool {
        self.origin.is_some() && self.bindings.iter().any(|binding| is_by_key(&**binding))
    }
}

impl<V: TokenValidator> ProtectedResource<V> {
    /// A resource with a validator of your own, which knows `config.audience` itself.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the configuration, all at once.
    pub fn new(validator: V, issuer: &str, config: &ResourceConfig) -> Result<Self, ConfigurationError> {
        let registered = crate::scope::registered();
        let scopes = config.scopes.unwrap_or(&registered);
        let mut mistakes = Vec::new();
        mistakes.extend(start_up::trusts_no_issuer(issuer));
        let metadata = ResourceMetadata::of(config);
        let origin = metadata.origin(config.audience);
        let surroundings = Surroundings::of_remote(Vec::new(), None, Clock::system(), origin);
        let identity =
            Identity { issuer, audience: config.audience, scopes, takes_proofs: surroundings.take_proofs() };
        Self::assemble(validator, &identity, config, surroundings, mistakes)
    }

    pub(super) fn assemble(
        validator: V,
        identity: &Identity<'_>,
        config: &ResourceConfig,
        surroundings: Surroundings,
        mut mistakes: Vec<String>,
    ) -> Result<Self, ConfigurationError> {
        start_up::check(config, &mut mistakes);
        mistakes.extend(start_up::takes_no_proofs(config, identity.takes_proofs));
        let Surroundings { bindings, replay_ids, clock, origin } = surroundings;
        mistakes.extend(twins(identity.scopes));
        let metadata = ResourceMetadata::of(config).document(identity);
        let metadata = metadata.map_err(|mistake| mistakes.push(mistake)).unwrap_or_default();
        ConfigurationError::check(mistakes)?;
        let mut challenge = Challenge::new(config.realm.or(identity.audience).unwrap_or(identity.issuer))
            .schemes(binding::schemes(&bindings));
        if config.dpop_required {
            challenge = challenge.by_key();
        }
        if let Some(metadata) = &metadata {
            challenge = challenge.resource_metadata(&metadata.url);
        }
        let methods = BearerMethods { body: config.body_token, danger_query: config.danger_query_token };
        let needs_key = config.dpop_required;
        Ok(Self(Arc::new(Inner {
            validator,
            methods,
            bindings,
            replay_ids,
            clock,
            origin,
            needs_key,
            challenge,
            metadata,
        })))
    }

    /// Validates the token of a request, and that it has the scopes `S`: a scope, a tuple of which all are needed,
    /// [`AnyOf`](crate::scope::AnyOf) of which one is, or `()`.
    ///
    /// The request comes from [`Request::for_application`], or from [`Request::parse`] where tokens in forms are allowed.
    ///
    /// # Errors
    ///
    /// The challenge to answer with (RFC 6750 §3).
    pub async fn authorize<S: RequiredScopes>(&self, request: &mut Request) -> Result<Bearer<S>, Challenge> {
        match self.authorize_if_present(request).await? {
            Some(token) => Ok(token),
            None if S::NEEDS_KEY => Err(self.0.challenge.clone().by_key()),
            None => Err(self.0.challenge.clone()),
        }
    }

    /// The same as [`authorize`](Self::authorize) from the head of a request, by whatever framework it came. The query is the
    /// application's own: [`Request::for_application`] says what is read of it.
    ///
    /// # Errors
    ///
    /// The challenge to answer with.
    pub async fn authorize_parts<S: RequiredScopes>(&self, parts: &Parts) -> Result<Bearer<S>, Challenge> {
        let mut request = Request::for_application(parts).map_err(|error| self.challenge(&error))?;
        self.authorize(&mut request).await
    }

    /// The same as [`authorize`](Self::authorize), where a request may also come without any token: `None`. A
    /// token that is refused is refused all the same.
    ///
    /// # Errors
    ///
    /// The challenge to answer with.
    pub async fn authorize_if_present<S: RequiredScopes>(
        &self,
        request: &mut Request,
    ) -> Result<Option<Bearer<S>>, Challenge> {
        // For each handler, while it is compiled.
        const { check_scopes_are_declared::<S, V>() };
        const { check_scopes_are_described_alike::<S, V>() };
        const { check_logins_can_be_asked_for::<S>() };
        let challenge = match self.validate::<S>(request).await {
            Ok(token) => return Ok(token.map(Bearer::new)),
            Err(challenge) => challenge.beside(request.take_response_headers()),
        };
        let challenge = if S::NEEDS_KEY { challenge.by_key() } else { challenge };
        // RFC 6750 §3.1: "The resource server […] MAY include the "scope" attribute with the scope necessary"; RFC 9470 §3 likewise,
        // so that a client asks for both at once.
        let is_insufficient = matches!(
            challenge.code(),
            Some(ResourceErrorCode::InsufficientScope | ResourceErrorCode::InsufficientUserAuthentication)
        );
        Err(if is_insufficient { challenge.scope(S::sufficient()) } else { challenge })
    }

    /// The token of a request, once everything about it is checked.
    async fn validate<S: RequiredScopes>(
        &self,
        request: &mut Request,
    ) -> Result<Option<ValidatedToken>, Challenge> {
        let refused = |error| self.challenge(&error);
        let token = self.presented(request, S::NEEDS_KEY).await.map_err(refused)?;
        let Some(token) = token else { return Ok(None) };
        self.check_authentication(&token, S::AUTHENTICATION)?;
        if !S::is_met_by(token.scopes()) {
            let error = Error::new(ErrorCode::InsufficientScope).describe("the access token lacks a scope");
            return Err(refused(error));
        }
        self.claim_replay_ids(request).await.map_err(refused)?;
        Ok(Some(token))
    }

    /// Checks that the person of a token logged in as `A` says, for a decision within a handler:
    /// [`StepUp`](crate::scope::StepUp) asks before it runs.
    ///
    /// ```
    /// use oauth_core::prelude::*;
    /// use oauth_core::resource::{Challenge, ProtectedResource, TokenValidator, ValidatedToken};
    ///
    /// #[step_up(acr = "urn:example:mfa", max_age = 300)]
    /// struct Mfa;
    ///
    /// fn pay<V: TokenValidator>(
    ///     bank: &ProtectedResource<V>,
    ///     token: &ValidatedToken,
    ///     cents: u64,
    /// ) -> Result<(), Challenge> {
    ///     if cents > 10_000 {
    ///         bank.require_authentication::<Mfa>(token)?;
    ///     }
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The challenge to answer with (RFC 9470 §3).
    pub fn require_authentication<A: RequiredAuthentication>(
        &self,
        token: &ValidatedToken,
    ) -> Result<(), Challenge> {
        const { check_logins_can_be_asked_for::<StepUp<A>>() };
        self.check_authentication(token, A::REQUIREMENTS)
    }

    /// RFC 9470 §3: "The authentication event associated with the access token presented with the request does not meet the
    /// authentication requirements of the protected resource."
    fn check_authentication(
        &self,
        token: &ValidatedToken,
        requirements: AuthenticationRequirements,
    ) -> Result<(), Challenge> {
        if requirements.are_met_by(token.acr(), token.auth_time(), self.0.clock.now()) {
            return Ok(());
        }
        let error = Error::new(ErrorCode::InsufficientUserAuthentication)
            .describe("the login is not recent or not strong enough for this resource");
        // The next token is presented as this one was.
        let scheme = binding::scheme(&self.0.bindings, token.confirmation());
        Err(self.challenge(&error).by_scheme(scheme).authentication(requirements))
    }

    /// The token of a request, with the proof of what it is bound to.
    async fn presented(&self, request: &mut Request, needs_key: bool) -> Result<Option<ValidatedToken>> {
        let Inner { validator, methods, bindings, origin, clock, .. } = &*self.0;
        let Some(presented) = binding::presented(bindings, request, *methods)? else { return Ok(None) };
        let now = clock.now();
        let token = validator.validate(presented.token).await?;
        let confirmation = token.confirmation();
        binding::check_scheme(bindings, presented.scheme, confirmation)?;
        // Who may use a token that is bound to nothing proves nothing.
        let bound = confirmation.map(|confirmation| (confirmation, SecretString::new(presented.token)));
        request.receive_at(now);
        if let Some((confirmation, text)) = bound {
            if let Some(origin) = origin {
                request.set_url([origin, path_of(request)].concat());
            }
            binding::verify(bindings, text.expose(), confirmation, request).await?;
        }
        if (self.0.needs_key || needs_key) && dpop::key_of(confirmation).is_none() {
            return Err(Error::invalid_token(
                "the access token must be bound to a key (RFC 9449 section 7.1)",
            ));
        }
        Ok(Some(token))
    }

    /// Claims the identifiers of proofs, last of all.
    async fn claim_replay_ids(&self, request: &mut Request) -> Result<()> {
        let (attempt, now) = (request.attempt(), request.now());
        for Unclaimed { id, until, reused } in std::mem::take(&mut request.issuing.unclaimed) {
            if !self.0.replay_ids.0.claim(&id, attempt, until, now).await? {
                return Err(reused());
            }
        }
        Ok(())
    }

    /// The challenge of this resource with an error.
    pub fn challenge(&self, error: &Error) -> Challenge {
        self.0.challenge.clone().refused(error)
    }

    /// The path of the metadata (RFC 9728 §3.1), if the resource has any.
    pub fn metadata_path(&self) -> Option<&str> {
        self.0.metadata.as_ref().map(|metadata| metadata.path.as_str())
    }

    /// Answers a request for the metadata; `None` if the request is for another path.
    pub fn respond_metadata<B>(&self, request: &http::Request<B>) -> Option<Response> {
        let metadata = self.0.metadata.as_ref().filter(|metadata| metadata.path == request.uri().path())?;
        Some(document(request.method(), "application/json", &metadata.body))
    }

    /// The route of the metadata (RFC 9728 §3), to be merged into your router.
    #[cfg(feature = "axum")]
    pub fn router<State: Clone + Send + Sync + 'static>(&self) -> axum::Router<State> {
        use axum::response::IntoResponse as _;

        let Some(path) = self.metadata_path() else { return axum::Router::new() };
        let resource = self.clone();
        let respond = move |request: axum::extract::Request| {
            let response = resource.respond_metadata(&request);
            std::future::ready(response.map_or_else(
                || http::StatusCode::NOT_FOUND.into_response(),
                axum::response::IntoResponse::into_response,
            ))
        };
        axum::Router::new().route(path, axum::routing::any(respond))
    }

    /// The metadata document.
    pub fn metadata(&self) -> Option<&Bytes> {
        self.0.metadata.as_ref().map(|metadata| &metadata.body)
    }
}

impl<V> Clone for ProtectedResource<V> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl std::fmt::Debug for ReplayIds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReplayIds")
    }
}

/// The path of a request, as its client sees it: a router within another one sees less.
fn path_of(request: &Request) -> &str {
    #[cfg(feature = "axum")]
    if let Some(axum::extract::OriginalUri(uri)) = request.extensions.get() {
        return uri.path();
    }
    request.uri().path()
}
