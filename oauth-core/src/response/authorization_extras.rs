//! The access of a code modifier to an authorization response: it may add to it.

use std::fmt;

use super::{AuthorizationParameters, check_name};
use crate::error::Result;

/// An authorization response, for [`code_modifier`](crate::validator::RequestValidator::code_modifier): it can be added to.
/// Nothing that is there can be changed or read.
pub struct AuthorizationExtras<'a>(&'a mut AuthorizationParameters);

impl<'a> AuthorizationExtras<'a> {
    pub(crate) const fn new(response: &'a mut AuthorizationParameters) -> Self {
        Self(response)
    }

    /// Adds a parameter; a later value replaces an earlier one. It travels through the browser: no secrets.
    ///
    /// # Errors
    ///
    /// `server_error` if the name has a meaning of its own, such as `code` or `state`.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<String>) -> Result<()> {
        let (name, value) = (name.into(), value.into());
        check_name(&name)?;
        self.0.extra.retain(|(known, _)| *known != name);
        self.0.extra.push((name, value));
        Ok(())
    }

    /// Tells whether the response carries a code.
    pub const fn has_code(&self) -> bool {
        self.0.code.is_some()
    }
}

impl fmt::Debug for AuthorizationExtras<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.0.extra.iter().map(|(name, _)| name).collect();
        f.debug_tuple("AuthorizationExtras").field(&names).finish()
    }
}
