//! A server whose arguments and fields are certain.

use proc_macro2::Span;

use super::client_authentication::AuthMethods;
use super::dpop::Dpop;
use super::grants::Grants;
use super::pushed::Pushed;
use super::resources::Resource;
use super::response_types::ResponseTypes;
use crate::args::Text;
use crate::choice::Choice;
use crate::issuer::Issuer;
use crate::item::Struct;
use crate::krate::Krate;
use crate::literal::Seconds;
use crate::rules::grant::Preset;
use crate::rules::profile::ProfileRules;
use crate::scope_list::Scope;

pub(super) struct ValidatedServer<'a> {
    pub(super) item: &'a Struct,
    pub(super) krate: Krate,
    pub(super) grants: Grants,
    pub(super) preset: Option<(&'static Preset, Span)>,
    /// `None`: there is an error already.
    pub(super) profile: Option<&'static ProfileRules>,
    /// The place of the argument `profile`, if it is there.
    pub(super) profile_span: Option<Span>,
    pub(super) scopes: Vec<Scope>,
    /// The place of the argument `scopes`, if it is there.
    pub(super) scopes_span: Option<Span>,
    pub(super) default_scopes: Vec<Scope>,
    pub(super) resources: Vec<Resource>,
    /// The place of the argument `resources`, if it is there.
    pub(super) resources_span: Option<Span>,
    pub(super) issuer: Option<(Issuer, Span)>,
    pub(super) durations: Vec<Seconds>,
    pub(super) response_types: ResponseTypes,
    pub(super) auth_methods: AuthMethods,
    pub(super) allowed_origins: Vec<Text>,
    pub(super) acr_values: Vec<Text>,
    pub(super) dpop: Option<Dpop>,
    pub(super) dpop_nonce_key: Vec<Choice<'a>>,
    /// True if the argument `client_id_metadata_documents` is there.
    pub(super) client_id_metadata_documents: bool,
    pub(super) registration: Option<Registration>,
    /// `None`: the argument `unverified_scopes` is not there.
    pub(super) unverified_scopes: Option<Vec<Scope>>,
    pub(super) danger_pkce_optional: bool,
    pub(super) pushed: Option<Pushed>,
    pub(super) body_limit: Option<(u64, Span)>,
    pub(super) endpoints: Option<Endpoints>,
    /// True if the argument `shared_validator` is there.
    pub(super) shared_validator: bool,
    pub(super) validator: Vec<Choice<'a>>,
    pub(super) access_token: Vec<Choice<'a>>,
    pub(super) refresh_token: Vec<Choice<'a>>,
    pub(super) interaction: Vec<Choice<'a>>,
    pub(super) id_tokens: IdTokens<'a>,
    pub(super) pairwise_key: Vec<Choice<'a>>,
    pub(super) back_channel: Vec<Choice<'a>>,
    pub(super) fetcher: Vec<Choice<'a>>,
}

/// The registration of clients by themselves.
pub(super) struct Registration {
    pub(super) span: Span,
    pub(super) path: Option<Text>,
    pub(super) initial_access_token: Option<Span>,
    pub(super) durations: Vec<Seconds>,
}

/// The signer of ID tokens.
pub(super) enum IdTokens<'a> {
    /// Nothing: the server is no OpenID provider.
    Absent,
    /// The fields marked `#[id_token]`; where the first is marked.
    Fields { choices: Vec<Choice<'a>>, helper: Span },
    /// The access token generator signs them, too; the span is that of the scope `openid`.
    AccessTokens(Span),
}

impl ValidatedServer<'_> {
    /// A duration that was given.
    pub(super) fn duration(&self, name: &str) -> Option<&Seconds> {
        self.durations.iter().find(|duration| duration.limits.name == name)
    }
}

/// Paths; `None`: off.
pub(super) struct Endpoints {
    pub(super) span: Span,
    /// The paths in the order of the [table](crate::rules::endpoint::ALL).
    pub(super) paths: Vec<Option<Text>>,
    /// The paths that were given.
    pub(super) given: Vec<Text>,
    /// The places where paths were given for what only an interaction with sessions has.
    pub(super) session_spans: Vec<Span>,
    /// The place where the revocation endpoint is switched off, if it is.
    pub(super) revocation_is_off: Option<Span>,
}
