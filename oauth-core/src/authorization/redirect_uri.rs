//! `redirect_uri`: where the answer goes.

use super::Flow;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::frame::AuthorizationServer;
use crate::validator::RequestValidator as _;

/// The redirect URI, and as it was requested, if it was. RFC 6749 §4.1.2.1: "If the request fails due to a missing, invalid, or
/// mismatching redirection URI, or if the client identifier is missing or invalid, the authorization server SHOULD inform the
/// resource owner of the error and MUST NOT automatically redirect the user-agent to the invalid redirection URI."
pub(super) async fn check<S: AuthorizationServer>(
    flow: &mut Flow<'_, S>,
    client: &Client,
) -> Result<(String, Option<String>)> {
    let validator = flow.server.validator();
    if let Some(requested) = flow.parameters.text("redirect_uri") {
        validator.validate_redirect_uri(client, &requested, flow.request).await?;
        return Ok((requested.clone(), Some(requested)));
    }
    // FAPI 2.0 §5.3.2.2: "shall require the redirect_uri parameter in pushed authorization requests".
    if S::CONFIG.profile.is_fapi2() {
        return Err(Error::invalid_request("redirect_uri is missing (FAPI 2.0 section 5.3.2.2)"));
    }
    let default = validator.get_default_redirect_uri(client, flow.request).await?;
    Ok((default.ok_or_else(Error::unregistered)?, None))
}
