//! `dpop_jkt`: the key that the code is bound to, RFC 9449 §10.

use super::Flow;
use crate::client::{Client, ResponseType};
use crate::error::{Error, Result};
use crate::frame::AuthorizationServer;

/// The length of a SHA-256 in base64url.
const LENGTH: usize = 43;

/// The value is "the JWK Thumbprint [RFC7638] of the proof-of-possession public key using the SHA-256 hash function". Where nothing
/// is bound, the parameter is unknown, and ignored (RFC 6749 §3.1).
///
/// A client whose tokens are always bound gets none from the authorization endpoint, where nobody proves a key.
pub(super) fn check<S: AuthorizationServer>(
    flow: &Flow<'_, S>,
    client: &Client,
    response_type: ResponseType,
) -> Result<Option<String>> {
    if client.dpop_bound_access_tokens && response_type.contains(ResponseType::TOKEN) {
        return Err(Error::invalid_request(
            "the client registered dpop_bound_access_tokens, and a token of the authorization endpoint is bound to nothing (RFC 9449 \
             section 5.2)",
        ));
    }
    let Some(dpop_jkt) = flow.parameters.text("dpop_jkt").filter(|_| S::CONFIG.dpop.is_some()) else {
        return Ok(None);
    };
    let is_base64url = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if dpop_jkt.len() != LENGTH || !dpop_jkt.bytes().all(is_base64url) {
        return Err(Error::invalid_request("dpop_jkt is no SHA-256 in base64url (RFC 9449 section 10)"));
    }
    Ok(Some(dpop_jkt))
}
