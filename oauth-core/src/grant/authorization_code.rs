//! The authorization code grant, RFC 6749 §4.1, with PKCE (RFC 7636) as RFC 9700 §2.1.1 wants it.

use std::time::Duration;

use super::{
    Asks, Grant, ListedPart, ResponsePart, ResponseType, include_refresh_token, issue, revoke_family,
};
use crate::authorization::{AuthorizationParameters, AuthorizationRequest};
use crate::error::{Error, Result};
use crate::interaction::Interaction;
use crate::request::Request;
use crate::secret::{SecretString, TokenHash};
use crate::server::{AuthorizationServer, RunningServer};
use crate::store::{AuthorizationGrant, CodeRedemption, CodeStore, RefreshToken, TokenStore as _};
use crate::token::TokenResponse;
use crate::validator::{RequestValidator, StoreRoles};

/// `authorization_code`. Needs a store for codes and an interaction.
#[derive(Debug, Clone, Copy)]
pub struct AuthorizationCode;

impl<S> Grant<S> for AuthorizationCode
where
    S: AuthorizationServer,
    <S::Validator as StoreRoles>::Codes: CodeStore,
    S::Interaction: Interaction<S::Validator>,
{
    const GRANT_TYPE: Option<&'static str> = Some("authorization_code");
    const RESPONSE: Option<ListedPart<S>> = Some(ListedPart::of::<Self>());
    const ASKS: Option<Asks<S>> = Some(Asks::for_authorization());

    async fn token(server: &RunningServer<S>, request: &mut Request) -> Result<TokenResponse> {
        let code =
            request.body().get("code").ok_or_else(|| Error::invalid_request("code is missing"))?.to_owned();
        let grant = match server.validator().redeem_authorization_code(&code, request).await? {
            CodeRedemption::Redeemed(grant) => grant,
            // RFC 6749 §4.1.2: "If an authorization code is used more than once, the authorization server MUST deny
            // the request and SHOULD revoke (when possible) all tokens previously issued based on that authorization
            // code."
            CodeRedemption::Replayed { family } => {
                revoke_family(server, family, Duration::ZERO).await?;
                return Err(dead_code());
            }
            CodeRedemption::Unknown => return Err(dead_code()),
        };
        check_grant(&grant, request)?;
        request.claims.restore(grant.claims.clone());
        request.subject = Some(grant.subject);
        request.auth_time = Some(grant.auth_time);
        request.family = Some(grant.family);
        request.openid = grant.openid;
        request.scopes = Some(grant.scopes.clone());
        let token = issue(server, request, include_refresh_token::<S>(request)).await?;
        if let Some(refresh_token) = &token.refresh_token {
            let record = RefreshToken::issued(refresh_token, S::CONFIG.refresh_token_lifetime, request)?;
            let record = RefreshToken { scopes: grant.scopes, claims: grant.claims, ..record };
            server.validator().tokens().save_refresh_token(record).await?;
        }
        Ok(token)
    }
}

impl<S> ResponsePart<S> for AuthorizationCode
where
    S: AuthorizationServer,
    <S::Validator as StoreRoles>::Codes: CodeStore,
{
    const RESPONSE_TYPE: ResponseType = ResponseType::CODE;

    async fn authorize(
        server: &RunningServer<S>,
        request: &mut Request,
        authorization: &AuthorizationRequest,
        response: &mut AuthorizationParameters,
    ) -> Result<()> {
        response.code = Some(issue_code(server, request, authorization).await?);
        Ok(())
    }
}

/// The default of [`RequestValidator::redeem_authorization_code`].
pub(crate) async fn redeem<V>(validator: &V, code: &str, request: &mut Request) -> Result<CodeRedemption>
where
    V: RequestValidator,
    V::Codes: CodeStore,
{
    Ok(validator.codes().take_code(&TokenHash::of(code), request.now()).await?)
}

async fn issue_code<S>(
    server: &RunningServer<S>,
    request: &mut Request,
    authorization: &AuthorizationRequest,
) -> Result<SecretString>
where
    S: AuthorizationServer,
    <S::Validator as StoreRoles>::Codes: CodeStore,
{
    let missing = || Error::server("a code was asked for before the person was known");
    let grant = AuthorizationGrant {
        client_id: authorization.client.client_id.clone(),
        redirect_uri: authorization.requested_redirect_uri.clone(),
        subject: request.subject.clone().ok_or_else(missing)?,
        scopes: request.scopes.clone().unwrap_or_default(),
        code_challenge: authorization.code_challenge.clone(),
        auth_time: request.auth_time.ok_or_else(missing)?,
        claims: request.claims.as_map().clone(),
        openid: request.openid.clone(),
        family: request.family.ok_or_else(missing)?,
        expires_at: server.now() + S::CONFIG.code_lifetime,
    };
    let code = SecretString::random();
    server.validator().save_authorization_code(&code, grant, request).await?;
    Ok(code)
}

/// RFC 6749 §4.1.3: the server must "ensure that the authorization code was issued to the authenticated […] client",
/// and that `redirect_uri` is that of the authorization request.
fn check_grant(grant: &AuthorizationGrant, request: &Request) -> Result<()> {
    if request.client_id() != Some(grant.client_id.as_str()) {
        return Err(dead_code());
    }
    let redirect_uri = request.body().get("redirect_uri");
    let same_redirect_uri = match (redirect_uri, &grant.redirect_uri) {
        (Some(given), Some(expected)) => given == expected,
        // OAuth 2.1 §10.2: a client of OAuth 2.1 leaves it out; PKCE binds its code instead.
        (None, Some(_)) => grant.code_challenge.is_some(),
        (Some(_), None) => false,
        (None, None) => true,
    };
    if !same_redirect_uri {
        return Err(Error::invalid_grant("redirect_uri is not that of the authorization request"));
    }
    match (&grant.code_challenge, request.body().get("code_verifier")) {
        (Some(challenge), Some(verifier)) if challenge.verify(verifier) => Ok(()),
        (Some(_), Some(_)) => Err(Error::invalid_grant("code_verifier does not match code_challenge")),
        (Some(_), None) => Err(Error::invalid_grant("code_verifier is missing")),
        // RFC 9700 §2.1.1: otherwise an attacker could strip the challenge from the authorization request.
        (None, Some(_)) => Err(Error::invalid_grant("code_verifier came without a code_challenge before it")),
        (None, None) => Ok(()),
    }
}

/// One answer for every code that cannot be redeemed, whatever the reason.
fn dead_code() -> Error {
    Error::invalid_grant("the code is unknown, expired, used, or another client's")
}
