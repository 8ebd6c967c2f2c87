//! The introspection endpoint.

use serde_json::{Value, json};

use super::Check;
use super::suite::{Suite, TestClient};
use crate::frame::Route;
use crate::secret::SecretString;
use crate::time::UnixTime;

const LIKELY: &str = "`introspect_token` of the validator";

pub(super) async fn rfc7662_section_2_2_an_active_token_is_described(suite: &Suite) -> Check {
    let token = suite.any_tokens(&suite.web).await?.access_token;
    let api = suite.api().await?;
    let answer = suite.post(Route::INTROSPECTION, &api, &[("token", &token)]).await?;
    let told = answer.success(LIKELY)?;
    answer.expect(
        told.get("active") == Some(&json!(true)),
        "active: true for a token just issued",
        LIKELY,
    )?;
    let is_own = told.get("client_id").is_none_or(|client_id| *client_id == json!(suite.web.id));
    answer.expect(is_own, format!("client_id {}", suite.web.id), LIKELY)?;
    let expires = told.get("exp").and_then(Value::as_u64);
    answer.expect(
        expires.is_none_or(|expires| expires > UnixTime::now().as_secs()),
        "exp in the future, in seconds",
        "the store of tokens does not keep when a token expires",
    )
}

/// Checks that what a token says to resource servers is not for clients: "measures MUST be taken to prevent
/// disclosure of this information to unintended parties".
pub(super) async fn rfc7662_section_5_a_client_is_told_of_its_own_tokens_only(suite: &Suite) -> Check {
    const KEPT: &str = "the store of clients does not keep `introspects`";
    let token = suite.any_tokens(&suite.web).await?.access_token;
    let other = suite.confidential("other").await?;
    let (is_active, answer) = suite.is_active(&other, &token).await?;
    answer.expect(
        !is_active,
        "active: false, as the caller is neither the token's client nor an API of its",
        KEPT,
    )?;
    let answer = suite.post(Route::INTROSPECTION, &suite.web, &[("token", &token)]).await?;
    let told = answer.success(LIKELY)?;
    let known = ["active", "client_id", "exp", "iss", "scope", "token_type"];
    let is_known = told.keys().all(|name| known.contains(&name.as_str()));
    answer.expect(is_known, format!("no members but {}, for the token's own client", known.join(", ")), KEPT)
}

/// "the authorization server SHOULD NOT include any additional information about an inactive token".
pub(super) async fn rfc7662_section_2_2_of_an_unknown_token_nothing_is_told(suite: &Suite) -> Check {
    let unknown = SecretString::random();
    let answer = suite.post(Route::INTROSPECTION, &suite.web, &[("token", unknown.expose())]).await?;
    let told = answer.success(LIKELY)?;
    answer.expect(
        Value::from(told) == json!({ "active": false }),
        "{\"active\":false} and nothing more",
        LIKELY,
    )
}

/// "To prevent token scanning attacks, the endpoint MUST also require some form of authorization".
pub(super) async fn rfc7662_section_2_1_callers_authenticate(suite: &Suite) -> Check {
    let token = suite.any_tokens(&suite.web).await?.access_token;
    let stranger = TestClient { secret: Some("not the secret at all".to_owned()), ..suite.web.clone() };
    let answer = suite.post(Route::INTROSPECTION, &stranger, &[("token", &token)]).await?;
    answer.error(401, "invalid_client", "`authenticate_client` of the validator lets everyone pass")
}

pub(super) async fn rfc7662_section_2_1_a_public_client_learns_nothing(suite: &Suite) -> Check {
    let token = suite.any_tokens(&suite.web).await?.access_token;
    let public = suite.public().await?;
    let answer = suite.post(Route::INTROSPECTION, &public, &[("token", &token)]).await?;
    answer.error(401, "invalid_client", "the endpoint lets clients pass that cannot authenticate")
}

pub(super) async fn rfc7662_section_2_1_the_token_is_required(suite: &Suite) -> Check {
    suite.post(Route::INTROSPECTION, &suite.web, &[]).await?.error(400, "invalid_request", LIKELY)
}

/// No resource server has any business with a refresh token.
pub(super) async fn rfc7662_section_4_a_refresh_token_is_its_clients_business(suite: &Suite) -> Check {
    let tokens = suite.tokens(&suite.web).await?;
    let other = suite.confidential("other").await?;
    let (is_active, answer) = suite.is_active(&other, tokens.refresh_token()?).await?;
    answer.expect(!is_active, "active: false, as the refresh token is another client's", LIKELY)
}
