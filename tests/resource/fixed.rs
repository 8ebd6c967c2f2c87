//! A validator without a server.

use oauth_core::error::Error;
use oauth_core::prelude::*;
use oauth_core::resource::{TokenValidator, ValidatedToken};
use serde_json::json;

/// Knows one token.
pub(crate) struct Fixed;

impl TokenValidator for Fixed {
    async fn validate(&self, token: &str) -> Result<ValidatedToken> {
        if token != "good" {
            return Err(Error::invalid_token("the access token is unknown"));
        }
        let claims = json!({ "sub": "alice", "scope": "calendar.read" });
        ValidatedToken::from_claims(claims.as_object().unwrap().clone())
    }
}
