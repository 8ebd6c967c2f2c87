//! Pushed authorization requests.

use http::{Method, StatusCode};

use super::answer::Answer;
use super::fixture::Decision;
use super::race::{one_wins, race, rounds};
use super::suite::{Suite, TestClient, encode, pkce, request};
use super::{Check, Stop};
use crate::frame::Route;
use crate::secret::SecretString;

const LIKELY: &str =
    "a hook of the validator refuses, or the store of pushed requests fails: see the log of `oauth_core`";
const USED_TWICE: &str = "`take_pushed_request` of the store looks whether the request was answered and marks it in a second step, \
                          or not at all: do both in one atomic step";
const FOUND: &str =
    "`load_pushed_request` of the store finds what is not there, is another client's or was taken";

/// The answer to a good request, without some of its parameters and with others.
pub(super) async fn push(suite: &Suite, client: &TestClient, more: &[(&str, &str)]) -> Result<Answer, Stop> {
    let (_, challenge) = pkce();
    let scope = suite.scope();
    let mut form = client.authorization(&challenge, &scope);
    form.retain(|(name, _)| *name != "client_id" && more.iter().all(|(other, _)| other != name));
    form.extend(more.iter().copied().filter(|(_, value)| !value.is_empty()));
    suite.post(Route::PUSHED_AUTHORIZATION_REQUEST, client, &form).await
}

/// A `request_uri` of this client.
async fn pushed(suite: &Suite, client: &TestClient) -> Result<String, Stop> {
    Suite::request_uri(&push(suite, client, &[]).await?)
}

pub(super) fn query(client: &TestClient, request_uri: &str) -> String {
    encode([("client_id", client.id.as_str()), ("request_uri", request_uri)])
}

/// Has a person approve what was pushed.
async fn approve(suite: &Suite, client: &TestClient, request_uri: &str) -> Result<Answer, Stop> {
    suite.browse_as_it_is(&query(client, request_uri), Decision::Allow).await
}

/// Opens it as a browser does that is new.
async fn open(suite: &Suite, query: &str) -> Result<Answer, Stop> {
    suite.get(&format!("{}?{query}", suite.path(Route::AUTHORIZATION)?)).await
}

fn has_code(answer: &Answer, client: &TestClient) -> Check {
    let params = answer.params(client.redirect_uri)?;
    answer.expect(params.contains_key("code"), "a code in the redirect", LIKELY)
}

pub(super) async fn rfc9126_section_2_2_a_request_uri_comes_with_201(suite: &Suite) -> Check {
    let answer = push(suite, &suite.web, &[]).await?;
    answer.expect(answer.status == StatusCode::CREATED, "status 201", LIKELY)?;
    answer.expect_no_store()?;
    let json = answer.json(LIKELY)?;
    let lifetime = json.get("expires_in").and_then(serde_json::Value::as_u64);
    answer.expect(lifetime.is_some_and(|seconds| seconds > 0), "`expires_in`, in seconds", LIKELY)?;
    Suite::request_uri(&answer).map(drop)
}

pub(super) async fn rfc9126_section_4_client_id_and_request_uri_are_enough(suite: &Suite) -> Check {
    let request_uri = pushed(suite, &suite.web).await?;
    has_code(&approve(suite, &suite.web, &request_uri).await?, &suite.web)
}

pub(super) async fn rfc9126_section_4_other_parameters_are_ignored(suite: &Suite) -> Check {
    let request_uri = pushed(suite, &suite.web).await?;
    let more = [("state", "another"), ("redirect_uri", "https://attacker.example/callback")];
    let query = format!("{}&{}", query(&suite.web, &request_uri), encode(more));
    let answer = suite.browse_as_it_is(&query, Decision::Allow).await?;
    let params = answer.params(suite.web.redirect_uri)?;
    let is_pushed = params.get("state").is_some_and(|state| state == "a state");
    answer.expect(is_pushed, "the state that was pushed", "a layer in front reads the query by itself")
}

pub(super) async fn rfc9126_section_4_a_page_may_be_loaded_again(suite: &Suite) -> Check {
    let request_uri = pushed(suite, &suite.web).await?;
    for _ in 0..2 {
        let answer = open(suite, &query(&suite.web, &request_uri)).await?;
        // An interaction without a page has answered it already.
        if answer.location().is_some_and(|location| location.starts_with(suite.web.redirect_uri)) {
            return Ok(());
        }
    }
    has_code(&approve(suite, &suite.web, &request_uri).await?, &suite.web)
}

pub(super) async fn rfc9126_section_4_a_request_uri_is_answered_once(suite: &Suite) -> Check {
    let request_uri = pushed(suite, &suite.web).await?;
    has_code(&approve(suite, &suite.web, &request_uri).await?, &suite.web)?;
    open(suite, &query(&suite.web, &request_uri)).await?.page_without_redirect(USED_TWICE)
}

pub(super) async fn rfc9126_section_4_one_answer_however_many_ask_at_once(suite: &Suite) -> Check {
    for tasks in rounds() {
        // An error answers it as well as a code does, and needs no person.
        let answer = push(suite, &suite.web, &[("prompt", "none")]).await?;
        let query = query(&suite.web, &Suite::request_uri(&answer)?);
        let uri = format!("{}?{query}", suite.path(Route::AUTHORIZATION)?);
        let answers = race(suite, tasks, &request(Method::GET, &uri, &[], "")?).await;
        one_wins(&answers, |answer| answer.status.is_redirection(), "redirect", USED_TWICE)?;
    }
    Ok(())
}

pub(super) async fn rfc9126_section_4_an_unknown_request_uri_is_refused(suite: &Suite) -> Check {
    let unknown = SecretString::random();
    let request_uri = format!("urn:ietf:params:oauth:request_uri:{}", unknown.expose());
    open(suite, &query(&suite.web, &request_uri)).await?.page_without_redirect(FOUND)
}

pub(super) async fn rfc9126_section_2_2_a_request_uri_is_its_clients(suite: &Suite) -> Check {
    let request_uri = pushed(suite, &suite.web).await?;
    let other = suite.confidential("other").await?;
    open(suite, &query(&other, &request_uri)).await?.page_without_redirect(FOUND)?;
    has_code(&approve(suite, &suite.web, &request_uri).await?, &suite.web)
}

pub(super) async fn rfc9126_section_2_1_request_uri_is_not_pushed(suite: &Suite) -> Check {
    let request_uri = pushed(suite, &suite.web).await?;
    let answer = push(suite, &suite.web, &[("request_uri", &request_uri)]).await?;
    answer.error(400, "invalid_request", "a layer removes the parameter")
}

pub(super) async fn rfc9126_section_2_1_what_the_authorization_endpoint_refuses_is_refused(
    suite: &Suite,
) -> Check {
    for (more, code) in [
        (("redirect_uri", "https://attacker.example/callback"), "invalid_request"),
        (("code_challenge_method", "plain"), "invalid_request"),
        (("response_type", ""), "invalid_request"),
        (("scope", "conformance-unknown"), "invalid_scope"),
    ] {
        let likely = "a hook of the validator accepts what the client did not register";
        push(suite, &suite.web, &[more]).await?.error(400, code, likely)?;
    }
    Ok(())
}

pub(super) async fn rfc9126_section_2_a_confidential_client_authenticates(suite: &Suite) -> Check {
    let stranger = TestClient { secret: Some("not the secret at all".to_owned()), ..suite.web.clone() };
    let answer = push(suite, &stranger, &[]).await?;
    answer.error(401, "invalid_client", "`authenticate_client` of the validator lets everyone pass")
}

pub(super) async fn rfc9126_section_4_what_must_be_pushed_is_refused_otherwise(suite: &Suite) -> Check {
    let kind = |client| suite.with_grants(client, true).require_pushed_authorization_requests();
    let client = suite.confidential_with("strict", kind).await?;
    let (_, challenge) = pkce();
    let scope = suite.scope();
    let answer = open(suite, &encode(client.authorization(&challenge, &scope))).await?;
    let likely = "the store of clients loses `require_pushed_authorization_requests`";
    answer.redirected_error(client.redirect_uri, "invalid_request", likely)?;
    has_code(&approve(suite, &client, &pushed(suite, &client).await?).await?, &client)
}
