//! Scopes, lifetimes and paths of a server, as constants.

use std::time::Duration;

use super::{Endpoints, Profile, PushedAuthorizationRequests, RegistrationConfig, Resource};
use crate::advice::Exception;
use crate::binding::Dpop;
use crate::client::{ClientAuthMethod, ResponseType};
use crate::scope::{Scope, ScopeSet};

/// The constants of a server. `#[authorization_server]` writes them from its arguments. What is outside the limits that are
/// given here, the macro refuses where it is written, and `into_router` of a server by hand.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "each is another switch")]
pub struct ServerConfig {
    /// The specification it follows. Default: OAuth 2.1.
    pub profile: Profile,
    /// The scopes it knows.
    pub scopes: &'static [Scope],
    /// The scopes of a request without any, as far as the client may have them; none: all of the client's.
    pub default_scopes: &'static [&'static str],
    /// The resources that it issues tokens for (RFC 8707); none: it does not read `resource`, and its generator says whom all
    /// tokens are for.
    pub resources: &'static [Resource],
    /// The response types that it offers; empty: all that its grants make up, without `none`.
    pub response_types: &'static [ResponseType],
    /// The ways that clients may authenticate (RFC 8414 §2 `token_endpoint_auth_methods_supported`), with
    /// `none` for public clients; empty: in every way that the validator can check. A client that registered
    /// another is refused.
    pub token_endpoint_auth_methods: &'static [ClientAuthMethod],
    /// Origins (RFC 6454 §6.2) from which a browser may call the endpoints that clients call, whatever the client; beside
    /// those that a client registered. Default: none.
    pub allowed_origins: &'static [&'static str],
    /// The lifetime of an authorization code. RFC 6749 §4.1.2: "A maximum authorization code lifetime of 10
    /// minutes is RECOMMENDED"; here it is the limit. Default: one minute.
    pub code_lifetime: Duration,
    /// The lifetime of a device code and its user code (RFC 8628 §3.2), an hour at most (§5.1). Default: ten
    /// minutes.
    pub device_code_lifetime: Duration,
    /// The time that a device waits between two polls (RFC 8628 §3.2), until `slow_down` makes it wait
    /// longer: from one second to a minute, and less than a device code lives. Default: five seconds.
    pub device_polling_interval: Duration,
    /// The lifetime of a refresh token, anew with each rotation: no less than that of an access token, ten years at most. Default: 30
    /// days.
    pub refresh_token_lifetime: Duration,
    /// The lifetime of all the refresh tokens of one authorization together, ten years at most, and no less
    /// than one of them. Default: 365 days.
    pub refresh_token_max_lifetime: Duration,
    /// The time after its rotation in which a refresh token still yields its one successor, for a client
    /// whose response was lost: a minute at most (RFC 9700 §4.14.2), and no longer than one lives; or zero. Default: 10 seconds.
    pub refresh_token_grace: Duration,
    /// The lifetime of an ID token: long enough to be looked at once, a day at most. Default: ten minutes.
    pub id_token_lifetime: Duration,
    /// The binding of tokens to keys of clients (RFC 9449); `None`: there is none, and proofs are passed over. Default: none.
    pub dpop: Option<Dpop>,
    /// True if a client identifier may be the URL of a Client ID Metadata Document: such a client is registered nowhere, and comes by
    /// itself. It needs the feature `http-client`. Default: no.
    pub client_id_metadata_documents: bool,
    /// The registration of clients by themselves (RFC 7591), if there is any. Default: none.
    pub registration: Option<RegistrationConfig>,
    /// The scopes that a client which came by itself may ask for. A server that anybody's client can come to must say, and where
    /// it says so, clients with an initial access token have these, too. Default: it does not say.
    pub unverified_scopes: Option<&'static [&'static str]>,
    /// True if the validator may exempt a confidential client from PKCE. Default: no (OAuth 2.1 §4.1.1).
    pub danger_pkce_optional: bool,
    /// The way that clients push authorization requests (RFC 9126). Default: they cannot.
    pub pushed_authorization_requests: Option<PushedAuthorizationRequests>,
    /// The classes of logins that it can ask for (OpenID Connect Discovery §3 `acr_values_supported`), with which it promises to honour
    /// `acr_values` and `max_age` (RFC 9470 §7): where the login is of none that a client asked for, it gets no token (§5). Empty:
    /// `acr_values` is a wish (OpenID Connect Core §3.1.2.1). Default: none.
    pub acr_values: &'static [&'static str],
    /// The largest body it reads, in bytes, from 1 KiB to 16 MiB. Default: 64 KiB.
    pub body_limit: usize,
    /// The paths, relative to the issuer.
    pub endpoints: Endpoints,
    /// True if its validator serves other servers as well, or other code of the application's own, such as an endpoint or a way to
    /// authenticate clients, or forwards to another validator, so that a hook which nothing here asks is no mistake. Default: no.
    pub shared_validator: bool,
    /// True if its grants are those of a preset: a hook that only grants of another preset ask is no mistake, so that one preset can
    /// take the place of another. Default: no.
    pub is_preset: bool,
    /// The things that it does against advice, with reasons. Default: nothing that has one.
    pub exceptions: &'static [Exception],
    /// The rules and documents whose advice its token generators must follow: see
    /// [`Warning::denied_by`](crate::server::Warning::denied_by). Default: none.
    pub denied: &'static [&'static str],
}

impl ServerConfig {
    /// The defaults, with these scopes.
    pub const fn new(scopes: &'static [Scope]) -> Self {
        Self {
            profile: Profile::OAuth21,
            scopes,
            default_scopes: &[],
            resources: &[],
            response_types: &[],
            token_endpoint_auth_methods: &[],
            allowed_origins: &[],
            code_lifetime: Duration::from_mins(1),
            device_code_lifetime: Duration::from_mins(10),
            device_polling_interval: Duration::from_secs(5),
            refresh_token_lifetime: Duration::from_hours(30 * 24),
            refresh_token_max_lifetime: Duration::from_hours(365 * 24),
            refresh_token_grace: Duration::from_secs(10),
            id_token_lifetime: Duration::from_mins(10),
            dpop: None,
            client_id_metadata_documents: false,
            registration: None,
            unverified_scopes: None,
            danger_pkce_optional: false,
            pushed_authorization_requests: None,
            acr_values: &[],
            body_limit: 64 * 1024,
            endpoints: Endpoints::DEFAULT,
            shared_validator: false,
            is_preset: false,
            exceptions: &[],
            denied: &[],
        }
    }

    /// Sets the specification it follows, and whatever that demands: no later call takes less.
    #[must_use]
    pub const fn profile(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self.client_id_metadata_documents |= matches!(profile, Profile::Mcp) && cfg!(feature = "http-client");
        if profile.is_fapi2() {
            self.refresh_token_grace = Duration::ZERO;
            if self.token_endpoint_auth_methods.is_empty() {
                self.token_endpoint_auth_methods = &[ClientAuthMethod::PrivateKeyJwt];
            }
            if self.dpop.is_none() {
                self.dpop = Some(Dpop::new());
            }
            let pushed = match self.pushed_authorization_requests {
                Some(pushed) => pushed,
                None => PushedAuthorizationRequests::new(),
            };
            self.pushed_authorization_requests = Some(pushed.required());
        }
        self
    }

    /// Sets the default scopes.
    #[must_use]
    pub const fn default_scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.default_scopes = scopes;
        self
    }

    /// Sets the resources that it issues tokens for.
    #[must_use]
    pub const fn resources(mut self, resources: &'static [Resource]) -> Self {
        self.resources = resources;
        self
    }

    /// Sets the response types that it offers, instead of all that its grants make up.
    #[must_use]
    pub const fn response_types(mut self, response_types: &'static [ResponseType]) -> Self {
        self.response_types = response_types;
        self
    }

    /// Sets how clients may authenticate, instead of in every way that the validator can check.
    #[must_use]
    pub const fn token_endpoint_auth_methods(mut self, methods: &'static [ClientAuthMethod]) -> Self {
        self.token_endpoint_auth_methods = methods;
        self
    }

    /// Sets the origins from which a browser may call, whatever the client.
    #[must_use]
    pub const fn allowed_origins(mut self, origins: &'static [&'static str]) -> Self {
        self.allowed_origins = origins;
        self
    }

    /// Sets how long an authorization code lives.
    #[must_use]
    pub const fn code_lifetime(mut self, lifetime: Duration) -> Self {
        self.code_lifetime = lifetime;
        self
    }

    /// Sets how long a device code lives.
    #[must_use]
    pub const fn device_code_lifetime(mut self, lifetime: Duration) -> Self {
        self.device_code_lifetime = lifetime;
        self
    }

    /// Sets how long a device waits between two polls.
    #[must_use]
    pub const fn device_polling_interval(mut self, interval: Duration) -> Self {
        self.device_polling_interval = interval;
        self
    }

    /// Sets how long a refresh token lives; all of an authorization live at least as long.
    #[must_use]
    pub const fn refresh_token_lifetime(mut self, lifetime: Duration) -> Self {
        self.refresh_token_lifetime = lifetime;
        if self.refresh_token_max_lifetime.as_secs() < lifetime.as_secs() {
            self.refresh_token_max_lifetime = lifetime;
        }
        self
    }

    /// Sets how long all refresh tokens of an authorization live.
    #[must_use]
    pub const fn refresh_token_max_lifetime(mut self, lifetime: Duration) -> Self {
        self.refresh_token_max_lifetime = lifetime;
        self
    }

    /// Sets the grace for lost responses; zero: none.
    #[must_use]
    pub const fn refresh_token_grace(mut self, grace: Duration) -> Self {
        self.refresh_token_grace = grace;
        self
    }

    /// Sets how long an ID token lives.
    #[must_use]
    pub const fn id_token_lifetime(mut self, lifetime: Duration) -> Self {
        self.id_token_lifetime = lifetime;
        self
    }

    /// Binds tokens to the keys of clients that prove one (RFC 9449). The validator keeps the identifiers of proofs: role
    /// [`replay_ids`](crate::store::ReplayStore).
    #[must_use]
    pub const fn dpop(mut self, dpop: Dpop) -> Self {
        self.dpop = Some(dpop);
        self
    }

    /// Lets client identifiers be URLs of Client ID Metadata Documents.
    #[must_use]
    #[cfg(feature = "http-client")]
    pub const fn client_id_metadata_documents(mut self) -> Self {
        self.client_id_metadata_documents = true;
        self
    }

    /// Lets clients register themselves.
    #[must_use]
    pub const fn registration(mut self, registration: RegistrationConfig) -> Self {
        self.registration = Some(registration);
        self
    }

    /// Sets the scopes that a client which came by itself may ask for; empty: none.
    #[must_use]
    pub const fn unverified_scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.unverified_scopes = Some(scopes);
        self
    }

    /// Lets [`is_pkce_required`](crate::validator::RequestValidator::is_pkce_required) exempt confidential clients.
    #[must_use]
    pub const fn danger_pkce_optional(mut self) -> Self {
        self.danger_pkce_optional = true;
        self
    }

    /// Lets clients push authorization requests. A server by hand needs a validator that
    /// [keeps them](crate::store::StoreRoles::pushed_requests).
    #[must_use]
    pub const fn pushed_authorization_requests(mut self, pushed: PushedAuthorizationRequests) -> Self {
        let pushed = if self.profile.is_fapi2() { pushed.required() } else { pushed };
        self.pushed_authorization_requests = Some(pushed);
        self
    }

    /// Sets the classes of logins that it can ask for.
    #[must_use]
    pub const fn acr_values(mut self, acr_values: &'static [&'static str]) -> Self {
        self.acr_values = acr_values;
        self
    }

    /// Sets the largest body, in bytes.
    #[must_use]
    pub const fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Sets the paths.
    #[must_use]
    pub const fn endpoints(mut self, endpoints: Endpoints) -> Self {
        self.endpoints = endpoints;
        self
    }

    /// Lets hooks of the validator be for other servers, or for other code of the application's own.
    #[must_use]
    pub const fn shared_validator(mut self) -> Self {
        self.shared_validator = true;
        self
    }

    /// Lets hooks of the validator be for the grants of other presets.
    #[must_use]
    pub const fn preset(mut self) -> Self {
        self.is_preset = true;
        self
    }

    /// Sets the reasons of what it does against advice.
    #[must_use]
    pub const fn exceptions(mut self, exceptions: &'static [Exception]) -> Self {
        self.exceptions = exceptions;
        self
    }

    /// Refuses token generators that do what these rules or documents advise against, such as `rfc6750`.
    #[must_use]
    pub const fn deny(mut self, names: &'static [&'static str]) -> Self {
        self.denied = names;
        self
    }

    /// The duration of this name.
    pub(crate) fn duration(&self, name: &str) -> Option<Duration> {
        Some(match name {
            "code_lifetime" => self.code_lifetime,
            "device_code_lifetime" => self.device_code_lifetime,
            "device_polling_interval" => self.device_polling_interval,
            "refresh_token_lifetime" => self.refresh_token_lifetime,
            "refresh_token_max_lifetime" => self.refresh_token_max_lifetime,
            "refresh_token_grace" => self.refresh_token_grace,
            "id_token_lifetime" => self.id_token_lifetime,
            _ => return None,
        })
    }

    /// Tells whether every one of these scopes is declared.
    pub(crate) fn declares(&self, scopes: &ScopeSet) -> bool {
        scopes.iter().all(|name| self.scopes.iter().any(|scope| scope.name == name))
    }

    /// The declared ones of these scopes, under the names that the constant has already: a set of them is
    /// cheap to copy.
    pub(crate) fn declared_of(&self, scopes: &ScopeSet) -> ScopeSet {
        let declared = |name| self.scopes.iter().find(|scope| scope.name == name).map(|scope| scope.name);
        ScopeSet::from_static(scopes.iter().filter_map(declared))
    }

    /// Tells whether a parameter may be repeated: RFC 8707 §2, "Multiple "resource" parameters MAY be used".
    pub(crate) fn may_repeat(&self, parameter: &str) -> bool {
        !self.resources.is_empty() && parameter == "resource"
    }

    /// The declared resource that a request means by this.
    pub(crate) fn resource(&self, asked: &str) -> Option<Resource> {
        self.resources.iter().find(|resource| resource.is_meant_by(asked)).copied()
    }

    /// The argument that lets in clients which nobody has verified. Who has an initial access token is vouched for by whoever gave
    /// it, whereas a hook that judges clients has only what they say of themselves.
    pub(crate) fn way_of_strangers(&self) -> Option<&'static str> {
        if self.client_id_metadata_documents {
            let is_mcp = matches!(self.profile, Profile::Mcp);
            Some(if is_mcp { "profile" } else { "client_id_metadata_documents" })
        } else {
            let is_open = self.registration.is_some_and(|registration| !registration.initial_access_token);
            is_open.then_some("registration")
        }
    }

    /// The scopes of clients that came by themselves.
    pub(crate) fn unverified_scope_set(&self) -> ScopeSet {
        match self.unverified_scopes {
            Some(named) => ScopeSet::from_static(named.iter().copied()),
            // Somebody vouches for them all, or there are none.
            None => ScopeSet::from_static(self.scopes.iter().map(|scope| scope.name)),
        }
    }

    pub(crate) fn default_scope_set(&self) -> ScopeSet {
        ScopeSet::from_static(self.default_scopes.iter().copied())
    }
}
