//! Identity assertion authorization grants (ID-JAG): an identity provider says of a person, to the authorization server of another
//! domain, that a client there may act for them (draft-ietf-oauth-identity-assertion-authz-grant-04).

use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::assertion;
use crate::assertion::VerifiedAssertion;
use crate::claims::one_or_many;
use crate::error::{Error, Result};
use crate::frame::{AuthorizationServer, RunningServer};
use crate::issuing::resource;
use crate::jose::JwtType;
use crate::openid::signer::key_among;
use crate::openid::{IdTokenSigner as _, subject_identifier};
use crate::request::Request;
use crate::response::TokenResponse;
use crate::scope::ScopeSet;
use crate::secret::SecretString;

use super::token_exchange::TokenExchangeRequest;

/// The type of token, RFC 8693 §3.
pub(super) const TOKEN_TYPE: &str = "urn:ietf:params:oauth:token-type:id-jag";

/// The lifetime of one: it is fetched where it is needed.
const LIFETIME: Duration = Duration::from_mins(5);

/// Checks what holds of an identity assertion beyond other assertions: it is for the client that presents it (§4.4, `client_id`), for
/// the key that it names, and for the scopes and resources that it names. The scopes are those asked for, or else its own.
///
/// # Errors
///
/// `invalid_grant`, `invalid_scope`, `invalid_target`.
pub(super) fn check<S: AuthorizationServer>(
    server: &RunningServer<S>,
    verified: &VerifiedAssertion,
    asked: ScopeSet,
    request: &mut Request,
) -> Result<ScopeSet> {
    let named = verified.claims.get("client_id").and_then(Value::as_str);
    let is_proved = verified.claims.get("cnf").is_none_or(|bound| request.proves(bound));
    if !request.client_is_authenticated() || named != request.client_id() || !is_proved {
        return Err(assertion::refused());
    }
    restrict_resources(server, verified.claims.get("resource"), request)?;
    let Some(own) = verified.claims.get("scope").and_then(Value::as_str) else { return Ok(asked) };
    let own = ScopeSet::parse(own).map_err(|_| assertion::refused())?;
    let allowed = asked.intersection(&own);
    let is_more = allowed != asked && request.body().get("scope").is_some();
    if is_more || allowed.is_empty() && !asked.is_empty() {
        return Err(Error::invalid_scope("a scope is not one of the assertion's"));
    }
    Ok(allowed)
}

/// The resources that an assertion names are those that may be asked for; without a request for some, the token is for all of them.
fn restrict_resources<S: AuthorizationServer>(
    server: &RunningServer<S>,
    named: Option<&Value>,
    request: &mut Request,
) -> Result<()> {
    let Some(named) = one_or_many(named) else { return Ok(()) };
    let client = request.require_client()?;
    let named = resource::requested(server, &client, named.into_iter())?;
    let asked = &mut request.validated.resources;
    if asked.is_empty() {
        *asked = named;
    } else if asked.iter().any(|resource| !named.contains(resource)) {
        return Err(resource::invalid_target("a resource is not one of the assertion's"));
    }
    Ok(())
}

/// Issues one for the audience of an exchange; `client_id` is the requester's at that server.
///
/// # Errors
///
/// `invalid_target` unless there is one audience, another issuer; `server_error` if the server has no keys.
pub(super) async fn issue<S: AuthorizationServer>(
    server: &RunningServer<S>,
    exchange: &TokenExchangeRequest,
    client_id: &str,
    scopes: &ScopeSet,
    act: Option<Value>,
) -> Result<TokenResponse> {
    let audience = match exchange.audiences.as_slice() {
        // An identity provider does not redeem its own.
        [one] if one != server.issuer() && oauth_rules::issuer::check_foreign(one).is_ok() => one,
        _ => return Err(crate::error::ErrorCode::InvalidTarget.into()),
    };
    let subject = &exchange.subject.authorization;
    let person = subject.subject.as_deref();
    let person = person.ok_or_else(|| Error::invalid_request("subject_token speaks for nobody"))?;
    let sub = subject_identifier(server.pairwise_key(), &exchange.requester, person)?;
    let keys = server.id_tokens().signing_keys();
    let key = key_among(&keys, &exchange.requester)?;
    let now = server.now();
    let mut claims = Map::new();
    let mut set = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    set("iss", server.issuer().into());
    set("sub", sub.into());
    set("aud", audience.as_str().into());
    set("client_id", client_id.into());
    set("jti", SecretString::random().expose().into());
    set("iat", json!(now));
    // It says no more than the evidence does.
    let expires_at = exchange.subject.expires_at.min(now + LIFETIME);
    set("exp", json!(expires_at));
    let optional = [
        ("scope", (!scopes.is_empty()).then(|| scopes.to_string().into())),
        ("resource", (!exchange.resources.is_empty()).then(|| json!(exchange.resources))),
        ("auth_time", subject.auth_time.map(|time| json!(time))),
        ("acr", subject.acr.as_deref().map(Value::from)),
        ("amr", (!subject.amr.is_empty()).then(|| json!(subject.amr))),
        ("act", act),
    ];
    for (name, value) in optional {
        value.map(|value| set(name, value));
    }
    let mut token = TokenResponse::of(
        SecretString::new(key.sign_jwt(JwtType::IdJag, &claims).await?),
        "N_A",
        expires_at.since(now),
    );
    token.extra_credentials.insert("issued_token_type".to_owned(), TOKEN_TYPE.into());
    Ok(token)
}
