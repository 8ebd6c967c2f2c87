//! stub
use super::{Context, Decision, Interaction};
use crate::endpoint::authorization::AuthorizationRequest;
use crate::error::Result;
use crate::request::Request;
use crate::store::{ConsentStore, SessionStore, UserStore};
use crate::validator::RequestValidator;
/// stub
#[derive(Debug, Default)]
pub struct LoginPages(());
impl<V: RequestValidator<Users: UserStore, Sessions: SessionStore, Consents: ConsentStore>> Interaction<V>
    for LoginPages
{
    async fn decide(&self, _: &Context<'_, V>, _: &AuthorizationRequest, _: &Request) -> Result<Decision> {
        Ok(Decision::Deny)
    }
}
