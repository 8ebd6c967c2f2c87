//! Claims of ID tokens, OIDC Core §2.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::error::{Error, Result};

/// Claims that only the server sets: OIDC Core §2, §3.1.3.6, §3.3.2.11, FAPI 1.0 Part 2 §5.1.1 (`s_hash`), Front-Channel
/// Logout §3 (`sid`) and RFC 7519 §4.1.
pub(crate) const RESERVED_IN_ID_TOKENS: [&str; 17] = [
    "iss",
    "sub",
    "aud",
    "azp",
    "exp",
    "nbf",
    "iat",
    "jti",
    "auth_time",
    "nonce",
    "acr",
    "amr",
    "sid",
    "at_hash",
    "c_hash",
    "s_hash",
    "events",
];

/// The claims of an ID token beyond those that the server sets.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IdTokenClaims(pub(crate) Map<String, Value>);

impl IdTokenClaims {
    /// Sets a claim; a later value replaces an earlier one. A `None` or null value sets nothing.
    ///
    /// # Errors
    ///
    /// `server_error` if only the server may set the claim, or the value does not serialise.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Serialize) -> Result<()> {
        let name = name.into();
        if name.is_empty() || RESERVED_IN_ID_TOKENS.contains(&name.as_str()) {
            return Err(Error::server(format!(
                "the claim `{name}` of ID tokens is the server's own and cannot be set (OpenID Connect Core §2)"
            )));
        }
        super::set(&mut self.0, name, value)
    }

    /// A claim's value.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}
