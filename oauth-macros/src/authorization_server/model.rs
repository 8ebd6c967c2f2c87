//! A server whose arguments and fields are certain.

use proc_macro2::Span;

use super::client_authentication::AuthMethods;
use super::grants::Grants;
use super::presets::Preset;
use super::profile::Profile;
use crate::args::Text;
use crate::choice::Choice;
use crate::issuer::Issuer;
use crate::item::Struct;
use crate::krate::Krate;
use crate::literal::Seconds;
use crate::scope_list::Scope;

pub(super) struct ValidatedServer<'a> {
    pub(super) item: &'a Struct,
    pub(super) krate: Krate,
    pub(super) grants: Grants,
    pub(super) preset: Option<(&'static Preset, Span)>,
    /// `None`: there is an error already.
    pub(super) profile: Option<&'static Profile>,
    /// Where the argument `profile` stands, if it does.
    pub(super) profile_span: Option<Span>,
    pub(super) scopes: Vec<Scope>,
    /// Where the argument `scopes` stands, if it does.
    pub(super) scopes_span: Option<Span>,
    pub(super) default_scopes: Vec<Scope>,
    pub(super) issuer: Option<(Issuer, Span)>,
    pub(super) code_lifetime: Option<Seconds>,
    pub(super) device_code_lifetime: Option<Seconds>,
    pub(super) device_polling_interval: Option<Seconds>,
    pub(super) refresh_token_lifetime: Option<Seconds>,
    pub(super) refresh_token_grace: Option<Seconds>,
    pub(super) id_token_lifetime: Option<Seconds>,
    pub(super) response_types: Vec<(&'static ResponseTypeName, Span)>,
    pub(super) auth_methods: AuthMethods,
    pub(super) allowed_origins: Vec<Text>,
    pub(super) danger_pkce_optional: bool,
    pub(super) body_limit: Option<(usize, Span)>,
    pub(super) endpoints: Option<Endpoints>,
    pub(super) validator: Vec<Choice<'a>>,
    pub(super) access_token: Vec<Choice<'a>>,
    pub(super) refresh_token: Vec<Choice<'a>>,
    pub(super) interaction: Vec<Choice<'a>>,
    pub(super) id_tokens: IdTokens<'a>,
    pub(super) pairwise_key: Vec<Choice<'a>>,
    pub(super) back_channel: Vec<Choice<'a>>,
}

/// What signs ID tokens.
pub(super) enum IdTokens<'a> {
    /// Nothing: the server is no OpenID provider.
    Absent,
    /// The fields marked `#[id_token]`; where the first is marked.
    Fields { choices: Vec<Choice<'a>>, helper: Span },
    /// The access token generator signs them, too; the span is that of the scope `openid`.
    AccessTokens(Span),
}

/// A grant of this version.
#[derive(PartialEq, Eq)]
pub(super) struct GrantName {
    /// Its name in `grants(…)`: the `grant_type`, or what is left of one that is a URN.
    pub(super) name: &'static str,
    pub(super) ty: &'static str,
    /// Whether it asks a person: `#[interaction]`.
    pub(super) is_interactive: bool,
    /// Whether it begins at the authorization endpoint.
    pub(super) uses_authorization_endpoint: bool,
    /// Whether it comes with a refresh token.
    pub(super) issues_refresh_tokens: bool,
}

pub(super) const GRANTS: [GrantName; 7] = [
    GrantName {
        name: "authorization_code",
        ty: "AuthorizationCode",
        is_interactive: true,
        uses_authorization_endpoint: true,
        issues_refresh_tokens: true,
    },
    GrantName {
        name: "refresh_token",
        ty: "RefreshToken",
        is_interactive: false,
        uses_authorization_endpoint: false,
        issues_refresh_tokens: false,
    },
    GrantName {
        name: "implicit",
        ty: "Implicit",
        is_interactive: true,
        uses_authorization_endpoint: true,
        issues_refresh_tokens: false,
    },
    GrantName {
        name: "client_credentials",
        ty: "ClientCredentials",
        is_interactive: false,
        uses_authorization_endpoint: false,
        issues_refresh_tokens: false,
    },
    GrantName {
        name: "password",
        ty: "Password",
        is_interactive: false,
        uses_authorization_endpoint: false,
        issues_refresh_tokens: true,
    },
    GrantName {
        name: "device_code",
        ty: "DeviceCode",
        is_interactive: true,
        uses_authorization_endpoint: false,
        issues_refresh_tokens: true,
    },
    GrantName {
        name: "jwt_bearer",
        ty: "JwtBearer",
        is_interactive: false,
        uses_authorization_endpoint: false,
        issues_refresh_tokens: false,
    },
];

/// What the authorization endpoint can be asked for.
#[derive(PartialEq, Eq)]
pub(super) struct ResponseTypeName {
    /// `response_type`
    pub(super) name: &'static str,
    /// The constant of `ResponseType`.
    pub(super) constant: &'static str,
}

/// Paths; `None`: off.
pub(super) struct Endpoints {
    pub(super) span: Span,
    /// In the order of [`ENDPOINTS`].
    pub(super) paths: Vec<Option<Text>>,
    /// Those that were given.
    pub(super) given: Vec<Text>,
    /// Where paths were given for what only an interaction with sessions has.
    pub(super) session_spans: Vec<Span>,
    /// Where the revocation endpoint is switched off, if it is.
    pub(super) revocation_is_off: Option<Span>,
}

pub(super) struct EndpointName {
    pub(super) name: &'static str,
    pub(super) default: &'static str,
    /// Whether it can be `off`.
    pub(super) is_optional: bool,
}

pub(super) const ENDPOINTS: [EndpointName; 9] = [
    EndpointName { name: "authorization", default: "/authorize", is_optional: false },
    EndpointName { name: "token", default: "/token", is_optional: false },
    EndpointName { name: "revocation", default: "/revoke", is_optional: true },
    EndpointName { name: "introspection", default: "/introspect", is_optional: true },
    EndpointName { name: "jwks", default: "/jwks.json", is_optional: false },
    EndpointName { name: "device_authorization", default: "/device_authorization", is_optional: false },
    EndpointName { name: "userinfo", default: "/userinfo", is_optional: true },
    EndpointName { name: "end_session", default: "/end_session", is_optional: true },
    EndpointName { name: "check_session", default: "/check_session", is_optional: true },
];
