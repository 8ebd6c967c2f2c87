//! Resource indicators.

use super::suite::{IssuedCode, REDIRECT_URI, Suite, Tokens, pkce};
use super::{Check, Stop};
use crate::frame::Route;

const OTHERS: [&str; 2] = ["https://nobody-declared.example/this", "nobody-declared-this"];
const UNCHECKED: &str = "a layer changes the parameter `resource`, or `RunningServer::issue` is not what makes the tokens of a grant";
const AUDIENCE: &str = "the generator of access tokens, or a hook of the validator, has an audience of its own: `request.resources` are those \
                        that the token is for";

/// URIs that are no resource of the server.
fn others(resource: &str) -> Vec<String> {
    let near = [format!("{resource}#fragment"), format!("{resource}/x-not-this")];
    let unknown = OTHERS.iter().map(|other| (*other).to_owned());
    near.into_iter().chain(unknown).collect()
}

/// A resource of the server: the last one that it declares, for which all scopes are the likeliest to be known.
fn declared(suite: &Suite) -> Result<&'static str, Stop> {
    let last = suite.report.resources.last().map(|resource| resource.uri);
    last.ok_or_else(|| Stop::NotEnabled("a resource".to_owned()))
}

/// A code for this resource.
async fn code_for(suite: &Suite, resource: &str) -> Result<IssuedCode, Stop> {
    let (verifier, challenge) = pkce();
    let scope = suite.scope();
    let mut params = suite.web.authorization(&challenge, &scope);
    params.push(("resource", resource));
    let answer = suite.authorize(&params).await?;
    let code = answer.params(REDIRECT_URI)?.remove("code");
    let code = code.ok_or_else(|| answer.fail("a code for a declared resource", UNCHECKED))?;
    Ok(IssuedCode { code, verifier, redirect_uri: REDIRECT_URI.to_owned() })
}

pub(super) async fn rfc8707_section_2_1_an_unknown_resource_is_an_invalid_target(suite: &Suite) -> Check {
    let (_, challenge) = pkce();
    for other in others(declared(suite)?) {
        let mut params = suite.web.authorization(&challenge, "");
        params.push(("resource", &other));
        suite.authorize(&params).await?.redirected_error(REDIRECT_URI, "invalid_target", UNCHECKED)?;
    }
    Ok(())
}

pub(super) async fn rfc8707_section_2_2_an_invalid_target_uses_no_code_up(suite: &Suite) -> Check {
    let resource = declared(suite)?;
    let code = code_for(suite, resource).await?;
    for other in others(resource) {
        let form = [code.form().as_slice(), &[("resource", other.as_str())]].concat();
        suite.post(Route::TOKEN, &suite.web, &form).await?.error(400, "invalid_target", UNCHECKED)?;
    }
    Tokens::of(suite.redeem(&suite.web, &code).await?).map(|_| ())
}

pub(super) async fn rfc8707_section_2_2_a_client_for_itself_names_a_known_resource(suite: &Suite) -> Check {
    for other in others(declared(suite)?) {
        let form = [("grant_type", "client_credentials"), ("resource", other.as_str())];
        suite.post(Route::TOKEN, &suite.web, &form).await?.error(400, "invalid_target", UNCHECKED)?;
    }
    Ok(())
}

/// However its URI is written, `aud` has the form that was declared, which resources compare exactly.
pub(super) async fn rfc8707_section_2_2_a_token_is_for_its_resource(suite: &Suite) -> Check {
    let resource = declared(suite)?;
    let api = suite.api().await?;
    let upper_case = resource.replacen("http", "HTTP", 1);
    for form in [resource, &upper_case] {
        let code = code_for(suite, form).await?;
        let token = Tokens::of(suite.redeem(&suite.web, &code).await?)?.access_token;
        let answer = suite.post(Route::INTROSPECTION, &api, &[("token", &token)]).await?;
        let told = answer.success(AUDIENCE)?;
        let audience = told.get("aud").and_then(|audience| audience.as_str());
        answer.expect(audience == Some(resource), format!("aud {resource}, and no other"), AUDIENCE)?;
    }
    Ok(())
}
