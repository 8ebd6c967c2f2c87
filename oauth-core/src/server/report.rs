//! The report of what a server is made of, for its operator to read.

use std::fmt;
use std::time::Duration;

use super::{Deviation, Feature, ReportedException, Rule, RuleKind, deviation, exception, start};
use crate::binding::{Dpop, DpopNonces};
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
            exceptions: Vec::new(),
            deviations: Vec::new(),
            issuer,
        };
        report.exceptions = exception::made_by::<S>(&report);
        report.deviations = deviation::of(&report);
        report.rules = Rule::all().filter(|rule| report.enforces(rule)).collect();
        report
    }

    /// The proofs that it wants of clients.
    fn proofs(&self, dpop: Dpop) -> String {
        let key = if self.has_dpop_nonce_key {
            "made of a key that its instances share"
        } else {
            "made of a random key of this process: other instances refuse them, unless they share one in `#[dpop_nonce_key]`"
        };
        let by = if self.has(Feature::Fapi2) { "all of them, by DPoP" } else { "by DPoP" };
        match dpop.nonces {
            DpopNonces::Off => format!("{by}, without nonces"),
            DpopNonces::Healing => format!("{by}; a wrong clock gets a nonce, {key}"),
            DpopNonces::Required => format!("{by}; every proof needs a nonce, {key}"),
        }
    }

    /// The meaning of a revocation, where no store keeps access tokens.
    fn revoked_tokens(&self) -> Option<(String, String)> {
        let until = readable(self.lifetimes.access_token);
        let words = format!(
            "self-contained, no store keeps them: who verifies them by keys alone takes a revoked one until it expires, {until} at \
             most"
        );
        self.access_tokens_are_self_contained.then(|| ("revoked access tokens".to_owned(), words))
    }

    /// The keys that instances do not share.
    fn own_keys(&self) -> Option<(String, String)> {
        let words = "made on this machine, and the store is shared: instances on other machines make others, and refuse what is signed \
                     here. Use `StoredKeys`, or the same files and `KeyRing::from_pem_files`";
        self.keys_are_of_one_machine.then(|| ("WARNING: keys".to_owned(), words.to_owned()))
    }

    /// The limits that depend on where it runs.
    fn limits(&self) -> [(String, String); 2] {
        let by_address = if self.trusted_proxies.is_empty() {
            "that of the peer; off where it is unknown, on loopback or in a private network, as behind a reverse proxy: name it \
             with `Environment::trusted_proxies`"
                .to_owned()
        } else {
            let proxies: Vec<_> = self.trusted_proxies.iter().map(Cidr::to_string).collect();
            format!("that of the client, as told by {}", proxies.join(", "))
        };
        let guesses = if self.limits_are_shared {
            "counted in the store of tokens, for all instances that share it"
        } else {
            "counted by each instance for itself: `n` instances allow `n` times as many, for the store of tokens is no `LimitStore`"
        };
        [("by address".to_owned(), by_address), ("guesses".to_owned(), guesses.to_owned())]
    }

    /// The path that leads there.
    pub fn path(&self, route: Route) -> Option<&str> {
        self.endpoints.iter().find(|endpoint| endpoint.route == route).map(|endpoint| endpoint.path.as_str())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "The authorization server {}", self.issuer)?;
        list(f, "Profile", [(self.profile.rules().title.to_owned(), String::new())])?;
        list(f, "Grants", self.grants.iter().map(|grant| ((*grant).to_owned(), String::new())))?;
        let response_types = self.response_types.iter();
        list(f, "Response types", response_types.map(|asked| (asked.to_string(), String::new())))?;
        list(f, "Endpoints", self.endpoints.iter().map(|at| (at.path.clone(), at.route.to_string())))?;
        let methods = self.client_authentication.iter();
        list(f, "Client authentication", methods.map(|method| (method.clone(), String::new())))?;
        let documents = self.takes_client_documents.then(|| "by the URL of a metadata document".to_owned());
        let registration = self.registration.map(|registration| {
            let who =
                if registration.initial_access_token { "who has an initial access token" } else { "anybody" };
            format!("registered by {who}, {} at most", registration.most)
        });
        let strangers = documents.into_iter().chain(registration).map(|way| (way, String::new()));
        let scopes =
            self.unverified_scopes.as_ref().map(|names| ("with the scopes".to_owned(), names.join(" ")));
        list(f, "Clients that come by themselves", strangers.chain(scopes))?;
        let scopes = self.scopes.iter().map(|scope| {
            let default = if self.default_scopes.contains(&scope.name) { " (a default)" } else { "" };
            (scope.name.to_owned(), format!("{}{default}", scope.description.unwrap_or_default()))
        });
        list(f, "Scopes", scopes)?;
        // A server that declares none does not read the parameter.
        if !self.resources.is_empty() {
            let resources = self.resources.iter().map(|resource| {
                let scopes =
                    resource.known_scopes().map_or_else(|| "every scope".to_owned(), |names| names.join(" "));
                (resource.uri.to_owned(), scopes)
            });
            list(f, "Resources", resources)?;
        }
        // A server that names none makes no promise about them.
        if !self.acr_values.is_empty() {
            let logins = self.acr_values.iter().map(|acr| ((*acr).to_owned(), String::new()));
            list(f, "Logins that clients can ask for", logins)?;
        }
        list(f, "Claims", self.claims.iter().map(|claim| ((*claim).to_owned(), String::new())))?;
        let tokens = [
            (true, "access tokens", &self.access_tokens),
            (self.has(Feature::RefreshToken), "refresh tokens", &self.refresh_tokens),
        ];
        let tokens = tokens.into_iter().filter(|(is_made, ..)| *is_made);
        let stay = |name| name == "refresh tokens" && self.has(Feature::Fapi2);
        let tokens = tokens.map(|(_, name, format)| {
            let use_ = if stay(name) { ", and stay as they are when they are used" } else { "" };
            (name.to_owned(), format!("{format}{use_}"))
        });
        let bound = self.dpop.map(|dpop| ("bound to keys".to_owned(), self.proofs(dpop)));
        list(f, "Tokens", tokens.chain(self.revoked_tokens()).chain(bound).chain(self.own_keys()))?;
        let pushed = if self.pushed_requests_are_required {
            "pushed request, until it is loaded (required)"
        } else {
            "pushed request, until it is loaded"
        };
        let lifetimes = [
            (true, "access token", self.lifetimes.access_token),
            (self.has(Feature::RefreshToken), "refresh token", self.lifetimes.refresh_token),
            (
                self.has(Feature::RefreshToken),
                "grace for a lost refresh response",
                self.lifetimes.refresh_token_grace,
            ),
            (self.has(Feature::AuthorizationCode), "authorization code", self.lifetimes.code),
            (self.has(Feature::DeviceCode), "device code", self.lifetimes.device_code),
            (self.has(Feature::OpenId), "ID token", self.lifetimes.id_token),
            (self.has(Feature::PushedAuthorizationRequests), pushed, self.lifetimes.pushed_request),
        ];
        let lifetimes = lifetimes.into_iter().filter(|(is_made, ..)| *is_made);
        list(f, "Lifetimes", lifetimes.map(|(_, name, lifetime)| (name.to_owned(), readable(lifetime))))?;
        list(f, "Limits", self.limits())?;
        for (kind, title) in [
            (RuleKind::CompileTime, "Rules of the compiler"),
            (RuleKind::Warning, "Advised against, and not done"),
            (RuleKind::Danger, "Dangerous, and not done"),
            (RuleKind::StartUp, "Rules of the start"),
            (RuleKind::Request, "Rules of requests"),
        ] {
            let rules = self.rules.iter().filter(|rule| rule.kind == kind);
            // What `allow(…)` takes is a name.
            let words = |rule: &Rule| match kind {
                RuleKind::Warning | RuleKind::Danger => rule.name.to_owned(),
                _ => rule.statement(),
            };
            let row = |rule: &&Rule| (rule.section().unwrap_or_else(|| "our own".to_owned()), words(rule));
            list(f, title, rules.map(row))?;
        }
        let exceptions = self.exceptions.iter().flat_map(|exception| {
            let cost = (exception.name.to_owned(), format!("{} ({})", exception.cost, exception.section));
            let reason = exception.reason.map(|reason| (String::new(), format!("allowed: {reason}")));
            std::iter::once(cost).chain(reason)
        });
        list(f, "Exceptions", exceptions)?;
        let deviations = self.deviations.iter();
        list(f, "Deviations", deviations.map(|it| (it.section.to_owned(), it.statement.to_owned())))
    }
}

fn keys_are_of_one_machine<S: AuthorizationServer>(server: &S) -> bool {
    let of_access_tokens = server.access_tokens().tokens().signing_key();
    let mut keys = server.id_tokens().signing_keys().into_iter().chain(of_access_tokens);
    keys.any(|key| key.is_made_here()) && server.validator().upkeep().iter().any(|store| store.is_shared())
}

/// A heading, and a row each; an empty list says so.
fn list(
    f: &mut fmt::Formatter<'_>,
    title: &str,
    rows: impl IntoIterator<Item = (String, String)>,
) -> fmt::Result {
    let rows: Vec<_> = rows.into_iter().collect();
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    writeln!(f, "\n{title}")?;
    if rows.is_empty() {
        return writeln!(f, "  none");
    }
    rows.iter().try_for_each(|(name, text)| writeln!(f, "{}", format!("  {name:width$}  {text}").trim_end()))
}

fn readable(lifetime: Duration) -> String {
    if lifetime.is_zero() { "none".to_owned() } else { oauth_rules::lifetime::written(lifetime.as_secs()) }
}
