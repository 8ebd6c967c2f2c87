//! The tokens that are exchanged, RFC 8693 §2.1.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::actor::Actor;
use crate::claims::names_audience;
use crate::client::{Client, Introspects, SubjectType};
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{AuthorizationServer, RunningServer};
use crate::grant::{id_jag, refresh_token};
use crate::jose::{Expect, JwtKind, KeySet, VerifyingKey};
use crate::model::{AccessToken, Authorization, RefreshToken};
use crate::openid::IdTokenSigner as _;
use crate::request::Request;
use crate::scope::ScopeSet;
use crate::time::UnixTime;
use crate::validator::RequestValidator as _;

pub(super) const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
const JWT: &str = "urn:ietf:params:oauth:token-type:jwt";
const ID_TOKEN: &str = "urn:ietf:params:oauth:token-type:id_token";
const REFRESH_TOKEN: &str = "urn:ietf:params:oauth:token-type:refresh_token";

/// A token exchange request, whose tokens are valid.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TokenExchangeRequest {
    /// The client that asks.
    pub requester: Arc<Client>,
    /// The token of whom the new one is to speak for: `subject_token`.
    pub subject: ExchangedToken,
    /// The token of whoever acts: `actor_token`.
    pub actor: Option<ExchangedToken>,
    /// `resource`, of which there may be several.
    pub resources: Vec<String>,
    /// `audience`, of which there may be several.
    pub audiences: Vec<String>,
    /// True if an identity assertion authorization grant (ID-JAG) for another authorization server is asked for, and no access token.
    pub is_identity_assertion: bool,
    /// The party of the actor token, or else the client that asks.
    pub(super) acts: Actor,
}

/// A token of this server that is exchanged.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ExchangedToken {
    /// The authorization that it was issued from: its client, its subject and their login.
    pub authorization: Arc<Authorization>,
    /// The scopes that it allows.
    pub scopes: ScopeSet,
    /// The private claims of an access token, `aud` among them.
    pub claims: Map<String, Value>,
    /// The moment when it dies.
    pub expires_at: UnixTime,
}

impl TokenExchangeRequest {
    /// Tells whether the client that asks has to do with the subject token: it was issued to it, it is meant for it (`aud` is its
    /// identifier, or one that it [introspects](Client::introspects)), or `may_act` names it (§4.4).
    pub fn requester_is_party(&self) -> bool {
        let client_id = &self.requester.client_id;
        self.subject.authorization.client_id == *client_id
            || is_meant_for(&self.subject.claims, &self.requester)
            || self.may_act().is_some_and(|may_act| text(may_act, "client_id") == Some(client_id))
    }

    /// The places where the new token is to be used: the resources, then the audiences.
    pub fn targets(&self) -> Vec<&str> {
        self.resources.iter().chain(&self.audiences).map(String::as_str).collect()
    }

    /// The one place, if there is just one.
    pub(super) fn only_target(&self) -> Option<&str> {
        match *self.targets() {
            [only] => Some(only),
            _ => None,
        }
    }

    pub(super) fn may_act(&self) -> Option<&Value> {
        self.subject.claims.get("may_act")
    }
}

/// Tells whether a token is meant for a client: by its own name, or by that of a resource that it serves.
fn is_meant_for(claims: &Map<String, Value>, client: &Client) -> bool {
    let serves = match &client.introspects {
        served @ Introspects::Audiences(_) => served.covers(claims),
        _ => false,
    };
    serves || names_audience(claims, &client.client_id)
}

pub(super) fn text<'v>(object: &'v Value, name: &str) -> Option<&'v str> {
    object.get(name).and_then(Value::as_str)
}

impl From<AccessToken> for ExchangedToken {
    fn from(token: AccessToken) -> Self {
        let AccessToken { authorization, scopes, claims, expires_at, .. } = token;
        Self { authorization, scopes, claims: claims.into(), expires_at }
    }
}

impl From<RefreshToken> for ExchangedToken {
    fn from(token: RefreshToken) -> Self {
        let RefreshToken { authorization, expires_at, .. } = token;
        Self { scopes: authorization.scopes.clone(), authorization, claims: Map::new(), expires_at }
    }
}

/// Reads the parameters and validates the tokens.
///
/// # Errors
///
/// `invalid_request` (§2.2.2) for a parameter or a token; `invalid_target` for a `resource` that is no absolute URI.
pub(super) async fn read<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
) -> Result<TokenExchangeRequest> {
    let requester = request.require_client()?;
    let text = |name: &'static str| request.body().get(name).map(str::to_owned);
    let is_identity_assertion = match text("requested_token_type").as_deref() {
        None | Some(ACCESS_TOKEN) => false,
        Some(id_jag::TOKEN_TYPE) if S::IdTokens::IS_OPENID_PROVIDER => true,
        Some(_) => return Err(Error::invalid_request("this server does not issue the requested_token_type")),
    };
    let missing = |name| Error::invalid_request(format!("{name} is missing"));
    let subject_token = text("subject_token").ok_or_else(|| missing("subject_token"))?;
    let subject_type = text("subject_token_type").ok_or_else(|| missing("subject_token_type"))?;
    let actor = match (text("actor_token"), text("actor_token_type")) {
        (None, None) => None,
        (Some(token), Some(kind)) => Some((token, kind)),
        // §2.1: "REQUIRED when the "actor_token" parameter is present in the request but MUST NOT be included otherwise."
        _ => return Err(Error::invalid_request("actor_token and actor_token_type come together")),
    };
    let all = |name| request.body().get_all(name).map(str::to_owned).collect::<Vec<_>>();
    let (resources, audiences) = (all("resource"), all("audience"));
    // §2.1 has RFC 8707 §2: "an absolute URI", which "MUST NOT include a fragment component".
    if !resources.iter().all(|resource| oauth_rules::extension_grant::is_uri_without_fragment(resource)) {
        return Err(
            Error::new(ErrorCode::InvalidTarget).describe("resource is no absolute URI without a fragment")
        );
    }
    let subject = match subject_type.as_str() {
        ID_TOKEN if is_identity_assertion => of_id_token(server, &requester, &subject_token)?,
        // An access token is no evidence of a login: whoever it was sent to has it (ID-JAG §4.3).
        kind if is_identity_assertion && kind != REFRESH_TOKEN => {
            return Err(Error::invalid_request("an ID-JAG is issued for an ID token or a refresh token"));
        }
        kind => token(server, request, &requester, "subject_token", &subject_token, kind).await?.0,
    };
    let (actor, acts) = match actor {
        Some((text, kind)) if kind != REFRESH_TOKEN => {
            let (actor, client) = token(server, request, &requester, "actor_token", &text, &kind).await?;
            let acts = Actor::of_token(server.pairwise_key(), &actor, &client)?;
            (Some(actor), acts)
        }
        Some(_) => return Err(Error::invalid_request("actor_token is an access token")),
        None => (None, Actor::client(&requester)),
    };
    Ok(TokenExchangeRequest { requester, subject, actor, resources, audiences, is_identity_assertion, acts })
}

/// An ID token is evidence of a login for the client that it was issued to, and for nobody else.
fn of_id_token<S: AuthorizationServer>(
    server: &RunningServer<S>,
    requester: &Client,
    text: &str,
) -> Result<ExchangedToken> {
    let invalid = || Error::invalid_request("subject_token is not valid");
    let jwks = server.id_tokens().jwks();
    let keys: KeySet = jwks.iter().filter_map(|jwk| VerifyingKey::from_jwk(jwk).ok()).collect();
    let expect = Expect::new(JwtKind::IdToken, server.now()).issuer(server.issuer());
    let jwt = expect.audience(&requester.client_id).verify(&keys, text).map_err(|_| invalid())?;
    // What a pairwise client calls a person cannot be turned back into who they are.
    if requester.subject_type != SubjectType::Public {
        return Err(Error::invalid_request(
            "an ID token with a pairwise subject is not exchanged: send a refresh token",
        ));
    }
    let time = |name| jwt.time(name).ok().flatten();
    let text = |name| jwt.text(name).map(str::to_owned);
    let authorization = Authorization {
        subject: Some(text("sub").ok_or_else(invalid)?),
        auth_time: time("auth_time"),
        acr: text("acr"),
        scopes: requester.scope.clone(),
        ..Authorization::new(&requester.client_id, server.now())
    };
    let expires_at = time("exp").ok_or_else(invalid)?;
    let (authorization, scopes) = (Arc::new(authorization), requester.scope.clone());
    Ok(ExchangedToken { authorization, scopes, claims: Map::new(), expires_at })
}

/// A token of this server, and the client that it was issued to.
async fn token<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    requester: &Arc<Client>,
    name: &'static str,
    text: &str,
    kind: &str,
) -> Result<(ExchangedToken, Arc<Client>)> {
    // §2.2.2: "If either the "subject_token" or "actor_token" are invalid for any reason", `invalid_request`.
    let invalid = |error: Error| match error.code() {
        ErrorCode::InvalidToken | ErrorCode::InvalidGrant => {
            Error::invalid_request(format!("{name} is not valid"))
        }
        _ => error,
    };
    match kind {
        ACCESS_TOKEN | JWT => {
            server.bearer().recognize(text, request);
            let found = server.validator().validate_bearer_token(text, &ScopeSet::new(), request).await;
            let found = found.map_err(invalid)?;
            // What was issued to a client that is gone is worth nothing.
            let client = server.client_of_token(found.client_id()).await?;
            let client = client.ok_or_else(|| Error::invalid_request(format!("{name} is not valid")))?;
            // Whoever does not prove the key has the token from somebody: only whom it is meant for goes on with it.
            let is_held = found.confirmation().is_none_or(|confirmation| request.proves(confirmation));
            if !is_held && !is_meant_for(&found.claims, requester) {
                return Err(Error::invalid_request(format!(
                    "{name} is bound to a key that the request does not prove"
                )));
            }
            Ok((found.into(), client))
        }
        REFRESH_TOKEN => {
            let found = server.validator().validate_refresh_token(text, requester, request).await;
            let found = found.map_err(invalid)?;
            if found.is_rotated {
                return Err(Error::invalid_request(format!("{name} is not valid")));
            }
            refresh_token::check(server, &found, requester, request).map_err(invalid)?;
            Ok((found.into(), Arc::clone(requester)))
        }
        _ => Err(Error::invalid_request(format!("this server does not exchange this {name}_type"))),
    }
}
