//! The person's decision.

use super::Flow;
use crate::error::{ErrorCode, Result};
use crate::frame::{AuthorizationServer, grant_set};
use crate::interaction::Decision;
use crate::request::{AuthorizationRequest, Prompt};

/// RFC 6749 §3.1: "The authorization server MUST first verify the identity of the resource owner."
pub(super) async fn decide<S: AuthorizationServer>(
    flow: &mut Flow<'_, S>,
    authorization: &AuthorizationRequest,
    decided: Option<Decision>,
) -> Result<Decision> {
    let decision = match decided {
        Some(decision) => decision,
        None => grant_set::decide(flow.server, flow.request, authorization).await?,
    };
    match decision {
        // OIDC Core §3.1.2.1: with `none`, the server "MUST NOT display any authentication or consent user interface pages".
        Decision::Respond(_) if authorization.openid.has_prompt(Prompt::None) => {
            Err(ErrorCode::InteractionRequired.into())
        }
        decision => Ok(decision),
    }
}
