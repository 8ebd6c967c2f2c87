//! The implicit grant.

use std::collections::BTreeMap;

use super::answer::Answer;
use super::suite::{REDIRECT_URI, Suite};
use super::{Check, Stop};

fn request(suite: &Suite) -> Vec<(&str, &str)> {
    let client =
        [("response_type", "token"), ("client_id", suite.web.id.as_str()), ("redirect_uri", REDIRECT_URI)];
    [client.as_slice(), &[("state", "a state"), ("nonce", "a nonce")]].concat()
}

async fn token(suite: &Suite) -> Result<(BTreeMap<String, String>, Answer), Stop> {
    let answer = suite.authorize(&request(suite)).await?;
    Ok((answer.params(REDIRECT_URI)?, answer))
}

pub(super) async fn rfc6749_section_4_2_2_the_token_is_in_the_fragment(suite: &Suite) -> Check {
    let (params, answer) = token(suite).await?;
    let is_in_fragment = answer.location().is_some_and(|to| to.starts_with(&format!("{REDIRECT_URI}#")));
    let has = |name: &str| params.get(name).is_some_and(|value| !value.is_empty());
    let likely = "the interaction refuses, or a hook of the validator does";
    answer.expect(is_in_fragment && has("access_token"), "an access_token in the fragment", likely)?;
    answer.expect(has("token_type"), "token_type", likely)?;
    let is_same = params.get("state").is_some_and(|state| state == "a state");
    answer.expect(is_same, "state as it was sent", likely)
}

pub(super) async fn rfc6749_section_4_2_2_there_is_no_refresh_token(suite: &Suite) -> Check {
    let (params, answer) = token(suite).await?;
    let likely = "a grant of your own replaces `Implicit`";
    answer.expect(!params.contains_key("refresh_token"), "no refresh_token", likely)
}

pub(super) async fn rfc6749_section_4_2_2_1_errors_are_in_the_fragment(suite: &Suite) -> Check {
    let answer =
        suite.open(&[request(suite).as_slice(), &[("scope", "x-nobody-declared-this")]].concat()).await?;
    let likely = "`validate_scopes` of the validator lets scopes pass that the server does not declare";
    answer.redirected_error(REDIRECT_URI, "invalid_scope", likely)?;
    let is_in_fragment = answer.location().is_some_and(|to| to.starts_with(&format!("{REDIRECT_URI}#")));
    answer.expect(is_in_fragment, "the error in the fragment", likely)
}
