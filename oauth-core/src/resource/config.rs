//! The constants of a protected resource.

use std::time::Duration;

use crate::advice::Exception;
use crate::jose::Algorithm;
use crate::scope::Scope;

/// The way in which tokens are validated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validation {
    /// Validation by the keys of the issuer, RFC 9068 §4. The URI of its JWK Set; `None`: what its metadata
    /// says.
    Jwks(Option<&'static str>),
    /// Validation by asking the issuer, RFC 7662. The URI of its endpoint; `None`: what its metadata says.
    Introspection(Option<&'static str>),
}

/// The constants of a protected resource. `#[resource_server]` writes them from its arguments.
///
/// ```
/// use std::time::Duration;
///
/// use oauth_core::resource::ResourceConfig;
///
/// const CONFIG: ResourceConfig =
///     ResourceConfig::new().audience("https://api.example.com").leeway(Duration::from_secs(30));
/// ```
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
#[allow(clippy::struct_excessive_bools)] // Each is a switch of its own.
pub struct ResourceConfig {
    /// The audience that `aud` of a token must name (RFC 9068 §4). `None`:
    /// [`ResourceServer::audience`](super::ResourceServer::audience) says, or for a [`Local`](super::Local)
    /// resource the [generator](crate::token::TokenGenerator::audience).
    pub audience: Option<&'static str>,
    /// True if a [`Local`](super::Local) resource takes every access token of its server, those for any other API among them
    /// (RFC 9700 §4.9): their scopes alone keep them out then. Default: no.
    pub danger_any_audience: bool,
    /// The resource identifier of RFC 9728 §1.2, an https URL. Default: the audience where that is one; else there is no
    /// metadata.
    pub resource: Option<&'static str>,
    /// The realm that the challenge says is protected. Default: the audience, or else the issuer.
    pub realm: Option<&'static str>,
    /// The scopes of the resource, `scopes_supported` of its metadata. `None`: every `#[scope]` type of the program; of a local
    /// resource, those of its server. Of a [`ResourceServer`](super::ResourceServer) that has some, a handler that asks for
    /// another does not compile.
    pub scopes: Option<&'static [Scope]>,
    /// The way in which tokens are validated. Default: by the keys of the issuer.
    pub validation: Validation,
    /// The time that the issuer's clock may be off, five minutes at most. Default: one minute.
    pub leeway: Duration,
    /// The algorithms that may sign (RFC 8725 §3.1). Default: all but HMAC.
    pub algorithms: &'static [Algorithm],
    /// True if tokens of the type `JWT` pass for access tokens, for issuers that do not follow RFC 9068 §2.1. The audience
    /// alone keeps ID tokens out then. Default: no.
    pub danger_typ_jwt: bool,
    /// True if a token may be in a form (RFC 6750 §2.2), which [`BearerForm`](super::BearerForm) reads. Default: no.
    pub body_token: bool,
    /// True if a token may be in the query (RFC 6750 §2.3), and so in logs (RFC 9700 §4.3.2). Default: no.
    pub danger_query_token: bool,
    /// True if it takes only tokens that are bound to a key of their client (RFC 9449), as its metadata then says. Default: no; one
    /// that is bound needs its proof in any case. [`Bound`](crate::scope::Bound) asks the same of single handlers.
    pub dpop_required: bool,
    /// The age after which keys are fetched anew. Default: five minutes.
    pub jwks_max_age: Duration,
    /// The shortest time between two fetches of the keys for an unknown `kid`. Default: ten seconds.
    pub jwks_refresh_interval: Duration,
    /// The time that an introspection response counts, and so how long a revoked token works on; never beyond
    /// `exp`. Zero: every request asks. Default: 30 seconds.
    pub introspection_cache: Duration,
    /// The number of signed tokens, a million at most, whose signature is not verified again: of one that comes again it is known what it
    /// says until it expires or a key of its issuer changes. Zero: each request verifies. Default: 10,000, which take 25 MB
    /// if they are as long as usual (2.5 kB each); most of it is taken as they come. One of over 4,096 characters is verified each time.
    ///
    /// It says no more of a token than its signature does. Its times, its issuer and its audience are checked for each request, and so
    /// are scopes, what it is bound to and every proof of that, which is never remembered; beside its server, that it is not revoked and
    /// that its client is there. A token that is not valid is not remembered, nor is one that a store keeps.
    pub verification_cache: usize,
    /// True if a token passes whose introspection response has no `aud`, of issuers that do not tell it (RFC 7662 §2.2). A
    /// token for any other API passes then, too: their scopes alone keep them out. Default: no.
    pub danger_absent_audience: bool,
    /// The things that it does against advice, with reasons. Default: nothing that has one.
    pub exceptions: &'static [Exception],
}

impl ResourceConfig {
    /// The longest leeway. RFC 9068 §4: "usually no more than a few minutes".
    pub const MAX_LEEWAY: Duration = Duration::from_mins(5);

    /// The longest that an introspection response may count.
    pub const MAX_INTROSPECTION_CACHE: Duration = Duration::from_mins(5);

    /// The defaults.
    pub const fn new() -> Self {
        Self {
            audience: None,
            danger_any_audience: false,
            resource: None,
            realm: None,
            scopes: None,
            validation: Validation::Jwks(None),
            leeway: Duration::from_mins(1),
            algorithms: &[
                Algorithm::RS256,
                Algorithm::RS384,
                Algorithm::RS512,
                Algorithm::PS256,
                Algorithm::PS384,
                Algorithm::PS512,
                Algorithm::ES256,
                Algorithm::ES384,
                Algorithm::EdDSA,
            ],
            danger_typ_jwt: false,
            body_token: false,
            danger_query_token: false,
            dpop_required: false,
            jwks_max_age: Duration::from_mins(5),
            jwks_refresh_interval: Duration::from_secs(10),
            introspection_cache: Duration::from_secs(30),
            verification_cache: 10_000,
            danger_absent_audience: false,
            exceptions: &[],
        }
    }

    /// Sets what `aud` must name.
    #[must_use]
    pub const fn audience(mut self, audience: &'static str) -> Self {
        self.audience = Some(audience);
        self
    }

    /// Takes tokens of any audience: see [`danger_any_audience`](Self::danger_any_audience).
    #[must_use]
    pub const fn danger_any_audience(mut self) -> Self {
        self.danger_any_audience = true;
        self
    }

    /// Sets the resource identifier of the metadata.
    #[must_use]
    pub const fn resource(mut self, resource: &'static str) -> Self {
        self.resource = Some(resource);
        self
    }

    /// Sets the realm of the challenge.
    #[must_use]
    pub const fn realm(mut self, realm: &'static str) -> Self {
        self.realm = Some(realm);
        self
    }

    /// Sets the scopes of the metadata.
    #[must_use]
    pub const fn scopes(mut self, scopes: &'static [Scope]) -> Self {
        self.scopes = Some(scopes);
        self
    }

    /// Sets how tokens are validated.
    #[must_use]
    pub const fn validation(mut self, validation: Validation) -> Self {
        self.validation = validation;
        self
    }

    /// Sets how far the issuer's clock may be off.
    #[must_use]
    pub const fn leeway(mut self, leeway: Duration) -> Self {
        self.leeway = leeway;
        self
    }

    /// Sets the algorithms that may sign.
    #[must_use]
    pub const fn algorithms(mut self, algorithms: &'static [Algorithm]) -> Self {
        self.algorithms = algorithms;
        self
    }

    /// Takes tokens of the type `JWT`, too.
    #[must_use]
    pub const fn danger_typ_jwt(mut self) -> Self {
        self.danger_typ_jwt = true;
        self
    }

    /// Takes tokens from forms.
    #[must_use]
    pub const fn body_token(mut self) -> Self {
        self.body_token = true;
        self
    }

    /// Takes tokens from the query.
    #[must_use]
    pub const fn danger_query_token(mut self) -> Self {
        self.danger_query_token = true;
        self
    }

    /// Takes only tokens that are bound to a key.
    #[must_use]
    pub const fn dpop_required(mut self) -> Self {
        self.dpop_required = true;
        self
    }

    /// Sets after how long keys are fetched anew.
    #[must_use]
    pub const fn jwks_max_age(mut self, age: Duration) -> Self {
        self.jwks_max_age = age;
        self
    }

    /// Sets how often an unknown `kid` makes the keys be fetched.
    #[must_use]
    pub const fn jwks_refresh_interval(mut self, interval: Duration) -> Self {
        self.jwks_refresh_interval = interval;
        self
    }

    /// Sets how long an introspection response counts.
    #[must_use]
    pub const fn introspection_cache(mut self, duration: Duration) -> Self {
        self.introspection_cache = duration;
        self
    }

    /// Sets how many signed tokens are known, so that their signature is not verified again; zero: none.
    #[must_use]
    pub const fn verification_cache(mut self, tokens: usize) -> Self {
        self.verification_cache = tokens;
        self
    }

    /// Takes tokens whose introspection response has no `aud`, too.
    #[must_use]
    pub const fn danger_absent_audience(mut self) -> Self {
        self.danger_absent_audience = true;
        self
    }

    /// Sets the reasons of what it does against advice.
    #[must_use]
    pub const fn exceptions(mut self, exceptions: &'static [Exception]) -> Self {
        self.exceptions = exceptions;
        self
    }
}

impl ResourceConfig {
    /// Says that a [`Local`](super::Local) resource takes tokens whose claims the compiler does not see: a store fills them in, or code of
    /// the application's own. Its handlers may ask for any claim then, and its `audience` may be any. It is the last call.
    ///
    /// Where the type is written, as in a [`ResourceState`](super::ResourceState), it is `Local<AuthServer, OwnTokens>` then.
    ///
    /// ```
    /// use oauth_core::prelude::*;
    ///
    /// let config = ResourceConfig::new().audience("https://api.example.com").own_tokens();
    /// ```
    #[must_use]
    pub const fn own_tokens(self) -> OwnTokens {
        OwnTokens(self)
    }
}

/// The configuration of a resource whose tokens have claims of the application's own: [`ResourceConfig::own_tokens`].
#[derive(Debug, Clone, Copy)]
pub struct OwnTokens(ResourceConfig);

/// A configuration of a [`Local`](super::Local) resource.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the configuration of a resource",
    note = "write `ResourceConfig::new()`, or `ResourceConfig::new().own_tokens()`"
)]
pub trait LocalConfig: Send + Sync + 'static {
    /// True if the claims of tokens are [the application's own](ResourceConfig::own_tokens).
    const HAS_OWN_TOKENS: bool;

    /// The constants.
    fn into_config(self) -> ResourceConfig;
}

impl LocalConfig for ResourceConfig {
    const HAS_OWN_TOKENS: bool = false;

    fn into_config(self) -> ResourceConfig {
        self
    }
}

impl LocalConfig for OwnTokens {
    const HAS_OWN_TOKENS: bool = true;

    fn into_config(self) -> ResourceConfig {
        self.0
    }
}

impl Default for ResourceConfig {
    fn default() -> Self {
        Self::new()
    }
}
