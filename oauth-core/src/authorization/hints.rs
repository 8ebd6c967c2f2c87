//! `id_token_hint`: whom the client means (OIDC Core §3.1.2.1).

use serde_json::Value;

use super::Flow;
use crate::client::Client;
use crate::error::{Error, ErrorCode, Result};
use crate::frame::AuthorizationServer;
use crate::openid::IdTokenSigner as _;
use crate::request::{AuthorizationRequest, IdTokenHint};
use crate::validator::RequestValidator as _;

/// The subject of a hint may be known to this client only, so it must be the client's own.
pub(super) fn check<S: AuthorizationServer>(
    flow: &Flow<'_, S>,
    client: &Client,
) -> Result<Option<IdTokenHint>> {
    let hint = flow.parameters.get("id_token_hint").filter(|_| S::IdTokens::IS_OPENID_PROVIDER);
    let Some(hint) = hint else { return Ok(None) };
    let hint = IdTokenHint::verify(flow.server, hint)?;
    if hint.aud.contains(&client.client_id) {
        Ok(Some(hint))
    } else {
        Err(Error::invalid_request("id_token_hint was issued to another client"))
    }
}

/// Checks, once somebody has agreed, that it is the person whom the client asked for. §3.1.2.2: with an
/// `id_token_hint` or a `sub` in `claims`, the server "MUST NOT reply with an ID Token or Access Token for a
/// different user, even if they have an active session with the Authorization Server."
pub(super) async fn check_subject<S: AuthorizationServer>(
    flow: &mut Flow<'_, S>,
    authorization: &AuthorizationRequest,
) -> Result<()> {
    let openid = &authorization.openid;
    let hinted = openid.id_token_hint.iter().map(|hint| vec![Value::from(hint.sub.as_str())]);
    let claimed = openid.claims.subjects().map(|claim| claim.values.clone());
    for acceptable in hinted.chain(claimed).filter(|values| !values.is_empty()) {
        let mut is_match = false;
        for sub in acceptable.iter().filter_map(Value::as_str) {
            is_match = is_match || flow.server.validator().validate_user_match(sub, flow.request).await?;
        }
        if !is_match {
            return Err(login_required("someone else is logged in"));
        }
    }
    Ok(())
}

pub(super) fn login_required(why: &'static str) -> Error {
    Error::new(ErrorCode::LoginRequired).describe(why)
}
