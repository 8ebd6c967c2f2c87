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

pub(super) fn acr_values<S: AuthorizationServer>(flow: &Flow<'_, S>) -> Vec<String> {
    if S::IdTokens::IS_OPENID_PROVIDER { flow.parameters.words("acr_values") } else { Vec::new() }
}

/// Checks the `acr` of the login once somebody has agreed. §5.5.1.1: "If this is an Essential Claim and the
/// requirement cannot be met, then the Authorization Server MUST treat that outcome as a failed
/// authentication attempt."
pub(super) fn check_acr(request: &Request, authorization: &AuthorizationRequest) -> Result<()> {
    let Some(wanted) = authorization.openid.claims.id_token.get("acr").filter(|acr| acr.essential) else {
        return Ok(());
    };
    if wanted.values.is_empty() || request.acr.as_deref().is_some_and(|acr| wanted.accepts(&acr.into())) {
        Ok(())
    } else {
        Err(Error::new(ErrorCode::UnmetAuthenticationRequirements)
            .describe("the login is not of a class that claims calls essential"))
    }
}
