//! What a person sees when the authorization endpoint must not redirect (RFC 6749 §4.1.2.1).
use crate::error::{AuthorizationErrorCode, Error};
use crate::http::{Response, token_error};
/// stub
pub(crate) fn error_page(error: &Error) -> Response {
    let _ = AuthorizationErrorCode::from(error.code());
    token_error(error)
}
