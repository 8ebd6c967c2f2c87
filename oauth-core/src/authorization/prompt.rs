//! `prompt`: what the person must be asked again (OIDC Core §3.1.2.1).

use super::{Flow, Parameters};
use crate::error::{Error, ErrorCode, Result};
use crate::frame::AuthorizationServer;
use crate::request::{AuthorizationRequest, Prompt};
use crate::validator::RequestValidator as _;

/// §3.1.2.1: "If this parameter contains `none` with any other value, an error is returned."
pub(super) fn check<S: AuthorizationServer>(flow: &Flow<'_, S>) -> Result<Vec<Prompt>> {
    let prompts = flow.parameters.words("prompt");
    let prompts: Vec<Prompt> = prompts.iter().map(|word| word.parse()).collect::<Result<_>>()?;
    if prompts.contains(&Prompt::None) && prompts.len() > 1 {
        return Err(Error::invalid_request("prompt has none and another value"));
    }
    Ok(prompts)
}

/// Tells whether a request wants no page, whatever else is wrong with it.
pub(super) fn is_silent(parameters: &Parameters) -> bool {
    parameters.get("prompt") == Some("none")
}

/// Checks that somebody may be found without being asked, once they were.
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
