//! The answers that the browser brings back, and the code in them.

use http::StatusCode;

use crate::conformance::answer::Answer;
use crate::conformance::id_token::id_token;
use crate::conformance::suite::{Suite, pkce};
use crate::conformance::{Check, Stop};
use crate::frame::Route;
use crate::scope::ScopeSet;

const LIKELY: &str =
    "a hook of the validator refuses, or a layer in front of the endpoints changes the redirect";

/// The answer to a good request, with this `state` or without any, and with these scopes.
async fn authorized(suite: &Suite, state: Option<&str>, scope: &str) -> Result<Answer, Stop> {
    let (_, challenge) = pkce();
    let mut params = suite.web.authorization(&challenge, scope);
    params.retain(|(name, _)| *name != "state");
    params.extend(state.map(|state| ("state", state)));
    suite.authorize(&params).await
}

/// No. 10 and 11: "shall not use the HTTP 307 status code", "should use the HTTP 303 status code".
pub(in crate::conformance) async fn fapi2_section_5_3_2_2_the_browser_goes_back_by_303(
    suite: &Suite,
) -> Check {
    let answer = authorized(suite, None, &suite.scope()).await?;
    answer.expect(answer.status == StatusCode::SEE_OTHER, "status 303", LIKELY)
}

/// HTTP Strict Transport Security. Where the issuer is on loopback, there is no TLS.
pub(in crate::conformance) async fn fapi2_section_5_2_3_connections_of_browsers_are_not_downgraded(
    suite: &Suite,
) -> Check {
    if !suite.origin.starts_with("https://") {
        return Err(Stop::NotEnabled("an issuer of https".to_owned()));
    }
    let answer = suite.get(suite.path(Route::AUTHORIZATION)?).await?;
    let has_policy = answer.header("strict-transport-security").contains("max-age=");
    answer.expect(
        has_policy,
        "Strict-Transport-Security",
        "a layer in front of the endpoints takes the header away",
    )
}

/// Note 4: a state may be a JWT, and "could be in excess of 1000 characters".
pub(in crate::conformance) async fn fapi2_section_5_3_2_2_a_state_of_a_thousand_characters_comes_back(
    suite: &Suite,
) -> Check {
    let state = "state-".repeat(200);
    let answer = authorized(suite, Some(&state), &suite.scope()).await?;
    let params = answer.params(suite.web.redirect_uri)?;
    let is_there = params.get("state") == Some(&state) && params.contains_key("code");
    answer.expect(is_there, "a code, and the state as it was", LIKELY)
}

pub(in crate::conformance) async fn fapi2_section_5_3_2_2_where_no_state_was_none_comes_back(
    suite: &Suite,
) -> Check {
    let answer = authorized(suite, None, &suite.scope()).await?;
    let params = answer.params(suite.web.redirect_uri)?;
    let is_absent = params.contains_key("code") && !params.contains_key("state");
    answer.expect(is_absent, "a code, and no state", LIKELY)
}

/// No. 14: "shall support nonce parameter values up to 64 characters in length".
pub(in crate::conformance) async fn fapi2_section_5_3_2_2_a_nonce_of_64_characters_is_taken(
    suite: &Suite,
) -> Check {
    let nonce = "n".repeat(64);
    let (jwt, tokens) = id_token(suite, Some(&nonce)).await?;
    tokens.answer.expect(jwt.claim("nonce") == Some(&nonce), "the nonce in the ID token", LIKELY)
}

/// RFC 6749 §3.3: "The order does not matter".
pub(in crate::conformance) async fn fapi2_section_5_3_2_2_scopes_are_asked_for_in_any_order(
    suite: &Suite,
) -> Check {
    let mut names: Vec<_> = suite.report.scopes.iter().map(|scope| scope.name).collect();
    names.reverse();
    let reversed = names.join(" ");
    let tokens = suite.tokens_for(&suite.web, &reversed).await?;
    let granted = tokens.response.get("scope").and_then(|scope| scope.as_str()).unwrap_or(&reversed);
    let is_all = ScopeSet::parse(granted).ok() == ScopeSet::parse(&reversed).ok();
    tokens.answer.expect(is_all, format!("the scopes {reversed}, in any order"), LIKELY)
}

pub(in crate::conformance) async fn fapi2_section_5_3_2_1_a_code_of_a_minute_ago_is_refused(
    suite: &Suite,
) -> Check {
    let code = suite.code(&suite.web).await?;
    suite.wait(62);
    let likely =
        "the store of codes changes `AuthorizationGrant::expires_at`, or a hook redeems codes by itself";
    suite.redeem(&suite.web, &code).await?.error(400, "invalid_grant", likely)
}
