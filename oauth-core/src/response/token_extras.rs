//! The additions that modifiers may make to a response.

use std::fmt;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use super::TokenResponse;
use crate::error::{Error, Result};
use crate::scope::ScopeSet;

/// Names of responses that specifications have given a meaning: RFC 6749 §4.1.2, §4.1.2.1, §5.1 and §5.2, RFC 9207,
/// OpenID Connect Core and Session Management, JARM.
const RESERVED: [&str; 14] = [
    "access_token",
    "token_type",
    "expires_in",
    "refresh_token",
    "scope",
    "id_token",
    "code",
    "state",
    "iss",
    "error",
    "error_description",
    "error_uri",
    "session_state",
    "response",
];

/// `server_error` for a name that is the framework's: a mistake in the application, so it is logged and the request fails,
/// rather than a response going out without the member.
pub(crate) fn check_name(name: &str) -> Result<()> {
    if name.is_empty() || RESERVED.contains(&name) {
        return Err(Error::server(format!(
            "a modifier cannot set `{name}`, which the framework sets: choose another name"
        )));
    }
    Ok(())
}

/// A token response, for [`token_modifier`](crate::validator::RequestValidator::token_modifier): it can be read and added
/// to. Nothing that is there can be changed, and neither token be read.
pub struct TokenExtras<'a>(&'a mut TokenResponse);

impl<'a> TokenExtras<'a> {
    pub(crate) const fn new(response: &'a mut TokenResponse) -> Self {
        Self(response)
    }

    /// Adds a member (RFC 6749 §5.1: "parameters […] included in the entity-body"). A `None` or null value adds nothing; a
    /// later value replaces an earlier one.
    ///
    /// # Errors
    ///
    /// `server_error` if the name has a meaning of its own, such as `access_token` or `scope`, or the value does not serialise.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Serialize) -> Result<()> {
        let name = name.into();
        check_name(&name)?;
        let value = serde_json::to_value(value)
            .map_err(|cause| Error::server(format!("the member `{name}` does not serialise: {cause}")))?;
        if !value.is_null() {
            self.0.extra_credentials.insert(name, value);
        }
        Ok(())
    }

    /// A member that was added before.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.extra_credentials.get(name)
    }

    /// `expires_in`.
    pub const fn expires_in(&self) -> Duration {
        self.0.expires_in
    }

    /// `scope`.
    pub const fn scopes(&self) -> Option<&ScopeSet> {
        self.0.scopes.as_ref()
    }

    /// Tells whether there is a refresh token.
    pub const fn has_refresh_token(&self) -> bool {
        self.0.refresh_token.is_some()
    }
}

impl fmt::Debug for TokenExtras<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
