//! Whether who approved, and how they logged in, is what the client asked for. Interactions should see to it themselves;
//! here it is certain, whoever wrote them.

use std::time::Duration;

use serde_json::Value;

use super::{AuthorizationRequest, Prompt};
use crate::error::{Error, ErrorCode, Result};
use crate::grant::ResponseType;
use crate::request::Request;
use crate::server::{AuthorizationServer, RunningServer};
use crate::validator::RequestValidator as _;

/// Who logs in because of `max_age` needs a moment to come back from there.
const WAY_BACK: Duration = Duration::from_secs(10);

/// The request has the subject, the time of the login and the granted scopes.
pub(super) async fn check<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    authorization: &AuthorizationRequest,
) -> Result<()> {
    let openid = &authorization.openid;
    if authorization.response_type.contains(ResponseType::ID_TOKEN) && request.openid.is_none() {
        return Err(Error::access_denied("the resource owner did not grant openid"));
    }
    // OIDC Core §3.1.2.1: "If the elapsed time is greater than this value, the OP MUST attempt to actively re-authenticate
    // the End-User."
    let is_too_old =
        |auth_time| openid.max_age.is_some_and(|max_age| server.now() > auth_time + max_age + WAY_BACK);
    if request.auth_time.is_some_and(is_too_old) {
        return Err(login_required("the login is older than max_age"));
    }
    check_subject(server, request, authorization).await?;
    check_acr(request, authorization)?;
    if openid.has_prompt(Prompt::None) {
        if !server.validator().validate_silent_login(request).await? {
            return Err(ErrorCode::LoginRequired.into());
        }
        if !server.validator().validate_silent_authorization(request).await? {
            return Err(ErrorCode::ConsentRequired.into());
        }
    }
    Ok(())
}

/// §3.1.2.2: with an `id_token_hint` or a `sub` in `claims`, the server "MUST NOT reply with an ID Token or Access Token for
/// a different user, even if they have an active session with the Authorization Server."
async fn check_subject<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    authorization: &AuthorizationRequest,
) -> Result<()> {
    let openid = &authorization.openid;
    let hinted = openid.id_token_hint.iter().map(|hint| vec![Value::from(hint.sub.as_str())]);
    let claimed = openid.claims.subjects().map(|claim| claim.values.clone());
    for acceptable in hinted.chain(claimed).filter(|values| !values.is_empty()) {
        let mut is_match = false;
        for sub in acceptable.iter().filter_map(Value::as_str) {
            is_match = is_match || server.validator().validate_user_match(sub, request).await?;
        }
        if !is_match {
            return Err(login_required("someone else is logged in"));
        }
    }
    Ok(())
}

/// §5.5.1.1: "If this is an Essential Claim and the requirement cannot be met, then the Authorization Server MUST treat that
/// outcome as a failed authentication attempt."
fn check_acr(request: &Request, authorization: &AuthorizationRequest) -> Result<()> {
    let Some(wanted) = authorization.openid.claims.id_token.get("acr").filter(|acr| acr.essential) else {
        return Ok(());
    };
    if wanted.values.is_empty() || request.acr.as_deref().is_some_and(|acr| wanted.accepts(&acr.into())) {
        Ok(())
    } else {
        Err(Error::new(ErrorCode::UnmetAuthenticationRequirements)
            .describe("the login is not of a class that claims calls essential"))
    }
}

fn login_required(why: &'static str) -> Error {
    Error::new(ErrorCode::LoginRequired).describe(why)
}
