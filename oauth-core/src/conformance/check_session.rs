//! The page that watches the session, and `session_state`.

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::answer::Answer;
use super::end_session::sign_out;
use super::id_token::id_token_of;
use super::suite::{REDIRECT_URI, Suite, pkce};
use super::{Check, Stop};
use crate::frame::Route;
use crate::openid::browser_state_cookie;

const LIKELY: &str = "the interaction does not say how the browser's state is known: set the cookie `browser_state_cookie(…)`, \
                      readable by scripts, and `Approval::browser_state` to its value";

/// The `session_state` of a response, if there is one.
async fn session_state(suite: &Suite, scope: &str) -> Result<(Option<String>, Answer), Stop> {
    let (_, challenge) = pkce();
    let answer = suite.authorize(&suite.web.authorization(&challenge, scope)).await?;
    let params = answer.params(REDIRECT_URI)?;
    answer.expect(params.contains_key("code"), "a code", "the interaction refuses")?;
    Ok((params.get("session_state").cloned(), answer))
}

async fn required_session_state(suite: &Suite) -> Result<(String, Answer), Stop> {
    let (state, answer) = session_state(suite, "openid").await?;
    let state = state.ok_or_else(|| answer.fail("`session_state`", LIKELY))?;
    Ok((state, answer))
}

pub(super) async fn oidc_session_management_section_3_2_the_page_can_be_framed(suite: &Suite) -> Check {
    let answer = suite.get(suite.path(Route::CHECK_SESSION)?).await?;
    let is_page =
        answer.status == http::StatusCode::OK && answer.header("content-type").starts_with("text/html");
    let likely = "a layer answers instead, or adds headers to every answer";
    answer.expect(is_page, "a page, with status 200", likely)?;
    let is_framed = answer.header("x-frame-options").is_empty()
        && !answer.header("content-security-policy").contains("frame-ancestors");
    answer.expect(is_framed, "a page that every client can frame", likely)
}

pub(super) async fn oidc_session_management_section_2_session_state_is_in_the_response(
    suite: &Suite,
) -> Check {
    let (first, answer) = required_session_state(suite).await?;
    answer.expect(!first.contains(' '), "a session_state without a space", LIKELY)?;
    let (second, answer) = required_session_state(suite).await?;
    answer.expect(first != second, "another salt, and so another session_state, in each response", LIKELY)
}

pub(super) async fn oidc_session_management_section_2_without_openid_there_is_none(suite: &Suite) -> Check {
    let others = suite.report.scopes.iter().map(|scope| scope.name).find(|name| *name != "openid");
    let scope = others.ok_or_else(|| Stop::NotEnabled("a scope beside openid".to_owned()))?;
    let (state, answer) = session_state(suite, scope).await?;
    answer.expect(state.is_none(), "no session_state, as the scope openid was not asked for", LIKELY)
}

/// The state that the page computes: "the cryptographic hash of […] Client ID, origin URL, and OP browser
/// state", and a salt.
pub(super) async fn oidc_session_management_section_3_2_the_page_finds_the_state_unchanged(
    suite: &Suite,
) -> Check {
    let (state, answer) = required_session_state(suite).await?;
    let name = browser_state_cookie(&suite.report.issuer);
    let Some((browser_state, attributes)) = suite.cookies.get(&name) else {
        return Err(answer.fail(format!("a cookie `{name}`, which the page reads"), LIKELY));
    };
    let is_readable = !attributes.to_ascii_lowercase().contains("httponly");
    answer.expect(is_readable, format!("the cookie `{name}` without HttpOnly: a script reads it"), LIKELY)?;
    let (hash, salt) = state.split_once('.').unwrap_or_default();
    let text = format!("{} https://client.example {browser_state} {salt}", suite.web.id);
    let expected = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, text.as_bytes()));
    answer.expect(
        hash == expected,
        format!("the session_state {expected}.{salt}, of the cookie `{name}`"),
        LIKELY,
    )
}

pub(super) async fn oidc_session_management_section_3_2_the_state_changes_when_people_sign_out(
    suite: &Suite,
) -> Check {
    let name = browser_state_cookie(&suite.report.issuer);
    let (_, tokens) = id_token_of(suite, &suite.web, None).await?;
    let before = suite.cookies.get(&name).map(|(value, _)| value);
    tokens.answer.expect(before.is_some(), format!("a cookie `{name}` by now"), LIKELY)?;
    let answer = sign_out(suite, &tokens).await?;
    let after = suite.cookies.get(&name).map(|(value, _)| value);
    let likely = "the interaction does not remove the cookie with the session";
    answer.expect(before != after, format!("the cookie `{name}` gone, or with another value"), likely)
}
