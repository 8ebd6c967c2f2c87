//! The authorization code grant, RFC 6749 §4.1, with PKCE (RFC 7636) as RFC 9700 §2.1.1 wants it.

use std::time::Duration;

use crate::binding::dpop;
use crate::client::ResponseType;
use crate::error::{Error, Result};
use crate::event::{Event, EventKind};
use crate::frame::{Asks, AuthorizationServer, Grant, ListedPart, ResponsePart, RunningServer};
use crate::interaction::Interaction;
use crate::issuing::{claim_replay_ids, include_refresh_token, mint, resource, revoke_family};
use crate::request::{AuthorizationRequest, Request};
use crate::response::{AuthorizationParameters, TokenResponse};
use crate::secret::SecretString;
use crate::store::{AuthorizationGrant, CodeRedemption, CodeStore, FamilyId, PeekedCode, StoreRoles};
use crate::validator::RequestValidator;

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
    const IS_OURS: bool = true;
    const RESPONSE: Option<ListedPart<S>> = Some(ListedPart::of::<Self>());
    const ASKS: Option<Asks<S>> = Some(Asks::for_authorization());

    async fn token(server: &RunningServer<S>, request: &mut Request) -> Result<TokenResponse> {
        let code =
            request.body().get("code").ok_or_else(|| Error::invalid_request("code is missing"))?.to_owned();
        let peeked = server.validator().peek_authorization_code(&code, request).await?;
        let PeekedCode { grant, is_taken } = peeked.ok_or_else(dead_code)?;
        // Before anything is used up or punished: whoever else has the code shall not be able to.
        check_grant(&grant, request)?;
        resource::of_granted(server, request, &grant.authorization.resources)?;
        let family = grant.authorization.family;
        if is_taken {
            // A request that is replayed as a whole, its assertion as well, punishes nobody.
            claim_replay_ids(server, request).await?;
            return Err(replayed(server, request, family).await?);
        }
        request.restore(&grant.authorization);
        let token = mint(server, request, include_refresh_token::<S>(request)).await?;
        match server.validator().redeem_authorization_code(&code, request).await? {
            CodeRedemption::Redeemed => {}
            CodeRedemption::Taken => return Err(replayed(server, request, family).await?),
            CodeRedemption::Unknown => return Err(dead_code()),
        }
        server.validator().save_bearer_token(&token, request).await?;
        server.observe(&Event::of_request(EventKind::CodeRedeemed, request));
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

/// RFC 6749 §4.1.2: "If an authorization code is used more than once, the authorization server MUST deny the request and
/// SHOULD revoke (when possible) all tokens previously issued based on that authorization code." Only a request that would
/// have been answered the first time gets here (OAuth 2.1 §4.1.3).
async fn replayed<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &Request,
    family: Option<FamilyId>,
) -> Result<Error> {
    revoke_family(server, request, family, Duration::ZERO, EventKind::CodeReplayed).await?;
    Ok(dead_code())
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
    request.establish()?;
    let granted = request.authorization()?;
    if granted.subject.is_none() || granted.auth_time.is_none() || granted.family.is_none() {
        return Err(Error::server("a code was asked for before the person was known"));
    }
    let grant = AuthorizationGrant {
        authorization: granted,
        redirect_uri: authorization.requested_redirect_uri.clone(),
        code_challenge: authorization.code_challenge.clone(),
        dpop_jkt: authorization.dpop_jkt.clone(),
        expires_at: server.now() + S::CONFIG.code_lifetime,
    };
    let code = SecretString::random();
    server.validator().save_authorization_code(&code, grant, request).await?;
    server.observe(&Event::of_request(EventKind::CodeIssued, request));
    Ok(code)
}

/// RFC 6749 §4.1.3: the server must "ensure that the authorization code was issued to the authenticated […] client",
/// and that `redirect_uri` is that of the authorization request.
fn check_grant(grant: &AuthorizationGrant, request: &Request) -> Result<()> {
    if request.client_id() != Some(grant.authorization.client_id.as_str()) {
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
    check_key(grant, request)?;
    match (&grant.code_challenge, request.body().get("code_verifier")) {
        (Some(challenge), Some(verifier)) if challenge.verify(verifier) => Ok(()),
        (Some(_), Some(_)) => Err(Error::invalid_grant("code_verifier does not match code_challenge")),
        (Some(_), None) => Err(Error::invalid_grant("code_verifier is missing")),
        // RFC 9700 §2.1.1: otherwise an attacker could strip the challenge from the authorization request.
        (None, Some(_)) => Err(Error::invalid_grant("code_verifier came without a code_challenge before it")),
        (None, None) => Ok(()),
    }
}

/// RFC 9449 §10: "When a token request is received, the authorization server computes the JWK Thumbprint of the proof-of-possession
/// public key in the DPoP proof and verifies that it matches the dpop_jkt parameter value in the authorization request. If they do
/// not match, it MUST reject the request."
fn check_key(grant: &AuthorizationGrant, request: &Request) -> Result<()> {
    let proved = dpop::key_of(request.confirmation.as_ref());
    match &grant.dpop_jkt {
        Some(expected) if proved != Some(expected.as_str()) => Err(Error::invalid_grant(
            "the DPoP proof is not by the key of the authorization request's dpop_jkt",
        )),
        _ => Ok(()),
    }
}

/// One answer for every code that cannot be redeemed, whatever the reason.
fn dead_code() -> Error {
    Error::invalid_grant("the code is unknown, expired, used, or another client's")
}
