//! The response mode `form_post`.

use super::answer::Answer;
use super::fixture::Decision;
use super::form::Form;
use super::suite::{REDIRECT_URI, Suite, encode, pkce};
use super::{Check, Stop};
use crate::frame::Route;

const LIKELY: &str = "the interaction answers with a redirect of its own, which knows no response modes: return `Decision::Approve` \
                      or `Decision::Deny`, or an error, and the response is made for you";

/// The answer to a request for a code, with these parameters in place of its own.
async fn ask(suite: &Suite, changed: &[(&str, &str)]) -> Result<Answer, Stop> {
    let (_, challenge) = pkce();
    let scope = suite.scope();
    let mut params = suite.web.authorization(&challenge, &scope);
    params.retain(|(name, _)| changed.iter().all(|(other, _)| name != other));
    params.push(("response_mode", "form_post"));
    params.extend(changed);
    let path = suite.path(Route::AUTHORIZATION)?;
    let query = suite.pushed_if_required(&encode(params)).await?;
    suite.walk(&format!("{path}?{query}"), Decision::Allow).await
}

/// The form of an answer that is POSTed to the client.
fn form(answer: &Answer) -> Result<Form, Stop> {
    let is_page =
        answer.status == http::StatusCode::OK && answer.header("content-type").starts_with("text/html");
    answer.expect(is_page, "a page with a form, and status 200", LIKELY)?;
    let html = String::from_utf8_lossy(&answer.body).into_owned();
    let form = Form::with_field(&html, "state");
    let form = form.ok_or_else(|| answer.fail("a form with the field `state`", LIKELY))?;
    let is_posted = html.contains("method=\"post\"") && form.action == REDIRECT_URI;
    answer.expect(is_posted, format!("a form that is POSTed to {REDIRECT_URI}"), LIKELY)?;
    Ok(form)
}

fn value<'a>(form: &'a Form, name: &str) -> Option<&'a str> {
    form.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

pub(super) async fn oauth_form_post_section_2_the_response_is_a_form_for_the_redirect_uri(
    suite: &Suite,
) -> Check {
    let answer = ask(suite, &[]).await?;
    let form = form(&answer)?;
    let is_there = value(&form, "code").is_some_and(|code| !code.is_empty());
    answer.expect(is_there, "a field `code`", LIKELY)?;
    answer.expect(value(&form, "state") == Some("a state"), "a field `state`, as it was sent", LIKELY)?;
    let is_ours = value(&form, "iss") == Some(&suite.report.issuer);
    answer.expect(is_ours, format!("a field `iss`: {} (RFC 9207 §2)", suite.report.issuer), LIKELY)
}

/// The values are those of whoever made the link (RFC 6749 §10.14).
pub(super) async fn oauth_form_post_section_2_what_was_sent_is_text_and_no_markup(suite: &Suite) -> Check {
    let state = "\"><script>alert(1)</script>&amp;'";
    let answer = ask(suite, &[("state", state)]).await?;
    let is_text = !String::from_utf8_lossy(&answer.body).contains("<script>alert(1)");
    answer.expect(is_text, "the state with its `<` and `\"` escaped", LIKELY)?;
    let form = form(&answer)?;
    answer.expect(value(&form, "state") == Some(state), format!("the field `state`: {state}"), LIKELY)
}

pub(super) async fn oauth_form_post_section_2_errors_are_posted_too(suite: &Suite) -> Check {
    let answer = ask(suite, &[("scope", "x-nobody-declared-this")]).await?;
    let form = form(&answer)?;
    let is_told = value(&form, "error") == Some("invalid_scope") && value(&form, "code").is_none();
    let likely = "`validate_scopes` of the validator lets scopes pass that the server does not declare";
    answer.expect(is_told, "a field `error`: invalid_scope, and no code", likely)
}

pub(super) async fn oauth_form_post_section_2_nothing_is_posted_to_a_stranger(suite: &Suite) -> Check {
    let answer = ask(suite, &[("redirect_uri", "https://attacker.example/callback")]).await?;
    let likely = "`validate_redirect_uri` of the validator accepts what the client did not register";
    answer.page_without_redirect(likely)?;
    let is_absent = !String::from_utf8_lossy(&answer.body).contains("attacker.example");
    answer.expect(is_absent, "a page that does not lead to attacker.example", likely)
}

/// "the Authorization Server MUST instruct the User Agent (and any intermediaries) not to store or reuse the content of the
/// response".
pub(super) async fn oauth_form_post_section_2_the_page_is_not_kept(suite: &Suite) -> Check {
    let answer = ask(suite, &[]).await?;
    form(&answer)?;
    answer.expect_no_store()?;
    let has_policy = answer.header("content-security-policy").contains("frame-ancestors 'none'")
        || answer.header("x-frame-options").eq_ignore_ascii_case("DENY");
    let likely = "a layer replaces the headers of the pages";
    answer.expect(has_policy, "a page that nobody frames (RFC 6749 §10.13)", likely)
}
