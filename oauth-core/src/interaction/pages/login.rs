//! `/login`.

use ::http::StatusCode;
use ::http::header::{self, HeaderValue};

use super::csrf::Purpose;
use super::destination::Destination;
use super::logout::{SignedOut, signed_out};
use super::return_to::ReturnTo;
use super::session::Reread;
use super::site::Site;
use super::templates::PageTemplates;
use super::views::{LoginPage, LoginProblem, PageForm, SignedInPage};
use super::{
    LoginPages, PagePaths, cookie, csrf, first_step, known_browser, languages, otp, see_other, session,
    set_cookies,
};
use crate::error::{Error, ErrorCode, Result};
use crate::event::{Event, EventKind};
use crate::guesses::LoginKey;
use crate::http::Response;
use crate::interaction::Context;
use crate::interaction::language::whole_seconds;
use crate::limits::Network;
use crate::request::Request;
use crate::secret::SecretString;
use crate::store::{SecondStep, SessionStore, User, UserStore};
use crate::validator::password::{MAX_PASSWORD_LENGTH, MAX_USERNAME_LENGTH, event_of};
use crate::validator::{Hook, RequestValidator};

/// The cookie that binds the form to the browser before there is a session.
const COOKIE: &str = "login";

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
    let destination = Destination::of::<P, _>(context, request).await?;
    if destination.return_to().is_none()
        && let Some(logged_in) = session::find(context, request.headers()).await?
    {
        let logout = Site::of(context).path(P::LOGOUT);
        let view = SignedInPage {
            issuer: context.issuer,
            user: &logged_in.user,
            logout: &logout,
            languages: &languages(request),
        };
        return pages.page(StatusCode::OK, pages.templates.signed_in(&view)?);
    }
    // OIDC Core §3.1.2.1: `login_hint`, "Hint to the Authorization Server about the login identifier the End-User might use
    // to log in (if necessary)."
    let hint = destination.param("login_hint").filter(|hint| hint.len() <= MAX_USERNAME_LENGTH);
    form(pages, context, request, &destination, hint.unwrap_or_default(), None)
}

pub(super) async fn submit<T, P, V>(
    pages: &LoginPages<T, P>,
    context: &Context<'_, V>,
    request: &mut Request,
) -> Result<Response>
where
    T: PageTemplates,
    P: PagePaths,
    V: RequestValidator<Users: UserStore, Sessions: SessionStore>,
{
    let destination = Destination::of::<P, _>(context, request).await?;
    let again = |request: &Request, username: &str, problem: &LoginProblem| {
        form(pages, context, request, &destination, username, Some(problem))
    };
    let site = Site::of(context);
    let name = site.cookie_name(COOKIE);
    let known = cookie::get(request.headers(), &name);
    if !csrf::is_genuine(site, request.headers(), known, Purpose::Login, request.body().get("csrf")) {
        return again(request, "", &LoginProblem::Expired);
    }
    let username = request.body().get("username").unwrap_or_default().to_owned();
    let user = match check(context, &username, request).await? {
        Ok(user) => user,
        Err(problem) => return again(request, &username, &problem),
    };
    let verified = user.password_hash.clone();
    let mut user = session::enrol(context, user).await?;
    if V::HOOKS.may_have(Hook::IS_OTP_REQUIRED) {
        match judge(context, request, verified, user).await? {
            Judged::Complete(complete) => user = complete,
            Judged::CodeRequired(user) => {
                return otp::begin(pages, context, request, &user, &destination).await;
            }
            Judged::Problem(problem) => return again(request, &username, &problem),
        }
    }
    first_step::end(context, request.headers()).await?;
    let login = Completed { user, second_step: SecondStep::None, session: SecretString::random() };
    complete(pages, context, request, login, &destination).await
}

/// The worth of a right password where some must give a code.
enum Judged {
    Complete(User),
    CodeRequired(User),
    Problem(LoginProblem),
}

/// Asks whether a code is required of this user, as the store has them. `verified`: the hash that the password was right by, of a user of
/// the store. Hashing takes its time, and so may the hook: whose password became another one, or whom someone deleted, begins anew.
async fn judge<V>(
    context: &Context<'_, V>,
    request: &mut Request,
    verified: Option<String>,
    user: User,
) -> Result<Judged>
where
    V: RequestValidator<Users: UserStore>,
{
    let refuse = |request: &Request, problem| {
        context.observe(&Event::of_request(EventKind::LoginRefused, request).subject(&user.subject));
        Ok(Judged::Problem(problem))
    };
    if verified.is_some() && verified != user.password_hash {
        return refuse(request, LoginProblem::Expired);
    }
    let is_required = match context.validator.is_otp_required(&user, request).await {
        Ok(is_required) => is_required,
        Err(error) if error.is_temporary() => return Err(error),
        Err(error) => {
            let event = Event::of_request(event_of(&error), request).subject(&user.subject);
            context.observe(&event.error(&error));
            return Ok(Judged::Problem(LoginProblem::Refused { reason: refused(error)? }));
        }
    };
    match session::reread(context, &user).await? {
        Reread::Same(user) if is_required => Ok(Judged::CodeRequired(user)),
        Reread::Same(user) => Ok(Judged::Complete(user)),
        Reread::Changed => refuse(request, LoginProblem::Expired),
        Reread::Deleted => refuse(request, LoginProblem::WrongCredentials),
    }
}

/// A login all of whose steps are done.
pub(super) struct Completed {
    pub(super) user: User,
    pub(super) second_step: SecondStep,
    /// The identifier of its session, which nobody knows yet.
    pub(super) session: SecretString,
}

impl Completed {
    /// `Set-Cookie` of whoever has logged in so.
    pub(super) fn cookies<V>(&self, context: &Context<'_, V>, request: &Request) -> Result<Vec<HeaderValue>> {
        let site = Site::of(context);
        let mut cookies = session::cookies(context, &self.session)?;
        cookies.push(cookie::clear(site, &site.cookie_name(COOKIE))?);
        cookies.extend(first_step::clear(context, request.headers())?);
        cookies.extend(known_browser::remember(site, &self.user, self.second_step)?);
        Ok(cookies)
    }
}

/// Starts the session, and leads on.
pub(super) async fn complete<T, P, V>(
    pages: &LoginPages<T, P>,
    context: &Context<'_, V>,
    request: &Request,
    login: Completed,
    destination: &Destination,
) -> Result<Response>
where
    T: PageTemplates,
    P: PagePaths,
    V: RequestValidator<Users: UserStore, Sessions: SessionStore>,
{
    let event = Event::of_request(EventKind::LoginSucceeded, request);
    context.observe(&event.subject(&login.user.subject));
    let cookies = login.cookies(context, request)?;
    let Completed { user, second_step, session } = login;
    let (subject, lifetime) = (user.subject.clone(), pages.session_lifetime);
    let frames = session::start(context, request, &session, subject, second_step, lifetime).await?;
    let location = destination.location::<P, _>(context);
    if frames.is_empty() {
        return see_other(&location, cookies);
    }
    // Front-Channel Logout §2: whoever was logged in before is signed out of clients, too.
    let (user, continue_to) = (Some(&user), Some(location.as_str()));
    let languages = destination.languages(request);
    let shown = SignedOut { frames, user, continue_to, languages, ..SignedOut::default() };
    signed_out(pages, context, cookies, &shown)
}

async fn check<V>(
    context: &Context<'_, V>,
    username: &str,
    request: &mut Request,
) -> Result<Result<User, LoginProblem>>
where
    V: RequestValidator<Users: UserStore>,
{
    let Some(password) = request.body().get("password").map(SecretString::new) else {
        return Ok(Err(LoginProblem::WrongCredentials));
    };
    // What costs no hash must not count: it would be a free way to fill the counters.
    if password.expose().len() > MAX_PASSWORD_LENGTH || username.len() > MAX_USERNAME_LENGTH {
        return Ok(Err(LoginProblem::WrongCredentials));
    }
    let name = &context.validator.get_login_key(username, request).await?;
    let steps = [SecondStep::None, SecondStep::Otp];
    let browser = known_browser::find(context, request.headers(), username, &steps).await?;
    let key = match &browser {
        Some(cookie) => LoginKey::KnownBrowser { cookie: cookie.expose(), name },
        None => LoginKey::Stranger { name, address: Network::of(&request.extensions) },
    };
    let (attempt, turn) = match context.guesses.login(key).await? {
        Ok(begun) => begun,
        Err(retry_after) => {
            let event = Event::of_request(EventKind::LoginThrottled, request);
            context.observe(&Event { rule: Some("login"), ..event });
            return Ok(Err(LoginProblem::TooManyAttempts { retry_after }));
        }
    };
    request.extensions.insert(turn);
    match context.validator.validate_user(username, password.expose(), request).await {
        Ok(Some(user)) => {
            attempt.take_back().await;
            Ok(Ok(user))
        }
        Ok(None) => {
            attempt.failed();
            context.observe(&Event::of_request(EventKind::LoginFailed, request));
            Ok(Err(LoginProblem::WrongCredentials))
        }
        Err(error) if error.is_temporary() => {
            attempt.take_back().await;
            Err(error)
        }
        Err(error) => {
            attempt.failed();
            context.observe(&Event::of_request(event_of(&error), request).error(&error));
            refused(error).map(|reason| Err(LoginProblem::Refused { reason }))
        }
    }
}

/// The reason to show, of an error by which the application refuses somebody.
///
/// # Errors
///
/// Any other error.
pub(super) fn refused(error: Error) -> Result<Option<String>> {
    if error.code() == ErrorCode::AccessDenied {
        Ok(error.description().map(str::to_owned))
    } else {
        Err(error)
    }
}

pub(super) fn form<T: PageTemplates, P: PagePaths, V>(
    pages: &LoginPages<T, P>,
    context: &Context<'_, V>,
    request: &Request,
    destination: &Destination,
    username: &str,
    problem: Option<&LoginProblem>,
) -> Result<Response> {
    let site = Site::of(context);
    let name = site.cookie_name(COOKIE);
    // The cookie is kept where there is one, so that two tabs can both log in.
    let known = cookie::get(request.headers(), &name).map(SecretString::new);
    let is_new = known.is_none();
    let secret = known.unwrap_or_else(SecretString::random);
    let html = pages.templates.login(&LoginPage {
        form: PageForm {
            issuer: context.issuer,
            action: &site.path(P::LOGIN),
            csrf: &csrf::token(secret.expose(), Purpose::Login),
            return_to: destination.return_to().map(ReturnTo::as_str),
            display: destination.param("display"),
            languages: &destination.languages(request),
        },
        username,
        problem,
    })?;
    let mut response = pages.page(status(problem), html)?;
    if is_new {
        set_cookies(&mut response, [cookie::set(site, &name, secret.expose())?]);
    }
    if let Some(LoginProblem::TooManyAttempts { retry_after }) = problem {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(whole_seconds(*retry_after)));
    }
    Ok(response)
}

/// A wrong password is 200: the form was understood, and this is the answer. RFC 9110 §15.5.2 would have a 401 carry a
/// `WWW-Authenticate` challenge, which a browser answers with a dialogue of its own.
const fn status(problem: Option<&LoginProblem>) -> StatusCode {
    match problem {
        None | Some(LoginProblem::WrongCredentials | LoginProblem::TooManyCodes) => StatusCode::OK,
        Some(LoginProblem::Refused { .. } | LoginProblem::Expired | LoginProblem::CodeUsedUp) => {
            StatusCode::FORBIDDEN
        }
        Some(LoginProblem::TooManyAttempts { .. }) => StatusCode::TOO_MANY_REQUESTS,
    }
}
