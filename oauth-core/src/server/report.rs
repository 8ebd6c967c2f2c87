//! The report of what a server is made of, for its operator to read.

use std::time::Duration;

use super::{Deviation, ReportedException, Rule, deviation, exception, start};
use crate::binding::Dpop;
use crate::claims::declared_names;
use crate::client::{ResponseType, SubjectType};
use crate::endpoint::discovery;
use crate::frame::{
    AuthorizationServer, ListedEndpoint, Profile, RegistrationConfig, Resource, Route, ServerConfig,
    ServerMetadata, access_token_lifetime,
};
use crate::limits::Cidr;
use crate::openid::IdTokenSigner as _;
use crate::scope::Scope;
use crate::store::StoreRoles as _;
use crate::token::{TokenFormat, TokenGenerator as _};
use crate::validator::RequestValidator;

/// The report of what a server is made of: its features, endpoints, lifetimes, the rules it enforces and the
/// exceptions it allows. [`Start::report`](super::Start::report) makes it; `Display` prints it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "each is another question")]
pub struct Report {
    /// The issuer identifier; empty if there is none.
    pub issuer: String,
    /// The specification that it follows.
    pub profile: Profile,
    /// True if the server issues ID tokens.
    pub is_openid_provider: bool,
    /// `subject_types_supported`, of an OpenID provider.
    pub subject_types: Vec<SubjectType>,
    /// True if clients are told, server to server, when somebody signs out.
    pub has_back_channel: bool,
    /// `grant_types_supported`.
    pub grants: Vec<&'static str>,
    /// `response_types_supported`.
    pub response_types: Vec<ResponseType>,
    /// All that is routed, by path.
    pub endpoints: Vec<ReportedEndpoint>,
    /// The ways that clients may authenticate at the token endpoint.
    pub client_authentication: Vec<String>,
    /// The scopes, with descriptions.
    pub scopes: Vec<Scope>,
    /// The scopes of a request without any; none: all of the client's.
    pub default_scopes: Vec<&'static str>,
    /// The resources that it issues tokens for (RFC 8707).
    pub resources: Vec<Resource>,
    /// Claims that the validator declares.
    pub claims: Vec<&'static str>,
    /// The lifetimes of what it issues.
    pub lifetimes: Lifetimes,
    /// The format of access tokens.
    pub access_tokens: TokenFormat,
    /// True if no store keeps access tokens, which say all that their server must know of them.
    pub access_tokens_are_self_contained: bool,
    /// The format of refresh tokens.
    pub refresh_tokens: TokenFormat,
    /// The binding of tokens to keys of clients (RFC 9449), if there is any.
    pub dpop: Option<Dpop>,
    /// True if the nonces of proofs are made of a key that instances can share; else of a random one of this process.
    pub has_dpop_nonce_key: bool,
    /// The classes of logins that clients can ask for (RFC 9470).
    pub acr_values: Vec<&'static str>,
    /// True if client identifiers may be URLs of metadata documents.
    pub takes_client_documents: bool,
    /// The registration of clients by themselves, if there is any.
    pub registration: Option<RegistrationConfig>,
    /// True if anybody's client can come, whom nobody vouches for.
    pub takes_strangers: bool,
    /// The scopes that clients which came by themselves may ask for; `None`: all.
    pub unverified_scopes: Option<Vec<&'static str>>,
    /// True if the validator may exempt confidential clients from PKCE.
    pub pkce_is_optional: bool,
    /// True if every authorization request must be pushed (RFC 9126 §5).
    pub pushed_requests_are_required: bool,
    /// The largest body it reads, in bytes.
    pub body_limit: usize,
    /// The reverse proxies that say where requests come from, of a server that was started. With none, what counts by address is not
    /// [limited](crate::limits) behind one.
    pub trusted_proxies: Vec<Cidr>,
    /// True if a store counts guesses for all instances that share it; else each instance counts for itself.
    pub limits_are_shared: bool,
    /// True if a store is shared by instances on several machines, and a key that signs is one that each machine makes for itself: what one
    /// instance signs, another does not know.
    pub keys_are_of_one_machine: bool,
    /// The rules that it enforces.
    pub rules: Vec<&'static Rule>,
    /// The advice of which nothing tells whether it is followed: it is about tokens that the application makes itself.
    pub unknown: Vec<&'static Rule>,
    /// The exceptions that it allows and the defaults do not.
    pub exceptions: Vec<ReportedException>,
    /// The things that it does otherwise than a specification wants, as every server does.
    pub deviations: Vec<Deviation>,
}

/// A path and what it leads to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct ReportedEndpoint {
    /// The absolute path.
    pub path: String,
    /// The route that it leads to.
    pub route: Route,
}

/// The lifetimes of what a server issues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lifetimes {
    /// Access tokens.
    pub access_token: Duration,
    /// Refresh tokens, anew with each rotation.
    pub refresh_token: Duration,
    /// The time in which a rotated refresh token still yields its one successor.
    pub refresh_token_grace: Duration,
    /// Authorization codes.
    pub code: Duration,
    /// Device codes and their user codes.
    pub device_code: Duration,
    /// ID tokens.
    pub id_token: Duration,
    /// Pushed authorization requests, until they are loaded.
    pub pushed_request: Duration,
}

impl Report {
    /// `running`: those of a server that was started; none: what it would have.
    pub(super) fn of<S: AuthorizationServer>(
        server: &S,
        config: &ServerConfig,
        running: &[(&'static str, ListedEndpoint<S>)],
    ) -> Self {
        let issuer = server.issuer().unwrap_or_default().to_owned();
        let metadata = const { ServerMetadata::of::<S>() };
        let client_authentication = match metadata.path(Route::TOKEN) {
            Some(_) => metadata.client_authentication,
            None => &[],
        };
        // What is wrong with the configuration is told by `into_service`.
        let prefix = oauth_rules::url::split_origin(&issuer).1;
        let own = if running.is_empty() { start::endpoints(server, &[]) } else { running.to_vec() };
        let routes = start::routes(prefix, &own).into_iter();
        let mut endpoints: Vec<_> =
            routes.map(|(path, endpoint)| ReportedEndpoint { path, route: endpoint.route }).collect();
        endpoints.sort();
        let generates = (S::Validator::GENERATES_ACCESS_TOKENS, S::Validator::GENERATES_REFRESH_TOKENS);
        let format = |by_validator, format| if by_validator { TokenFormat::Custom } else { format };
        let mut report = Self {
            profile: S::CONFIG.profile,
            is_openid_provider: metadata.is_openid_provider,
            subject_types: discovery::subject_types(server),
            has_back_channel: discovery::has_back_channel(server),
            grants: metadata.grant_types.to_vec(),
            response_types: metadata.response_types.to_vec(),
            endpoints,
            client_authentication: client_authentication
                .iter()
                .map(|method| method.as_str().to_owned())
                .collect(),
            scopes: config.scopes.to_vec(),
            default_scopes: config.default_scopes.to_vec(),
            resources: config.resources.to_vec(),
            claims: declared_names(metadata.claims),
            lifetimes: Lifetimes {
                access_token: access_token_lifetime(server),
                refresh_token: S::CONFIG.refresh_token_lifetime,
                refresh_token_grace: S::CONFIG.refresh_token_grace,
                code: S::CONFIG.code_lifetime,
                device_code: S::CONFIG.device_code_lifetime,
                id_token: S::CONFIG.id_token_lifetime,
                pushed_request: S::CONFIG.pushed_authorization_requests.unwrap_or_default().expires_in,
            },
            access_tokens: format(generates.0, server.access_tokens().tokens().format()),
            access_tokens_are_self_contained: !generates.0
                && server.access_tokens().tokens().are_self_contained(),
            refresh_tokens: format(generates.1, server.refresh_tokens().tokens().format()),
            dpop: S::CONFIG.dpop,
            has_dpop_nonce_key: server.dpop_nonce_key().is_some(),
            acr_values: S::CONFIG.acr_values.to_vec(),
            takes_client_documents: S::CONFIG.client_id_metadata_documents,
            registration: S::CONFIG.registration,
            takes_strangers: S::CONFIG.way_of_strangers().is_some(),
            unverified_scopes: config.unverified_scopes.map(<[_]>::to_vec),
            pkce_is_optional: S::CONFIG.danger_pkce_optional,
            pushed_requests_are_required: S::CONFIG
                .pushed_authorization_requests
                .is_some_and(|pushed| pushed.is_required),
            body_limit: S::CONFIG.body_limit,
            trusted_proxies: Vec::new(),
            limits_are_shared: server.validator().limits().is_some(),
            keys_are_of_one_machine: keys_are_of_one_machine(server),
            rules: Vec::new(),
            unknown: Vec::new(),
            exceptions: Vec::new(),
            deviations: Vec::new(),
            issuer,
        };
        report.exceptions = exception::made_by::<S>(&report);
        report.deviations = deviation::of(&report);
        report.unknown = exception::of_servers().filter(|rule| report.is_unknown(rule)).collect();
        report.rules = Rule::all().filter(|rule| report.enforces(rule)).collect();
        report
    }

    /// The path that leads there.
    pub fn path(&self, route: Route) -> Option<&str> {
        self.endpoints.iter().find(|endpoint| endpoint.route == route).map(|endpoint| endpoint.path.as_str())
    }
}

fn keys_are_of_one_machine<S: AuthorizationServer>(server: &S) -> bool {
    let of_access_tokens = server.access_tokens().tokens().signing_key();
    let mut keys = server.id_tokens().signing_keys().into_iter().chain(of_access_tokens);
    keys.any(|key| key.is_made_here()) && server.validator().upkeep().iter().any(|store| store.is_shared())
}
