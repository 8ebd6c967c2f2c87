//! The userinfo endpoint.

use http::{Method, StatusCode};
use serde_json::Value;

use super::answer::Answer;
use super::id_token::id_token;
use super::suite::{Suite, encode};
use super::{Check, Stop};
use crate::frame::Route;
use crate::secret::SecretString;

const LIKELY: &str = "a hook of the validator refuses, or the store of tokens does not keep the token";

async fn ask(suite: &Suite, method: Method, token: &str) -> Result<Answer, Stop> {
    suite.present(method, suite.path(Route::USERINFO)?, token).await
}

/// RFC 6750 §3: a status, and the error in the challenge; none where the request has no token at all.
fn expect_challenge(answer: &Answer, status: u16, error: Option<&str>, likely: &str) -> Check {
    let challenge = answer.header("www-authenticate");
    let scheme = challenge.split(' ').next().unwrap_or_default().to_ascii_lowercase();
    let is_challenge = ["bearer", "dpop"].contains(&scheme.as_str());
    let has_error = match error {
        Some(error) => challenge.contains(&format!("error=\"{error}\"")),
        None => !challenge.contains("error="),
    };
    answer.expect(
        answer.status.as_u16() == status && is_challenge && has_error,
        format!(
            "status {status} with WWW-Authenticate: Bearer, or DPoP for a bound token, and the error {}",
            error.unwrap_or("left out")
        ),
        likely,
    )
}

/// "it MUST be verified to exactly match the sub Claim in the ID Token" (§5.3.4).
pub(super) async fn oidc_core_section_5_3_2_sub_is_that_of_the_id_token(suite: &Suite) -> Check {
    let (jwt, tokens) = id_token(suite, None).await?;
    for method in [Method::GET, Method::POST] {
        let answer = ask(suite, method, &tokens.access_token).await?;
        answer.expect(answer.status == StatusCode::OK, "status 200", LIKELY)?;
        let told = answer.json(LIKELY)?;
        let sub = told.get("sub").and_then(Value::as_str);
        let expected = format!("sub {}, as in the ID token", jwt.claim("sub").unwrap_or_default());
        answer.expect(
            sub.is_some() && sub == jwt.claim("sub"),
            expected,
            "a claim of the validator changes `sub`",
        )?;
    }
    Ok(())
}

pub(super) async fn rfc6750_section_3_without_a_token_there_is_a_challenge(suite: &Suite) -> Check {
    let answer = suite.get(suite.path(Route::USERINFO)?).await?;
    expect_challenge(&answer, 401, None, "a layer answers instead")
}

pub(super) async fn rfc6750_section_3_1_an_unknown_token_is_refused(suite: &Suite) -> Check {
    let unknown = SecretString::random();
    let likely = "`validate_bearer_token` of the validator accepts tokens that were never issued";
    expect_challenge(&ask(suite, Method::GET, unknown.expose()).await?, 401, Some("invalid_token"), likely)
}

pub(super) async fn rfc6750_section_3_1_a_revoked_token_is_refused(suite: &Suite) -> Check {
    let (_, tokens) = id_token(suite, None).await?;
    let revoked = suite.post(Route::REVOCATION, &suite.web, &[("token", &tokens.access_token)]).await?;
    revoked.expect(revoked.status == StatusCode::OK, "status 200", LIKELY)?;
    let likely = "`validate_bearer_token` of the validator does not ask the store of tokens";
    expect_challenge(
        &ask(suite, Method::GET, &tokens.access_token).await?,
        401,
        Some("invalid_token"),
        likely,
    )
}

/// The access token must be one "obtained from the OpenID Connect Authentication Request".
pub(super) async fn oidc_core_section_5_3_1_the_token_has_the_scope_openid(suite: &Suite) -> Check {
    let others = suite.report.scopes.iter().map(|scope| scope.name).find(|name| *name != "openid");
    let scope = others.ok_or_else(|| Stop::NotEnabled("a scope beside openid".to_owned()))?;
    let tokens = suite.tokens_for(&suite.web, scope).await?;
    let likely = "`validate_bearer_token` of the validator does not look at scopes";
    let answer = ask(suite, Method::GET, &tokens.access_token).await?;
    expect_challenge(&answer, 403, Some("insufficient_scope"), likely)
}

/// RFC 6750 §2.3: URIs are kept by logs and histories.
pub(super) async fn rfc9700_section_4_3_2_a_token_in_the_query_is_refused(suite: &Suite) -> Check {
    let (_, tokens) = id_token(suite, None).await?;
    let query = encode([("access_token", tokens.access_token.as_str())]);
    let answer = suite.get(&format!("{}?{query}", suite.path(Route::USERINFO)?)).await?;
    let likely = "a layer moves the parameter into the header";
    answer.expect(answer.status.is_client_error(), "a refusal", likely)
}
