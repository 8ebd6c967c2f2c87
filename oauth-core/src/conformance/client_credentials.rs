//! The client credentials grant.

use super::Check;
use super::suite::{Suite, Tokens};
use crate::client::{ClientBuilder, GrantType};
use crate::frame::Route;

const FORM: [(&str, &str); 1] = [("grant_type", "client_credentials")];

pub(super) async fn rfc6749_section_4_4_3_a_client_gets_a_token_for_itself(suite: &Suite) -> Check {
    let tokens = Tokens::of(suite.post(Route::TOKEN, &suite.web, &FORM).await?)?;
    for name in ["token_type", "expires_in"] {
        let likely = "a hook of the validator changes the token response";
        tokens.answer.expect(
            tokens.response.contains_key(name),
            format!("`{name}` (RFC 6749 §5.1)"),
            likely,
        )?;
    }
    Ok(())
}

pub(super) async fn rfc6749_section_4_4_3_there_is_no_refresh_token(suite: &Suite) -> Check {
    let tokens = Tokens::of(suite.post(Route::TOKEN, &suite.web, &FORM).await?)?;
    let likely = "a grant of your own replaces `ClientCredentials`";
    tokens.answer.expect(tokens.refresh_token.is_none(), "no refresh_token: the client can ask again", likely)
}

pub(super) async fn rfc6749_section_4_4_a_public_client_gets_none(suite: &Suite) -> Check {
    let client = suite.public().await?;
    let answer = suite.post(Route::TOKEN, &client, &FORM).await?;
    answer.one_of_errors(
        &[(400, "unauthorized_client"), (401, "invalid_client")],
        "`validate_grant_type` or `client_authentication_required` of the validator lets everyone pass",
    )
}

pub(super) async fn rfc6749_section_5_2_the_grant_must_be_the_clients(suite: &Suite) -> Check {
    let others = |client: ClientBuilder| client.grant_type(GrantType::AUTHORIZATION_CODE);
    let client = suite.confidential_with("without-grant", others).await?;
    let answer = suite.post(Route::TOKEN, &client, &FORM).await?;
    answer.error(
        400,
        "unauthorized_client",
        "`validate_grant_type` of the validator lets every client use every grant",
    )
}

pub(super) async fn rfc6749_section_3_3_an_unknown_scope_is_refused(suite: &Suite) -> Check {
    let form = [FORM.as_slice(), &[("scope", "x-nobody-declared-this")]].concat();
    let answer = suite.post(Route::TOKEN, &suite.web, &form).await?;
    answer.error(400, "invalid_scope", "`validate_scopes` of the validator lets everything pass")
}

/// "The probability of an attacker guessing generated tokens […] MUST be less than or equal to 2^(-128)".
pub(super) async fn rfc6749_section_10_10_each_token_is_another(suite: &Suite) -> Check {
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..4 {
        let tokens = Tokens::of(suite.post(Route::TOKEN, &suite.web, &FORM).await?)?;
        let is_long = tokens.access_token.len() >= 22;
        let likely = "the generator of access tokens repeats itself, or makes tokens that can be guessed";
        tokens.answer.expect(is_long, "a token of 128 bits at least: 22 characters", likely)?;
        tokens.answer.expect(seen.insert(tokens.access_token), "another token than before", likely)?;
    }
    Ok(())
}
