//! Clients whose tokens are always bound.

use serde_json::Value;

use super::JKT;
use crate::client::Client;
use crate::error::{Error, Result};

/// The thumbprint of the key that a confirmation names.
pub(crate) fn key_of(confirmation: Option<&Value>) -> Option<&str> {
    confirmation?.get(JKT)?.as_str()
}

/// FAPI 2.0 §5.3.2.1: authorization servers "shall only issue sender-constrained access tokens".
pub(crate) fn check_bound(confirmation: Option<&Value>) -> Result<()> {
    if key_of(confirmation).is_none() {
        return Err(Error::invalid_request(
            "every access token is bound to a key here, and the request has no DPoP proof (FAPI 2.0 section 5.3.2.1)",
        ));
    }
    Ok(())
}

/// §5.2: "If true, the authorization server MUST reject token requests from the client that do not contain the DPoP header."
pub(crate) fn check_bound_client(client: &Client, confirmation: Option<&Value>) -> Result<()> {
    if client.dpop_bound_access_tokens && key_of(confirmation).is_none() {
        return Err(Error::invalid_request(
            "the client registered dpop_bound_access_tokens, and the request has no DPoP proof (RFC 9449 section 5.2)",
        ));
    }
    Ok(())
}
