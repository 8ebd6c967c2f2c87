//! The revocation endpoint.

use http::StatusCode;

use super::Check;
use super::suite::{Suite, TestClient};
use crate::frame::Route;
use crate::secret::SecretString;
use crate::server::Feature;

const ALIVE: &str = "`revoke_token` of the validator, or `revoke` of the store of tokens, does not revoke; or the \
                     store answers from a cache";
const REFUSED: &str = "`revoke_token` of the validator refuses";

/// RFC 7009 §2.2: 200, whatever the token was.
async fn revoke(suite: &Suite, client: &TestClient, form: &[(&str, &str)]) -> Check {
    let answer = suite.post(Route::REVOCATION, client, form).await?;
    answer.expect(answer.status == StatusCode::OK, "status 200", REFUSED)
}

pub(super) async fn rfc7009_section_2_2_a_revoked_access_token_is_dead(suite: &Suite) -> Check {
    let token = suite.any_tokens(&suite.web).await?.access_token;
    let (is_active, answer) = suite.is_active(&suite.web, &token).await?;
    answer.expect(
        is_active,
        "active: true for a token just issued",
        "the store of tokens does not keep it",
    )?;
    revoke(suite, &suite.web, &[("token", &token)]).await?;
    let (is_active, answer) = suite.is_active(&suite.web, &token).await?;
    answer.expect(!is_active, "active: false, as the token was revoked", ALIVE)?;
    // Once more is no error.
    revoke(suite, &suite.web, &[("token", &token)]).await
}

pub(super) async fn rfc7009_section_2_1_a_revoked_refresh_token_is_refused(suite: &Suite) -> Check {
    let tokens = suite.tokens(&suite.web).await?;
    revoke(suite, &suite.web, &[("token", tokens.refresh_token()?)]).await?;
    let likely = "`revoke` of the store of tokens does not reach the refresh token";
    suite.refresh(&suite.web, tokens.refresh_token()?).await?.error(400, "invalid_grant", likely)
}

pub(super) async fn rfc7009_section_2_1_a_refresh_token_takes_its_access_tokens_along(
    suite: &Suite,
) -> Check {
    let tokens = suite.tokens(&suite.web).await?;
    revoke(suite, &suite.web, &[("token", tokens.refresh_token()?)]).await?;
    let (is_active, answer) = suite.is_active(&suite.web, &tokens.access_token).await?;
    let likely = "`revoke` of the store of tokens does not reach the access tokens";
    answer.expect(!is_active, "active: false, as the refresh token of the same grant was revoked", likely)
}

/// "If the server is unable to locate the token using the given hint, it MUST extend its search across all of its
/// supported token types."
pub(super) async fn rfc7009_section_2_1_a_wrong_hint_is_no_obstacle(suite: &Suite) -> Check {
    // §2.2.1: of a type that a server does not have at all, it may say so.
    let has_refresh_tokens = suite.need(Feature::RefreshToken).is_ok();
    let hints = [(has_refresh_tokens, "refresh_token"), (true, "nonsense")];
    for (_, hint) in hints.into_iter().filter(|(is_known, _)| *is_known) {
        let token = suite.any_tokens(&suite.web).await?.access_token;
        revoke(suite, &suite.web, &[("token", &token), ("token_type_hint", hint)]).await?;
        let (is_active, answer) = suite.is_active(&suite.web, &token).await?;
        let likely = "`revoke_token` of the validator believes the hint";
        answer.expect(!is_active, format!("active: false, although the hint was {hint}"), likely)?;
    }
    Ok(())
}

/// "invalid tokens do not cause an error response since the client cannot handle such an error in a reasonable way".
pub(super) async fn rfc7009_section_2_2_an_unknown_token_is_no_error(suite: &Suite) -> Check {
    let unknown = SecretString::random();
    revoke(suite, &suite.web, &[("token", unknown.expose())]).await
}

pub(super) async fn rfc7009_section_2_1_another_clients_token_stays(suite: &Suite) -> Check {
    let token = suite.any_tokens(&suite.web).await?.access_token;
    let other = suite.confidential("other").await?;
    suite.post(Route::REVOCATION, &other, &[("token", &token)]).await?;
    let (is_active, answer) = suite.is_active(&suite.web, &token).await?;
    let likely =
        "`revoke_token` of the validator does not compare the client: anyone could end others' tokens";
    answer.expect(is_active, "active: true, as another client asked", likely)
}

pub(super) async fn rfc7009_section_2_1_clients_authenticate(suite: &Suite) -> Check {
    let token = suite.any_tokens(&suite.web).await?.access_token;
    let stranger = TestClient { secret: Some("not the secret at all".to_owned()), ..suite.web.clone() };
    let likely = "`authenticate_client` of the validator lets everyone pass";
    let answer = suite.post(Route::REVOCATION, &stranger, &[("token", &token)]).await?;
    answer.error(401, "invalid_client", likely)
}

pub(super) async fn rfc7009_section_2_1_the_token_is_required(suite: &Suite) -> Check {
    suite.post(Route::REVOCATION, &suite.web, &[]).await?.error(400, "invalid_request", REFUSED)
}
