//! Token exchange, RFC 8693: a client that got a token exchanges it for one to call on, so that it need not pass the first one on.

mod actor;
mod policy;
mod subject;

use std::sync::Arc;

pub use self::policy::{ExchangeApproval, TokenExchangePolicy};
pub use self::subject::{ExchangedToken, TokenExchangeRequest};
use super::id_jag;
use crate::claims::names_audience;
use crate::client::GrantType;
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{AuthorizationServer, Grant, RunningServer};
use crate::issuing::{issue, resource, scopes_of_body};
use crate::model::Authorization;
use crate::request::Request;
use crate::response::TokenResponse;
use crate::scope::ScopeSet;
use crate::token::IncludeRefreshToken;

/// `urn:ietf:params:oauth:grant-type:token-exchange`. Needs a [`TokenExchangePolicy`] of the validator: who may act for whom is the
/// application's to say.
///
/// The new token speaks for the person of the subject token, says in `act` who acts for them (§4.1), has no more scopes than the
/// subject token, lives no longer, and dies with its family. There is no refresh token (§2.2.1). Subject tokens are access tokens of
/// this server, and refresh tokens of the client that asks. One that is bound to a key (RFC 9449) is exchanged by whoever proves the
/// key, or whom it is meant for.
///
/// `act` names a person as the client of the actor token knows them, by a pairwise identifier where it has such, and a client by its
/// identifier. `may_act` of a subject token (§4.4) is compared with the same two, its `sub` and its `client_id`: write into it what
/// tokens tell, and not what the store calls the account.
#[derive(Debug, Clone, Copy)]
pub struct TokenExchange;

impl<S> Grant<S> for TokenExchange
where
    S: AuthorizationServer,
    S::Validator: TokenExchangePolicy,
{
    const GRANT_TYPE: Option<&'static str> = Some(GrantType::TOKEN_EXCHANGE_NAME);
    const IS_OURS: bool = true;
    /// §2.1: "Multiple "resource" parameters", and "Multiple "audience" parameters" likewise.
    const REPEATABLE: &'static [&'static str] = &["resource", "audience"];

    async fn token(server: &RunningServer<S>, request: &mut Request) -> Result<TokenResponse> {
        // §5: "Omitting client authentication allows for a compromised token to be leveraged via an STS into other tokens by anyone
        // possessing the compromised token."
        if !request.client_is_authenticated() {
            return Err(Error::unauthorized_client("token exchange is for clients that authenticate"));
        }
        let exchange = subject::read(server, request).await?;
        // Those of an identity assertion are resources of another server.
        if !exchange.is_identity_assertion {
            resource::read(server, request)?;
        }
        let asked = scopes(server, request, &exchange).await?;
        let approval = server.validator().may_exchange(&exchange, request).await?;
        let act = actor::act(&exchange, &approval)?;
        let subject = &exchange.subject.authorization;
        if exchange.is_identity_assertion {
            let known_as = approval.client_id.as_deref().ok_or(ErrorCode::InvalidTarget)?;
            // What nobody asked for, the other server decides: its scopes are not ours.
            let scopes = request.body().get("scope").map_or_else(ScopeSet::new, |_| asked);
            return id_jag::issue(server, &exchange, known_as, &scopes, act).await;
        }
        // Nobody logged in at the client that asks: it gets no ID token, and nothing that outlives the subject token.
        let mut scopes = asked;
        for scope in ["openid", "offline_access"] {
            scopes.remove(scope);
        }
        let mut authorization = Authorization {
            // Its family, its session and the time of the grant: it dies with what it was made from.
            client_id: exchange.requester.client_id.clone(),
            scopes,
            confirmation: None,
            openid: None,
            claims: serde_json::Map::new(),
            ..Authorization::clone(subject)
        };
        authorization.claims.extend(act.map(|act| ("act".to_owned(), act)));
        let audience = approval.audience.or_else(|| exchange.only_target().map(str::to_owned));
        if server.config().resources.is_empty() {
            request.restore(&Arc::new(authorization));
            if let Some(audience) = audience {
                request.claims.address(audience);
            }
        } else {
            // Without a target, it is for what the subject token was granted for.
            let targets = audience.as_deref().map_or_else(|| exchange.targets(), |audience| vec![audience]);
            let resources = resource::requested(server, &exchange.requester, targets.into_iter())?;
            // Several by `resource` are for the hook to pick from; an `audience` beside them would be passed over.
            if resources.len() > 1 && !exchange.audiences.is_empty() {
                return Err(resource::invalid_target("a token is for one resource"));
            }
            if resources.is_empty() {
                let aud = &exchange.subject.claims;
                authorization.resources.retain(|uri| !aud.contains_key("aud") || names_audience(aud, uri));
            } else {
                authorization.resources = resources;
            }
            request.restore(&Arc::new(authorization));
        }
        request.issuing.expires_at_most = Some(exchange.subject.expires_at);
        let mut token = issue(server, request, IncludeRefreshToken::No).await?;
        token.extra_credentials.insert("issued_token_type".to_owned(), subject::ACCESS_TOKEN.into());
        Ok(token)
    }
}

/// The scopes of the new token: those asked for, or else those of the subject token, as far as the client may have them.
///
/// # Errors
///
/// `invalid_scope` if more is asked for than the subject token has: exchange narrows, and never widens.
async fn scopes<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    exchange: &TokenExchangeRequest,
) -> Result<ScopeSet> {
    if request.body().get("scope").is_none() {
        return Ok(exchange.subject.scopes.intersection(&exchange.requester.scope));
    }
    let asked = scopes_of_body(server, request).await?;
    if asked.is_subset(&exchange.subject.scopes) {
        Ok(asked)
    } else {
        Err(Error::invalid_scope("a scope is not one of the subject token's"))
    }
}
