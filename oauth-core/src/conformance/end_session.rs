//! The end session endpoint.

use serde_json::Value;

use super::answer::Answer;
use super::fixture::Decision;
use super::suite::{REDIRECT_URI, Suite, Tokens, encode};
use super::{Check, Stop};
use crate::frame::Route;

/// The answer to a client's request that the person of these tokens be signed out: nobody need be asked.
pub(super) async fn sign_out(suite: &Suite, tokens: &Tokens) -> Result<Answer, Stop> {
    let hint = tokens.response.get("id_token").and_then(Value::as_str).unwrap_or_default();
    let path = format!("{}?{}", suite.path(Route::END_SESSION)?, encode([("id_token_hint", hint)]));
    suite.walk(&path, Decision::Allow).await
}

/// "If the supplied `post_logout_redirect_uri` value does not exactly match one of the previously registered […] values, the
/// OP MUST NOT perform post-logout redirection".
pub(super) async fn oidc_rp_initiated_logout_section_3_an_unregistered_uri_is_not_redirected_to(
    suite: &Suite,
) -> Check {
    let path = suite.path(Route::END_SESSION)?;
    for uri in ["https://attacker.example/", REDIRECT_URI] {
        let params =
            [("client_id", suite.web.id.as_str()), ("post_logout_redirect_uri", uri), ("state", "a state")];
        let answer = suite.get(&format!("{path}?{}", encode(params))).await?;
        answer.expect(
            answer.location().is_none_or(|to| to.starts_with('/') || to.starts_with(&suite.report.issuer)),
            format!("no redirect to {uri}, which the client did not register"),
            "the interaction follows `post_logout_redirect_uri` without comparing it",
        )?;
    }
    Ok(())
}
