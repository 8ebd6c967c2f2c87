//! `/logout`, and the end-session endpoint.

use std::collections::BTreeSet;

use ::http::header::REFRESH;
use ::http::{HeaderValue, Method, StatusCode};

use super::csrf::Purpose;
use super::return_to::ReturnTo;
use super::session::LoggedIn;
use super::site::Site;
use super::templates::PageTemplates;
use super::views::{LogoutPage, PageForm, SignedOutPage};
use super::{LoginPages, PagePaths, csrf, languages, languages_of, see_other, session, set_cookies};
use crate::client::{Client, origin};
use crate::error::{Error, Result};
use crate::http::Response;
use crate::interaction::{Context, html};
use crate::request::{LogoutRequest, Request};
use crate::store::{SessionStore, User, UserStore};
use crate::validator::RequestValidator;

/// Asks first: a link, or an image on another site, must not sign anyone out.
pub(super) async fn show<T, P, V>(
    pages: &LoginPages<T, P>,
    context: &Context<'_, V>,
    request: &Request,
) -> Result<Response>
where
    T: PageTemplates,
    P: PagePaths,
    V: RequestValidator<Users: UserStore, Sessions: SessionStore>,
{
    if let Some(logged_in) = session::find(context, request.headers()).await? {
        return confirmation(pages, context, request, &logged_in, StatusCode::OK);
    }
    let shown = SignedOut { languages: languages(request), ..SignedOut::default() };
    signed_out(pages, context, session::clear(context, request.headers())?, &shown)
}

pub(super) async fn submit<T, P, V>(
    pages: &LoginPages<T, P>,
    context: &Context<'_, V>,
    request: &Request,
) -> Result<Response>
where
    T: PageTemplates,
    P: PagePaths,
    V: RequestValidator<Users: UserStore, Sessions: SessionStore>,
{
    let site = Site::of(context);
    if let Some(logged_in) = session::find(context, request.headers()).await? {
        let (cookie, sent) = (logged_in.id.expose(), request.body().get("csrf"));
        if !csrf::is_genuine(site, request.headers(), Some(cookie), Purpose::Logout, sent) {
            return confirmation(pages, context, request, &logged_in, StatusCode::FORBIDDEN);
        }
    }
    let return_to = ReturnTo::of::<P, _>(context, request);
    let frames = session::end(context, request, None).await?;
    let cookies = session::clear(context, request.headers())?;
    if frames.is_empty() {
        let location = return_to.map_or_else(|| site.path(P::LOGOUT), |to| to.as_str().to_owned());
        return see_other(&location, cookies);
    }
    let continue_to = return_to.as_ref().map(ReturnTo::as_str);
    let languages = languages(request);
    let shown = SignedOut { frames, continue_to, languages, ..SignedOut::default() };
    signed_out(pages, context, cookies, &shown)
}

/// Answers a client's request that the person be signed out.
pub(super) async fn end_session<T, P, V>(
    pages: &LoginPages<T, P>,
    context: &Context<'_, V>,
    logout: &LogoutRequest,
    request: &Request,
) -> Result<Response>
where
    T: PageTemplates,
    P: PagePaths,
    V: RequestValidator<Users: UserStore, Sessions: SessionStore>,
{
    let query = request.uri().query().unwrap_or_default();
    if let Some(logged_in) = session::find(context, request.headers()).await? {
        let (cookie, sent) = (logged_in.id.expose(), request.body().get("csrf"));
        let purpose = Purpose::EndSession(query);
        let is_genuine = csrf::is_genuine(Site::of(context), request.headers(), Some(cookie), purpose, sent);
        if !is_genuine && !context.is_of_session(logout, &logged_in.session)? {
            return ask_for_client(pages, context, logout, request, &logged_in);
        }
    }
    let client_id = logout.client.as_deref().map(|client| client.client_id.as_str());
    let frames = session::end(context, request, client_id).await?;
    let cookies = session::clear(context, request.headers())?;
    let location = logout.location();
    if let (true, Some(location)) = (frames.is_empty(), &location) {
        return see_other(location, cookies);
    }
    let client = logout.client.as_deref().filter(|_| location.is_some());
    let continue_to = location.as_deref();
    let languages = languages_of(request, logout.ui_locales.iter().map(String::as_str));
    let shown = SignedOut { frames, client, continue_to, languages, ..SignedOut::default() };
    signed_out(pages, context, cookies, &shown)
}

/// The content that the last page shows.
#[derive(Default)]
pub(super) struct SignedOut<'a> {
    pub(super) frames: Vec<String>,
    /// The person who logged in in place of whom was signed out.
    pub(super) user: Option<&'a User>,
    pub(super) client: Option<&'a Client>,
    pub(super) continue_to: Option<&'a str>,
    pub(super) languages: Vec<String>,
}

/// The time that the frames have before the browser goes on, in seconds: Front-Channel Logout §2 wants them
/// loaded first, and without scripts there is no telling when they are.
const FRAMES_TIME: &str = "3";

/// The last page. Its frames are those of registered clients, and the policy has no others.
pub(super) fn signed_out<T: PageTemplates, P: PagePaths, V>(
    pages: &LoginPages<T, P>,
    context: &Context<'_, V>,
    cookies: Vec<HeaderValue>,
    shown: &SignedOut<'_>,
) -> Result<Response> {
    let html = pages.templates.signed_out(&SignedOutPage {
        issuer: context.issuer,
        login: &Site::of(context).path(P::LOGIN),
        frames: &shown.frames,
        user: shown.user,
        client: shown.client,
        continue_to: shown.continue_to,
        languages: &shown.languages,
    })?;
    let mut policy = pages.templates.content_security_policy().to_owned();
    let origins: BTreeSet<_> = shown.frames.iter().filter_map(|frame| origin(frame)).collect();
    if !origins.is_empty() {
        policy.push_str("; frame-src");
        for origin in &origins {
            policy.extend([" ", origin]);
        }
    }
    let mut response = html::styled(StatusCode::OK, html, &policy)?;
    if let Some(location) = shown.continue_to.filter(|_| !shown.frames.is_empty()) {
        let refresh = HeaderValue::try_from(format!("{FRAMES_TIME}; url={location}"))
            .map_err(|_| Error::server("a redirect URI does not fit into a header"))?;
        response.headers_mut().insert(REFRESH, refresh);
    }
    set_cookies(&mut response, cookies);
    Ok(response)
}

/// Asks whether to sign out, where a client wants it and cannot show that it knows the session.
fn ask_for_client<T: PageTemplates, P: PagePaths, V>(
    pages: &LoginPages<T, P>,
    context: &Context<'_, V>,
    logout: &LogoutRequest,
    request: &Request,
    logged_in: &LoggedIn,
) -> Result<Response> {
    let query = request.uri().query().unwrap_or_default();
    let is_unverified = request.method() == Method::POST;
    let html = pages.templates.logout(&LogoutPage {
        form: PageForm {
            issuer: context.issuer,
            action: &format!("{}?{query}", request.uri().path()),
            csrf: &csrf::token(logged_in.id.expose(), Purpose::EndSession(query)),
            return_to: None,
            display: None,
            languages: &languages_of(request, logout.ui_locales.iter().map(String::as_str)),
        },
        user: &logged_in.user,
        client: logout.client.as_deref(),
        is_unverified,
    })?;
    pages.page(if is_unverified { StatusCode::FORBIDDEN } else { StatusCode::OK }, html)
}

fn confirmation<T: PageTemplates, P: PagePaths, V>(
    pages: &LoginPages<T, P>,
    context: &Context<'_, V>,
    request: &Request,
    logged_in: &LoggedIn,
    status: StatusCode,
) -> Result<Response> {
    let return_to = ReturnTo::of::<P, _>(context, request);
    let html = pages.templates.logout(&LogoutPage {
        form: PageForm {
            issuer: context.issuer,
            action: &Site::of(context).path(P::LOGOUT),
            csrf: &csrf::token(logged_in.id.expose(), Purpose::Logout),
            return_to: return_to.as_ref().map(ReturnTo::as_str),
            display: None,
            languages: &languages(request),
        },
        user: &logged_in.user,
        client: None,
        is_unverified: status == StatusCode::FORBIDDEN,
    })?;
    pages.page(status, html)
}
