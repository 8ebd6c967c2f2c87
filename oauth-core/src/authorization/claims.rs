//! `claims` and `acr_values`: what the client asks for by name (OIDC Core §3.1.2.1, §5.5).

use super::Flow;
use crate::error::{Error, ErrorCode, Result};
use crate::frame::AuthorizationServer;
use crate::model::ClaimsRequest;
use crate::openid::IdTokenSigner as _;
use crate::request::{AuthorizationRequest, Request};

/// Reads the parameter `claims`. To a server that is no OpenID provider it is unknown, and "MUST" be ignored
/// (RFC 6749 §3.1); `acr_values` likewise.
pub(super) fn check<S: AuthorizationServer>(flow: &Flow<'_, S>) -> Result<ClaimsRequest> {
    let claims = flow.parameters.get("claims").filter(|_| S::IdTokens::IS_OPENID_PROVIDER);
    Ok(claims.map(ClaimsRequest::parse).transpose()?.unwrap_or_default())
}

/// Reads `acr_values`. A server that names those that it supports "will understand and honor the acr_values and max_age parameters"
/// (RFC 9470 §7), OpenID provider or not: where it supports none of those that are asked for, nobody needs to log in to learn it.
pub(super) fn acr_values<S: AuthorizationServer>(flow: &Flow<'_, S>) -> Result<Vec<String>> {
    let supported = S::CONFIG.acr_values;
    if !S::IdTokens::IS_OPENID_PROVIDER && supported.is_empty() {
        return Ok(Vec::new());
    }
    let asked = flow.parameters.words("acr_values");
    let is_possible = asked.is_empty() || asked.iter().any(|acr| supported.contains(&acr.as_str()));
    if supported.is_empty() || is_possible { Ok(asked) } else { Err(unmet("acr_values asks for")) }
}

/// Checks the `acr` of the login once somebody has agreed. §5.5.1.1: "If this is an Essential Claim and the
/// requirement cannot be met, then the Authorization Server MUST treat that outcome as a failed
/// authentication attempt."
///
/// RFC 9470 §5: the server "SHOULD consider the requested acr value as necessary for successfully fulfilling the request", or clients
/// get tokens that the resource refused already. One that names no values it supports makes no such promise: to it `acr_values` is a
/// "Voluntary Claim" (OIDC Core §3.1.2.1).
pub(super) fn check_acr<S: AuthorizationServer>(
    request: &Request,
    authorization: &AuthorizationRequest,
) -> Result<()> {
    let (openid, acr) = (&authorization.openid, request.acr.as_deref());
    if !openid.accepts_essential_acr(acr) {
        return Err(unmet("claims calls essential"));
    }
    if !S::CONFIG.acr_values.is_empty() && !openid.accepts_acr(acr) {
        return Err(unmet("acr_values asks for"));
    }
    Ok(())
}

fn unmet(asked: &str) -> Error {
    Error::new(ErrorCode::UnmetAuthenticationRequirements)
        .describe(format!("the login is not of a class that {asked}"))
}
