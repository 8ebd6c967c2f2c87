//! The successful token response, RFC 6749 §5.1.

use std::fmt;
use std::time::Duration;

use serde_json::{Map, Value};

use crate::scope::ScopeSet;
use crate::secret::SecretString;

/// What [`BearerToken::create_token`](super::BearerToken::create_token) made and the token endpoint sends.
///
/// `Debug` shows neither tokens nor the values of the further members.
#[derive(Clone)]
#[non_exhaustive]
pub struct TokenResponse {
    /// `access_token`.
    pub access_token: SecretString,
    /// `expires_in`, sent in seconds.
    pub expires_in: Duration,
    /// `refresh_token`, if one was issued.
    pub refresh_token: Option<SecretString>,
    /// `scope`; `None` if the request never got as far as scopes.
    pub scopes: Option<ScopeSet>,
    /// Further members. None of them replaces one above.
    pub extra_credentials: Map<String, Value>,
}

impl TokenResponse {
    /// The JSON object of RFC 6749 §5.1. The extra members come first, so that ours win.
    pub fn to_json(&self) -> Map<String, Value> {
        let mut json = self.extra_credentials.clone();
        json.insert("access_token".into(), self.access_token.expose().into());
        json.insert("token_type".into(), "Bearer".into());
        json.insert("expires_in".into(), self.expires_in.as_secs().into());
        // Not ours to send is not there at all: an extra member cannot pose as one of these either.
        json.remove("refresh_token");
        json.remove("scope");
        if let Some(refresh_token) = &self.refresh_token {
            json.insert("refresh_token".into(), refresh_token.expose().into());
        }
        // RFC 6749 §3.3: a scope has at least one token.
        if let Some(scopes) = self.scopes.as_ref().filter(|scopes| !scopes.is_empty()) {
            json.insert("scope".into(), scopes.to_string().into());
        }
        json
    }
}

impl fmt::Debug for TokenResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenResponse")
            .field("expires_in", &self.expires_in)
            .field("has_refresh_token", &self.refresh_token.is_some())
            .field("scopes", &self.scopes)
            .field("extra_credentials", &self.extra_credentials.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
