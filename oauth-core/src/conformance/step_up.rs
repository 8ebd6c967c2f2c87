//! Logins that clients ask for by `acr_values`.

use super::Check;
use super::suite::{IssuedCode, REDIRECT_URI, Suite, Tokens, pkce};
use crate::frame::Route;

const UNMET: &str = "unmet_authentication_requirements";
const UNCHECKED: &str = "a layer removes the parameter `acr_values`";
const UNTOLD: &str = "`introspect_token` of the validator leaves out what the record of the token has";
const ELSEWHERE: &str = "a layer replaces the metadata";

pub(super) async fn rfc9470_section_5_an_acr_that_is_not_supported_is_unmet(suite: &Suite) -> Check {
    let (_, challenge) = pkce();
    let scope = suite.scope();
    let mut params = suite.web.authorization(&challenge, &scope);
    params.push(("acr_values", "urn:nobody-declared:this"));
    suite.authorize(&params).await?.redirected_error(REDIRECT_URI, UNMET, UNCHECKED)
}

/// A client that asks for a class gets a token that says so, or none.
pub(super) async fn rfc9470_section_5_a_token_is_of_a_login_that_was_asked_for(suite: &Suite) -> Check {
    let api = suite.api().await?;
    for acr in &suite.report.acr_values {
        let (verifier, challenge) = pkce();
        let scope = suite.scope();
        let mut params = suite.web.authorization(&challenge, &scope);
        params.push(("acr_values", acr));
        let answer = suite.authorize(&params).await?;
        let Some(code) = answer.params(REDIRECT_URI)?.remove("code") else {
            // The login of the suite is of another class.
            answer.redirected_error(REDIRECT_URI, UNMET, UNCHECKED)?;
            continue;
        };
        let code = IssuedCode { code, verifier, redirect_uri: REDIRECT_URI.to_owned() };
        let token = Tokens::of(suite.redeem(&suite.web, &code).await?)?.access_token;
        let answer = suite.post(Route::INTROSPECTION, &api, &[("token", &token)]).await?;
        let told = answer.success(UNTOLD)?;
        let is_told = told.get("acr").is_some_and(|told| told == acr) && told.contains_key("auth_time");
        answer.expect(is_told, format!("acr {acr}, and auth_time"), UNTOLD)?;
    }
    Ok(())
}

pub(super) async fn rfc9470_section_7_the_metadata_names_the_acr_values(suite: &Suite) -> Check {
    let answer = suite.get(suite.path(Route::METADATA)?).await?;
    let told = answer.json(ELSEWHERE)?;
    let names = told.get("acr_values_supported").and_then(serde_json::Value::as_array);
    let all = names
        .is_some_and(|names| suite.report.acr_values.iter().all(|acr| names.iter().any(|name| name == acr)));
    answer.expect(all, "acr_values_supported with all of them", ELSEWHERE)
}
