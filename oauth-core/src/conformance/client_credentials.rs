//! The client credentials grant.

use super::Check;
use super::draws::{DRAWS, Drawn};
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

pub(super) async fn rfc6749_section_10_10_each_token_is_another(suite: &Suite) -> Check {
    let mut drawn = Drawn::default();
    for _ in 0..DRAWS {
        let tokens = Tokens::of(suite.post(Route::TOKEN, &suite.web, &FORM).await?)?;
        drawn.add("access", &tokens.access_token, &tokens.answer)?;
    }
    Ok(())
}
