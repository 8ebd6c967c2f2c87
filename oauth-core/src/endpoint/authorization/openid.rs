//! What OpenID Connect adds to an authorization request, OIDC Core §3.1.2.1.

use std::str::FromStr;
use std::time::Duration;

use super::AuthorizationRequest;
use crate::client::Client;
use crate::error::{Error, ErrorCode, Result};
use crate::grant::ResponseType;
use crate::openid::{ClaimsRequest, IdTokenHint, IdTokenSigner};
use crate::request::{Params, Request};
use crate::scope::ScopeSet;
use crate::server::{AuthorizationServer, RunningServer};
use crate::time::UnixTime;

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
    /// `acr_values`: the classes of login that the client prefers, the best first.
    pub acr_values: Vec<String>,
    /// `claims`: what the client asks for by name. An interaction asks the person for what
    /// [`AuthorizationRequest::asked_scopes`] says.
    pub claims: ClaimsRequest,
}

/// A value of `prompt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Prompt {
    /// No page: what cannot be decided without one is an error.
    None,
    /// Log in, again if need be.
    Login,
    /// Agree, again if need be.
    Consent,
    /// Choose an account.
    SelectAccount,
}

impl FromStr for Prompt {
    type Err = Error;

    /// # Errors
    ///
    /// `invalid_request` for a value that this server does not offer.
    fn from_str(text: &str) -> Result<Self, Error> {
        Ok(match text {
            "none" => Self::None,
            "login" => Self::Login,
            "consent" => Self::Consent,
            "select_account" => Self::SelectAccount,
            _ => return Err(Error::invalid_request("this server does not offer the prompt")),
        })
    }
}

impl OpenIdParameters {
    pub(super) fn parse<S: AuthorizationServer>(
        server: &RunningServer<S>,
        request: &Request,
        client: &Client,
    ) -> Result<Self> {
        let query = request.query();
        let mut parameters = Self {
            prompt: prompts(query)?,
            max_age: max_age(query)?,
            display: query.get("display").map(str::to_owned),
            ui_locales: words(query, "ui_locales"),
            login_hint: query.get("login_hint").map(str::to_owned),
            ..Self::default()
        };
        // To any other server these are unknown, and "MUST" be ignored (RFC 6749 §3.1).
        if S::IdTokens::IS_OPENID_PROVIDER {
            refuse_unsupported(query)?;
            parameters.acr_values = words(query, "acr_values");
            parameters.claims =
                query.get("claims").map(ClaimsRequest::parse).transpose()?.unwrap_or_default();
            parameters.id_token_hint =
                query.get("id_token_hint").map(|hint| id_token_hint(server, hint, client)).transpose()?;
        }
        Ok(parameters)
    }

    /// Whether `prompt` has this value.
    pub fn has_prompt(&self, prompt: Prompt) -> bool {
        self.prompt.contains(&prompt)
    }

    /// Whether `max_age` asks someone who logged in at this time to log in again; `now` is [`Context::now`](crate::interaction::Context::now). Zero always does: it is "equivalent to
    /// `prompt=login`".
    pub fn is_too_old(&self, auth_time: UnixTime, now: UnixTime) -> bool {
        self.max_age.is_some_and(|max_age| max_age.is_zero() || now > auth_time + max_age)
    }
}

/// §3.1.2.1: "If this parameter contains `none` with any other value, an error is returned."
fn prompts(query: &Params) -> Result<Vec<Prompt>> {
    let prompts: Vec<Prompt> =
        words(query, "prompt").iter().map(|word| word.parse()).collect::<Result<_>>()?;
    if prompts.contains(&Prompt::None) && prompts.len() > 1 {
        return Err(Error::invalid_request("prompt has none and another value"));
    }
    Ok(prompts)
}

fn max_age(query: &Params) -> Result<Option<Duration>> {
    let seconds = query.get("max_age").map(str::parse).transpose();
    let seconds = seconds.map_err(|_| Error::invalid_request("max_age is not a number of seconds"))?;
    Ok(seconds.map(Duration::from_secs))
}

/// §3.1.2.6: what this server does not read must not be passed over, for it may say something else than the query.
fn refuse_unsupported(query: &Params) -> Result<()> {
    [
        ("request", ErrorCode::RequestNotSupported),
        ("request_uri", ErrorCode::RequestUriNotSupported),
        ("registration", ErrorCode::RegistrationNotSupported),
    ]
    .into_iter()
    .find(|(name, _)| query.get(name).is_some())
    .map_or(Ok(()), |(name, code)| {
        Err(Error::new(code).describe(format!("this server does not read {name}")))
    })
}

/// The subject of a hint may be known to this client only, so it must be the client's own.
fn id_token_hint<S: AuthorizationServer>(
    server: &RunningServer<S>,
    hint: &str,
    client: &Client,
) -> Result<IdTokenHint> {
    let hint = IdTokenHint::verify(server, hint)?;
    if hint.aud.contains(&client.client_id) {
        Ok(hint)
    } else {
        Err(Error::invalid_request("id_token_hint was issued to another client"))
    }
}

fn words(query: &Params, name: &str) -> Vec<String> {
    let words = query.get(name).unwrap_or_default().split(' ');
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// §11: the server "MUST ignore the `offline_access` request unless the Client is using a `response_type` value that would
/// result in an Authorization Code being returned". What has not the scope `openid` is no request of OpenID Connect.
pub(super) fn ignore_offline_access(scopes: &mut ScopeSet, response_type: ResponseType) {
    if scopes.contains("openid") && !response_type.contains(ResponseType::CODE) {
        scopes.remove("offline_access");
    }
}

/// What an ID token in the authorization response needs.
pub(super) fn check(authorization: &AuthorizationRequest) -> Result<()> {
    if !authorization.response_type.contains(ResponseType::ID_TOKEN) {
        return Ok(());
    }
    // §3.1.2.1: "OpenID Connect requests MUST contain the `openid` scope value."
    if !authorization.scopes.contains("openid") {
        return Err(Error::invalid_scope("an id_token needs the scope openid"));
    }
    // §3.2.2.1 and §3.3.2.11: "nonce […] REQUIRED".
    if authorization.nonce.is_none() {
        return Err(Error::invalid_request("nonce is missing"));
    }
    Ok(())
}
