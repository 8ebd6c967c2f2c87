//! `nonce`: what binds an ID token to the client's session (OIDC Core §3.1.2.1).

use super::Flow;
use crate::client::ResponseType;
use crate::error::{Error, Result};
use crate::frame::AuthorizationServer;

/// OIDC Core §3.2.2.1 and §3.3.2.11: "nonce […] REQUIRED", where the ID token comes through the browser.
pub(super) fn check<S: AuthorizationServer>(
    flow: &Flow<'_, S>,
    response_type: ResponseType,
) -> Result<Option<String>> {
    let nonce = flow.parameters.text("nonce");
    if nonce.is_none() && response_type.contains(ResponseType::ID_TOKEN) {
        return Err(Error::invalid_request("nonce is missing"));
    }
    Ok(nonce)
}
