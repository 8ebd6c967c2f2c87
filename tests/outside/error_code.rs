//! An error code that no RFC has.

use http::StatusCode;
use oauth_core::error::{AuthorizationErrorCode, ErrorCode, ResourceErrorCode, TokenErrorCode};

use crate::world::world;

pub(crate) const QUOTA_EXCEEDED: ErrorCode =
    ErrorCode::extension("quota_exceeded", StatusCode::BAD_REQUEST).at_token_endpoint();

const DOWN: ErrorCode = ErrorCode::extension("ledger_down", StatusCode::BAD_GATEWAY);

#[tokio::test]
async fn an_extension_code_passes_where_it_is_declared() {
    let goods = [("good", "a"), ("good", "b"), ("good", "c"), ("good", "d")];
    let answer = world().await.barter(&[], &goods).await;
    answer.assert_error(400, "quota_exceeded");
    assert_eq!(answer.text("error_description"), "three are enough");
}

#[test]
fn and_nowhere_else() {
    assert_eq!(TokenErrorCode::from(QUOTA_EXCEEDED).as_str(), "quota_exceeded");
    assert_eq!(AuthorizationErrorCode::from(QUOTA_EXCEEDED), AuthorizationErrorCode::InvalidRequest);
    assert_eq!(ResourceErrorCode::from(QUOTA_EXCEEDED), ResourceErrorCode::InvalidToken);
    assert_eq!(TokenErrorCode::from(DOWN), TokenErrorCode::ServerError, "a failure stays one");
}

#[test]
fn a_code_may_have_another_status_at_resources() {
    let code = ErrorCode::InvalidDpopProof;
    assert_eq!(TokenErrorCode::from(code).status(), 400);
    assert_eq!(ResourceErrorCode::from(code).status(), 401);
    assert_eq!(AuthorizationErrorCode::from(code), AuthorizationErrorCode::InvalidRequest);
    assert_eq!(TokenErrorCode::from(ErrorCode::InvalidTarget).as_str(), "invalid_target");
}
