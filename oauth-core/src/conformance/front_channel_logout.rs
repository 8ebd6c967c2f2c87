//! Front-channel logout: clients are told in frames of the last page.

use super::answer::Answer;
use super::end_session::sign_out;
use super::form::attribute;
use super::id_token::id_token_of;
use super::jwt::Jwt;
use super::suite::{Suite, TestClient};
use super::{Check, Stop};

const LIKELY: &str = "the interaction does not load in frames what `Context::session_ended` returns, or the store of sessions does \
                      not keep which clients a session has";
const URI: &str = "https://client.example/front-channel";

async fn client(suite: &Suite, uri: &'static str) -> Result<TestClient, Stop> {
    let kind = |client| {
        suite.with_grants(client, true).frontchannel_logout_uri(uri).frontchannel_logout_session_required()
    };
    suite.confidential_with("framed", kind).await
}

/// The addresses that the frames of a page lead to.
fn frames(answer: &Answer) -> Vec<String> {
    let html = String::from_utf8_lossy(&answer.body).into_owned();
    let tags = html.split("<iframe").skip(1).filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag));
    tags.filter_map(|tag| attribute(tag, "src")).collect()
}

/// The ID token of a login, the page that ends it, and its frame for the client.
async fn signed_out(suite: &Suite) -> Result<(Jwt, Answer, String), Stop> {
    let (login, tokens) = id_token_of(suite, &client(suite, URI).await?, None).await?;
    let page = sign_out(suite, &tokens).await?;
    let frame = frames(&page).into_iter().find(|frame| frame.starts_with(URI));
    let frame = frame.ok_or_else(|| page.fail(format!("a page with a frame of {URI}"), LIKELY))?;
    Ok((login, page, frame))
}

pub(super) async fn oidc_front_channel_logout_section_2_the_page_loads_the_clients(suite: &Suite) -> Check {
    let (_, page, _) = signed_out(suite).await?;
    let policy = page.header("content-security-policy");
    let is_allowed = policy.is_empty() || policy.contains("https://client.example");
    page.expect(is_allowed, "a policy that lets the page frame https://client.example", LIKELY)
}

/// "`iss` and `sid`", so that nobody else's link ends the session at the client.
pub(super) async fn oidc_front_channel_logout_section_2_iss_and_sid_are_those_of_the_login(
    suite: &Suite,
) -> Check {
    let (login, page, frame) = signed_out(suite).await?;
    let (_, query) = frame.split_once('?').unwrap_or_default();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let expected = login.claim(&name).unwrap_or_default();
        page.expect(value == expected, format!("{name} {expected}, as in the ID token"), LIKELY)?;
    }
    let has = |wanted: &str| form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == wanted);
    page.expect(has("iss") && has("sid"), "iss and sid, which the client registered to need", LIKELY)
}

pub(super) async fn oidc_front_channel_logout_section_2_who_was_not_logged_in_to_is_not_loaded(
    suite: &Suite,
) -> Check {
    let stranger = "https://client.example/stranger";
    client(suite, stranger).await?;
    let (_, page, _) = signed_out(suite).await?;
    let is_loaded = frames(&page).iter().any(|frame| frame.starts_with(stranger));
    page.expect(!is_loaded, format!("no frame of {stranger}: nobody logged in there"), LIKELY)
}
