//! `code_challenge` and `code_challenge_method`, RFC 7636 §4.3.

use super::Flow;
use crate::client::{Client, ResponseType};
use crate::error::{Error, Result};
use crate::frame::AuthorizationServer;
use crate::model::pkce::CodeChallenge;
use crate::validator::RequestValidator as _;

/// §4.4.1: "If the server requires Proof Key for Code Exchange (PKCE) by OAuth public clients and the client does not send the
/// "code_challenge" in the request, the authorization endpoint MUST return the authorization error response with the "error"
/// value set to "invalid_request"."
pub(super) async fn check<S: AuthorizationServer>(
    flow: &mut Flow<'_, S>,
    client: &Client,
    response_type: ResponseType,
) -> Result<Option<CodeChallenge>> {
    let (challenge, method) =
        (flow.parameters.get("code_challenge"), flow.parameters.get("code_challenge_method"));
    let challenge = CodeChallenge::parse(challenge, method)?;
    if challenge.is_some() || !response_type.contains(ResponseType::CODE) {
        return Ok(challenge);
    }
    let may_do_without = S::CONFIG.danger_pkce_optional
        && !client.is_public()
        && !flow.server.validator().is_pkce_required(client, flow.request).await?;
    if may_do_without { Ok(None) } else { Err(Error::invalid_request("code challenge required")) }
}
