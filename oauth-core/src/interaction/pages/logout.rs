//! `/logout`.

use ::http::StatusCode;

use super::csrf::{self, Purpose};
use super::return_to::ReturnTo;
use super::session::LoggedIn;
use super::site::Site;
use super::templates::PageTemplates;
use super::views::{LogoutPage, SignedOutPage};
use super::{LOGIN, LOGOUT, LoginPages, return_to, see_other, session};
use crate::error::Result;
use crate::http::Response;
use crate::interaction::Context;
use crate::request::Request;
use crate::store::{SessionStore, UserStore};
use crate::validator::RequestValidator;

/// Asks first: a link, or an image on another site, must not sign anyone out.
pub(super) async fn show<T, V>(
    pages: &LoginPages<T>,
    context: &Context<'_, V>,
    request: &Request,
) -> Result<Response>
where
    T: PageTemplates,
    V: RequestValidator<Users: UserStore, Sessions: SessionStore>,
{
    if let Some(logged_in) = session::find(context, request.headers()).await? {
        return confirmation(pages, context, request, &logged_in, StatusCode::OK);
    }
    let login = Site::of(context).path(LOGIN);
    let view = SignedOutPage { issuer: context.issuer, login: &login };
    pages.page(StatusCode::OK, pages.templates.signed_out(&view)?)
}

pub(super) async fn submit<T, V>(
    pages: &LoginPages<T>,
    context: &Context<'_, V>,
    request: &Request,
) -> Result<Response>
where
    T: PageTemplates,
    V: RequestValidator<Users: UserStore, Sessions: SessionStore>,
{
    let site = Site::of(context);
    if let Some(logged_in) = session::find(context, request.headers()).await? {
        let (cookie, sent) = (logged_in.id.expose(), request.body().get("csrf"));
        if !csrf::is_genuine(site, request.headers(), Some(cookie), Purpose::Logout, sent) {
            return confirmation(pages, context, request, &logged_in, StatusCode::FORBIDDEN);
        }
    }
    let ended = session::end(context, request.headers()).await?;
    let location = return_to(context, request).map_or_else(|| site.path(LOGOUT), |to| to.as_str().to_owned());
    see_other(&location, [ended])
}

fn confirmation<T: PageTemplates, V>(
    pages: &LoginPages<T>,
    context: &Context<'_, V>,
    request: &Request,
    logged_in: &LoggedIn,
    status: StatusCode,
) -> Result<Response> {
    let return_to = return_to(context, request);
    let html = pages.templates.logout(&LogoutPage {
        issuer: context.issuer,
        action: &Site::of(context).path(LOGOUT),
        csrf: &csrf::token(logged_in.id.expose(), Purpose::Logout),
        return_to: return_to.as_ref().map(ReturnTo::as_str),
        user: &logged_in.user,
        is_unverified: status == StatusCode::FORBIDDEN,
    })?;
    pages.page(status, html)
}
