//! stub
use crate::error::Result;
use crate::request::Request;
use crate::store::{User, UserStore};
use crate::validator::RequestValidator;
pub(crate) async fn validate_user<V: RequestValidator<Users: UserStore>>(
    _validator: &V,
    _username: &str,
    _password: &str,
    _request: &mut Request,
) -> Result<Option<User>> {
    Ok(None)
}
