//! `prompt`: what the person must be asked again (OIDC Core §3.1.2.1).

use std::str::FromStr;

use super::{AuthorizationRequest, Flow, Parameters};
use crate::error::{Error, ErrorCode, Result};
use crate::server::AuthorizationServer;
use crate::validator::RequestValidator as _;

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

/// §3.1.2.1: "If this parameter contains `none` with any other value, an error is returned."
pub(super) fn check<S: AuthorizationServer>(flow: &Flow<'_, S>) -> Result<Vec<Prompt>> {
    let prompts = flow.parameters.words("prompt");
    let prompts: Vec<Prompt> = prompts.iter().map(|word| word.parse()).collect::<Result<_>>()?;
    if prompts.contains(&Prompt::None) && prompts.len() > 1 {
        return Err(Error::invalid_request("prompt has none and another value"));
    }
    Ok(prompts)
}

/// Whether a request wants no page, whatever else is wrong with it.
pub(super) fn is_silent(parameters: &Parameters) -> bool {
    parameters.get("prompt") == Some("none")
}

/// Once somebody was found without being asked: that they may be.
pub(super) async fn check_silent<S: AuthorizationServer>(
    flow: &mut Flow<'_, S>,
    authorization: &AuthorizationRequest,
) -> Result<()> {
    if !authorization.openid.has_prompt(Prompt::None) {
        return Ok(());
    }
    let validator = flow.server.validator();
    if !validator.validate_silent_login(flow.request).await? {
        return Err(ErrorCode::LoginRequired.into());
    }
    if !validator.validate_silent_authorization(flow.request).await? {
        return Err(ErrorCode::ConsentRequired.into());
    }
    Ok(())
}
