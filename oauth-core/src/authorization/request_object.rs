//! `request`, `request_uri` and `registration`, which this server does not read.

use super::Flow;
use crate::error::{Error, ErrorCode, Result};
use crate::frame::AuthorizationServer;
use crate::openid::IdTokenSigner as _;

/// OIDC Core §3.1.2.6: what this server does not read must not be passed over, for it may say something else than the query. To
/// a server that is no OpenID provider these are unknown, and "MUST" be ignored (RFC 6749 §3.1).
pub(super) fn check<S: AuthorizationServer>(flow: &Flow<'_, S>) -> Result<()> {
    if !S::IdTokens::IS_OPENID_PROVIDER {
        return Ok(());
    }
    [
        ("request", ErrorCode::RequestNotSupported),
        ("request_uri", ErrorCode::RequestUriNotSupported),
        ("registration", ErrorCode::RegistrationNotSupported),
    ]
    .into_iter()
    .find(|(name, _)| flow.parameters.get(name).is_some())
    .map_or(Ok(()), |(name, code)| {
        Err(Error::new(code).describe(format!("this server does not read {name}")))
    })
}
