//! An authorization request that has passed the steps.

use std::sync::Arc;
use std::time::Duration;

use super::{IdTokenHint, Prompt, ResponseMode};
use crate::claims::ClaimDeclaration;
use crate::client::{Client, ResponseType};
use crate::model::ClaimsRequest;
use crate::model::pkce::CodeChallenge;
use crate::scope::ScopeSet;
use crate::time::UnixTime;

/// An authorization request that is valid in itself; who grants it is still open.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct AuthorizationRequest {
    /// The client.
    pub client: Arc<Client>,
    /// `response_type`: one that the server offers and the client may use.
    pub response_type: ResponseType,
    /// `response_mode`, or the default of the response type.
    pub response_mode: ResponseMode,
    /// The URI that the response goes to: registered for this client.
    pub redirect_uri: String,
    /// `redirect_uri` as it was requested, if it was.
    pub requested_redirect_uri: Option<String>,
    /// The scopes asked for, or the defaults; without `offline_access` where no code is issued (OIDC Core §11).
    pub scopes: ScopeSet,
    /// The resources asked for (RFC 8707 §2.1), as the server declares them; empty: none. Tell the person: a client that has
    /// agreement for one has none for another.
    pub resources: Vec<String>,
    /// The PKCE challenge, if there is one.
    pub code_challenge: Option<CodeChallenge>,
    /// `dpop_jkt`: the thumbprint of the key that the code is bound to (RFC 9449 §10).
    pub dpop_jkt: Option<String>,
    /// `nonce` (OIDC Core §3.1.2.1).
    pub nonce: Option<String>,
    /// The parameters that OpenID Connect adds.
    pub openid: OpenIdParameters,
    /// The time when a pushed request was loaded first (RFC 9126).
    pub(crate) loaded_at: Option<UnixTime>,
    /// The claims that the server's validator declares.
    pub(crate) declared_claims: &'static [ClaimDeclaration],
}

impl AuthorizationRequest {
    /// Tells whether somebody who logged in at `auth_time` must do so again: `prompt` asks for a login or for the choice of an
    /// account, or the login is older than `max_age`. `now` is [`Context::now`](crate::interaction::Context::now).
    ///
    /// An interaction takes out of the query what a login has settled, before it leads back to it. The parameters of a pushed
    /// request are in no query, so that a login since it was first loaded settles them (RFC 9126 §4).
    pub fn asks_for_login(&self, auth_time: UnixTime, now: UnixTime) -> bool {
        let openid = &self.openid;
        // Choosing an account is logging in to it.
        let is_asked_to = openid.has_prompt(Prompt::Login) || openid.has_prompt(Prompt::SelectAccount);
        let is_settled = self.loaded_at.is_some_and(|loaded_at| auth_time >= loaded_at);
        !is_settled && (is_asked_to || openid.is_too_old(auth_time, now))
    }
}

/// The parameters of OIDC Core §3.1.2.1 and §5.5. A server that is no OpenID provider reads those that only say how to ask
/// the person.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct OpenIdParameters {
    /// `prompt`: what the person must be asked again.
    pub prompt: Vec<Prompt>,
    /// `max_age`: how long ago the person may have logged in at most.
    pub max_age: Option<Duration>,
    /// `display`: `page`, `popup`, `touch` or `wap`.
    pub display: Option<String>,
    /// `ui_locales`: the languages that the person prefers, the best first (BCP 47).
    pub ui_locales: Vec<String>,
    /// `login_hint`: who is about to log in, as the client believes. Anyone may have written it.
    pub login_hint: Option<String>,
    /// `id_token_hint`, verified: the response is for this subject or none.
    pub id_token_hint: Option<IdTokenHint>,
    /// `acr_values`: the classes of login that the client prefers, the best first; or needs, where the server
    /// [supports](crate::server::ServerConfig::acr_values) some (RFC 9470 §5).
    pub acr_values: Vec<String>,
    /// `claims`: what the client asks for by name. An interaction asks the person for what
    /// [`AuthorizationRequest::asked_scopes`] says.
    pub claims: ClaimsRequest,
}

impl OpenIdParameters {
    /// Tells whether `prompt` has this value.
    pub fn has_prompt(&self, prompt: Prompt) -> bool {
        self.prompt.contains(&prompt)
    }

    /// Tells whether a login of this class (`acr`, `None`: of none) is one that the client asks for, by `acr_values` and by an
    /// essential claim (OIDC Core §5.5.1.1). An interaction asks for a better login where it is not.
    pub fn accepts_acr(&self, acr: Option<&str>) -> bool {
        let is_asked = |acr: &str| self.acr_values.iter().any(|asked| asked == acr);
        (self.acr_values.is_empty() || acr.is_some_and(is_asked)) && self.accepts_essential_acr(acr)
    }

    pub(crate) fn accepts_essential_acr(&self, acr: Option<&str>) -> bool {
        let essential = self.claims.id_token.get("acr").filter(|acr| acr.essential);
        essential.is_none_or(|wanted| {
            wanted.values.is_empty() || acr.is_some_and(|acr| wanted.accepts(&acr.into()))
        })
    }

    /// Tells whether `max_age` asks someone who logged in at this time to log in again; `now` is
    /// [`Context::now`](crate::interaction::Context::now). Zero always does: it is "equivalent to `prompt=login`".
    pub fn is_too_old(&self, auth_time: UnixTime, now: UnixTime) -> bool {
        self.max_age.is_some_and(|max_age| max_age.is_zero() || now > auth_time + max_age)
    }
}
