//! `scope`: what the client wants access to.

use super::Flow;
use crate::client::ResponseType;
use crate::error::{Error, Result};
use crate::frame::AuthorizationServer;
use crate::issuing::requested_scopes;
use crate::openid::IdTokenSigner as _;
use crate::request::{AuthorizationRequest, Request};
use crate::scope::ScopeSet;

/// RFC 6749 §3.3, RFC 8628 §3.1: the scopes that are asked for, or the defaults, which the request has from now on.
pub(crate) async fn read<S: AuthorizationServer>(flow: &mut Flow<'_, S>) -> Result<ScopeSet> {
    let scopes = requested_scopes(flow.server, flow.request, flow.parameters.get("scope")).await?;
    flow.request.validated.scopes = Some(scopes.clone());
    Ok(scopes)
}

/// The same, and what OpenID Connect says of them.
pub(super) async fn check<S: AuthorizationServer>(
    flow: &mut Flow<'_, S>,
    response_type: ResponseType,
) -> Result<ScopeSet> {
    let mut scopes = read(flow).await?;
    let has_code = response_type.contains(ResponseType::CODE);
    // OIDC Core §11: the server "MUST ignore the `offline_access` request unless the Client is using a `response_type` value
    // that would result in an Authorization Code being returned". What has not the scope `openid` is no request of OpenID
    // Connect.
    if S::IdTokens::IS_OPENID_PROVIDER && scopes.contains("openid") && !has_code {
        scopes.remove("offline_access");
    }
    // OIDC Core §3.1.2.1: "OpenID Connect requests MUST contain the `openid` scope value."
    if response_type.contains(ResponseType::ID_TOKEN) && !scopes.contains("openid") {
        return Err(Error::invalid_scope("an id_token needs the scope openid"));
    }
    flow.request.validated.scopes = Some(scopes.clone());
    Ok(scopes)
}

/// Checks, once somebody has agreed, that they agreed to an ID token, if one is asked for.
pub(super) fn check_granted(request: &Request, authorization: &AuthorizationRequest) -> Result<()> {
    if authorization.response_type.contains(ResponseType::ID_TOKEN) && request.openid.is_none() {
        return Err(Error::access_denied("the resource owner did not grant openid"));
    }
    Ok(())
}
