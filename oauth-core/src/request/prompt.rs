//! `prompt`: what the person must be asked again (OIDC Core §3.1.2.1).

use std::str::FromStr;

use crate::error::{Error, Result};

/// A value of `prompt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Prompt {
    /// No page: what cannot be decided without one is an error.
    None,
    /// Log in, again if need be.
    Login,
    /// Agree, again if need be.
    Consent,
    /// Choose an account.
    SelectAccount,
}

impl FromStr for Prompt {
    type Err = Error;

    /// # Errors
    ///
    /// `invalid_request` for a value that this server does not offer.
    fn from_str(text: &str) -> Result<Self, Error> {
        Ok(match text {
            "none" => Self::None,
            "login" => Self::Login,
            "consent" => Self::Consent,
            "select_account" => Self::SelectAccount,
            _ => return Err(Error::invalid_request("this server does not offer the prompt")),
        })
    }
}
