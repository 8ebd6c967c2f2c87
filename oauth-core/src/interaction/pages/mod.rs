//! Login, consent and sign-out pages.

mod color;
mod consent;
mod cookie;
mod csrf;
mod destination;
mod device;
mod drawn;
mod first_step;
mod known_browser;
mod login;
mod logout;
mod one_time_code;
mod otp;
mod paths;
mod return_to;
mod session;
mod site;
mod starts;
mod templates;
mod theme;
mod views;

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use ::http::header::{self, HeaderValue};
use ::http::{Method, StatusCode};
use bytes::Bytes;

pub use self::paths::{DefaultPaths, PagePaths};
use self::starts::Starts;
pub use self::templates::{DevicePageTemplates, PageTemplates};
pub use self::theme::{InvalidTheme, Theme};
pub use self::views::{
    ConsentPage, DeviceConfirmationPage, DeviceDonePage, DevicePage, DeviceProblem, LoginPage, LoginProblem,
    LogoutPage, OtpPage, OtpProblem, PageForm, RequestedScope, SignedInPage, SignedOutPage,
};
use super::language::preferred;
use super::{Context, Decision, DeviceInteraction, Interaction, html};
use crate::error::{Error, Result};
use crate::http::Response;
use crate::request::{AuthorizationRequest, LogoutRequest, Request, RequestBody};
use crate::store::{ConsentStore, DeviceStore, SessionStore, UserStore};
use crate::validator::RequestValidator;

/// An [`Interaction`] with pages of its own: `/login` and `/logout` below the issuer, and consent at the authorization
/// endpoint. They work without scripts.
///
/// ```
/// use std::time::Duration;
/// use oauth_core::interaction::{LoginPages, Theme};
///
/// let pages = LoginPages::with_templates(Theme::new().service_name("Acme").accent_color("#0b5cad")?)
///     .session_lifetime(Duration::from_secs(60 * 60));
/// # Ok::<(), oauth_core::interaction::InvalidTheme>(())
/// ```
///
/// - People log in with a user name and a password, checked by
///   [`validate_user`](RequestValidator::validate_user). A session lasts 8 hours by default, used or not.
/// - Of whom [`is_otp_required`](RequestValidator::is_otp_required) says so, a one-time code is asked for next, within five minutes, and
///   [`validate_otp`](RequestValidator::validate_otp) checks it. `amr` is then `pwd`, `otp` and `mfa` (RFC 8176 §2).
/// - Guesses at a user name wait longer and longer (status 429), by address and all together: see [`limits`](crate::limits).
/// - A browser where the user logged in within 90 days keeps a cookie that says so, and its failures are counted apart:
///   nobody else can make its owner wait; failures of one-time codes, where the user gave one. It holds for the last user of a
///   browser, if the store has a password hash of theirs, and until the password changes.
/// - Consent is remembered, and asked for again when a client wants more; or when the redirect URI leads to the person's own
///   device, where another application could pose as the client (RFC 8252 §8.6).
/// - `prompt=login` and `prompt=consent` (OIDC Core §3.1.2.1) ask again, `prompt=select_account` and a login older than
///   `max_age` ask for a login, `prompt=none` never asks. `login_hint` is filled in as the user name.
/// - Clients of an OpenID provider are told when a session ends; one that brings an ID token of the session may end it, any
///   other must have the person asked (OIDC RP-Initiated Logout §2). Where clients have frames for that (Front-Channel Logout),
///   the signed-out page shows them for three seconds before it goes on, and so does a login as someone else.
/// - With the grant `device_code`, `/device` asks for the code that a device shows, and whether the device may go on.
///   Wrong codes are counted as wrong passwords are.
/// - The pages can be elsewhere: see [`PagePaths`].
pub struct LoginPages<T = Theme, P = DefaultPaths> {
    templates: T,
    session_lifetime: Duration,
    acr: Option<String>,
    starts: Starts,
    paths: PhantomData<fn() -> P>,
}

// Of the paths nothing is asked, and the turns are the server's alone.
impl<T: fmt::Debug, P> fmt::Debug for LoginPages<T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { templates, session_lifetime, acr, starts: _, paths: _ } = self;
        f.debug_struct("LoginPages")
            .field("templates", templates)
            .field("session_lifetime", session_lifetime)
            .field("acr", acr)
            .finish()
    }
}

impl LoginPages {
    /// The built-in pages, in the built-in look.
    pub fn new() -> Self {
        Self::with_templates(Theme::new())
    }
}

impl Default for LoginPages {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: PageTemplates> LoginPages<T> {
    /// Sessions that last 8 hours.
    const SESSION_LIFETIME: Duration = Duration::from_hours(8);

    /// Pages in a [`Theme`] with changes, or drawn by templates of your own.
    pub const fn with_templates(templates: T) -> Self {
        let starts = Starts::new();
        Self { templates, session_lifetime: Self::SESSION_LIFETIME, acr: None, starts, paths: PhantomData }
    }
}

impl<T: PageTemplates, P: PagePaths> LoginPages<T, P> {
    /// Sets the paths of the pages, below the issuer: those of a type of yours, which the type of the field names, too.
    /// Default: `/login`, `/logout` and `/device`.
    #[must_use]
    pub fn at<Q: PagePaths>(self) -> LoginPages<T, Q> {
        let Self { templates, session_lifetime, acr, starts, paths: _ } = self;
        LoginPages { templates, session_lifetime, acr, starts, paths: PhantomData }
    }

    /// Sets how long a login lasts, used or not, and with it refresh tokens of OpenID Connect that are not for `offline_access`.
    /// Default: 8 hours. `into_router` refuses less than a second.
    #[must_use]
    pub const fn session_lifetime(mut self, lifetime: Duration) -> Self {
        self.session_lifetime = lifetime;
        self
    }

    /// Sets the class that a login here is of: `acr` of ID tokens, access tokens and introspection. A server with `acr_values(…)` names it
    /// there, or each request that asks for a class would be refused, and `into_router` refuses the server. Default: none.
    ///
    /// It is the same with a one-time code and without: name no class that promises a code, unless `is_otp_required` is `true` of
    /// everybody. `amr` tells both apart.
    #[must_use]
    pub fn acr(mut self, acr: impl Into<String>) -> Self {
        self.acr = Some(acr.into());
        self
    }

    /// Checks what only a run can tell. A session that has ended before the browser is back asks for a login again, and again.
    fn check_settings(&self, pages: &[&str]) -> std::result::Result<(), String> {
        if self.session_lifetime.as_secs() == 0 {
            return Err(oauth_rules::start_up::a_session_outlives_the_login.words.to_owned());
        }
        self.acr.as_deref().map_or(Ok(()), oauth_rules::step_up::check).map_err(|(_, words)| words)?;
        paths::check_differ(pages)
    }

    fn page(&self, status: StatusCode, html: String) -> Result<Response> {
        html::styled(status, html, self.templates.content_security_policy())
    }
}

impl<T, P, V> Interaction<V> for LoginPages<T, P>
where
    T: PageTemplates,
    P: PagePaths,
    V: RequestValidator<Users: UserStore, Sessions: SessionStore, Consents: ConsentStore>,
{
    const PAGES: &'static [&'static str] = &[P::LOGIN, P::LOGOUT];
    const HAS_SESSIONS: bool = true;

    fn acr_values(&self) -> Option<Vec<&str>> {
        Some(self.acr.as_deref().into_iter().collect())
    }

    fn check(&self) -> std::result::Result<(), String> {
        self.check_settings(<Self as Interaction<V>>::PAGES)
    }

    fn theme(&self) -> Option<&Theme> {
        self.templates.theme()
    }

    async fn decide(
        &self,
        context: &Context<'_, V>,
        authorization: &AuthorizationRequest,
        request: &Request,
    ) -> Result<Decision> {
        consent::decide(self, context, authorization, request).await
    }

    async fn is_logged_in(&self, context: &Context<'_, V>, request: &Request) -> Result<bool> {
        Ok(session::find(context, request.headers()).await?.is_some())
    }

    async fn end_session(
        &self,
        context: &Context<'_, V>,
        logout: &LogoutRequest,
        request: &Request,
    ) -> Result<Response> {
        logout::end_session(self, context, logout, request).await
    }

    async fn page(
        &self,
        context: &Context<'_, V>,
        page: &str,
        request: &::http::Request<Bytes>,
    ) -> Result<Response> {
        self.account_page(context, page, parse(context, request)?).await
    }
}

impl<T, P, V> DeviceInteraction<V> for LoginPages<T, P>
where
    T: DevicePageTemplates,
    P: PagePaths,
    V: RequestValidator<Users: UserStore, Sessions: SessionStore, Devices: DeviceStore>,
{
    const VERIFICATION_PATH: &'static str = P::DEVICE;
    const PAGES: &'static [&'static str] = &[P::LOGIN, P::LOGOUT, P::DEVICE];

    fn check(&self) -> std::result::Result<(), String> {
        self.check_settings(<Self as DeviceInteraction<V>>::PAGES)
    }

    fn theme(&self) -> Option<&Theme> {
        self.templates.theme()
    }

    async fn device_page(
        &self,
        context: &Context<'_, V>,
        page: &str,
        request: &::http::Request<Bytes>,
    ) -> Result<Response> {
        let request = parse(context, request)?;
        if page != P::DEVICE {
            return self.account_page(context, page, request).await;
        }
        match *request.method() {
            Method::GET | Method::HEAD => device::show(self, context, &request).await,
            Method::POST => device::submit(self, context, &request).await,
            _ => Ok(method_not_allowed()),
        }
    }
}

impl<T: PageTemplates, P: PagePaths> LoginPages<T, P> {
    /// The pages of the login and of the logout.
    async fn account_page<V>(
        &self,
        context: &Context<'_, V>,
        page: &str,
        mut request: Request,
    ) -> Result<Response>
    where
        V: RequestValidator<Users: UserStore, Sessions: SessionStore>,
    {
        let is_login = page == P::LOGIN;
        if !is_login && page != P::LOGOUT {
            return Err(Error::invalid_request("there is no such page"));
        }
        match *request.method() {
            Method::GET | Method::HEAD if is_login => login::show(self, context, &request).await,
            // Who sends a password begins anew.
            Method::POST if is_login && otp::is_sent(&request) => {
                otp::submit(self, context, &mut request).await
            }
            Method::POST if is_login => login::submit(self, context, &mut request).await,
            Method::GET | Method::HEAD => logout::show(self, context, &request).await,
            Method::POST => logout::submit(self, context, &request).await,
            _ => Ok(method_not_allowed()),
        }
    }
}

fn parse<V>(context: &Context<'_, V>, request: &::http::Request<Bytes>) -> Result<Request> {
    let (mut parts, ()) = ::http::Request::new(()).into_parts();
    (parts.method, parts.uri) = (request.method().clone(), request.uri().clone());
    (parts.headers, parts.extensions) = (request.headers().clone(), request.extensions().clone());
    // What comes by another method is refused for that.
    let kind = if parts.method == Method::POST { RequestBody::Form } else { RequestBody::OptionalForm };
    let request = Request::read(parts, request.body(), kind, |_| false)?;
    Ok(request.received_at(context.now()))
}

/// The languages that the person at the browser prefers, where no authorization request says so.
fn languages(request: &Request) -> Vec<String> {
    languages_of(request, [])
}

/// The same where the client says so, too.
fn languages_of<'a>(request: &'a Request, ui_locales: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    preferred(ui_locales, request.headers().get_all(header::ACCEPT_LANGUAGE))
}

/// RFC 9110 §15.4.4: another page, by GET.
fn see_other(location: &str, cookies: impl IntoIterator<Item = HeaderValue>) -> Result<Response> {
    let location = HeaderValue::try_from(location)
        .map_err(|_| Error::server("a path of the pages is not a header value"))?;
    let mut response = Response::default();
    *response.status_mut() = StatusCode::SEE_OTHER;
    response.headers_mut().insert(header::LOCATION, location);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    set_cookies(&mut response, cookies);
    Ok(response)
}

fn set_cookies(response: &mut Response, cookies: impl IntoIterator<Item = HeaderValue>) {
    for cookie in cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// RFC 9110 §15.5.6.
fn method_not_allowed() -> Response {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
    response
}
