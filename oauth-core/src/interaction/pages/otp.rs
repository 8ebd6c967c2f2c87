//! The second step of `/login`: a one-time code.

use ::http::StatusCode;
use ::http::header::{self, HeaderValue};

use super::csrf::Purpose;
use super::destination::Destination;
use super::login::{self, Completed};
use super::one_time_code::{self, Outcome};
use super::return_to::ReturnTo;
use super::session::{LoggedIn, Reread};
use super::site::Site;
use super::templates::PageTemplates;
use super::views::{LoginProblem, OtpPage, OtpProblem, PageForm};
use super::{LoginPages, PagePaths, csrf, first_step, see_other, session, set_cookies};
use crate::error::Result;
use crate::event::{Event, EventKind};
use crate::http::Response;
use crate::interaction::Context;
use crate::interaction::language::whole_seconds;
use crate::request::Request;
use crate::secret::SecretString;
use crate::store::{SecondStep, SessionStore, User, UserStore};
use crate::validator::RequestValidator;

/// Tells whether a form has a field for the code, filled in or not. One that has a field for the password as well is a login from the
/// start.
pub(super) fn is_sent(request: &Request) -> bool {
    let has = |field| request.body().iter().any(|(name, _)| name == field);
    has("otp") && !has("password")
}

/// Keeps that the password was right, and asks for the code. Nobody is logged in.
pub(super) async fn begin<T, P, V>(
    pages: &LoginPages<T, P>,
    context: &Context<'_, V>,
    request: &Request,
    user: &User,
    destination: &Destination,
) -> Result<Response>
where
    T: PageTemplates,
    P: PagePaths,
    V: RequestValidator<Users: UserStore, Sessions: SessionStore>,
{
    let (id, cookie) = first_step::begin(context, request.headers(), user).await?;
    context.observe(&Event::of_request(EventKind::OtpRequired, request).subject(&user.subject));
    let mut response = form(pages, context, request, destination, &id, None)?;
    set_cookies(&mut response, [cookie]);
    Ok(response)
}

/// Takes the code.
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
    let again = |request: &Request, problem: LoginProblem| {
        login::form(pages, context, request, &destination, "", Some(&problem))
    };
    // What another site sends ends nothing.
    let id = first_step::cookie(context, request.headers());
    let sent = request.body().get("csrf");
    let Some(id) =
        id.filter(|id| csrf::is_genuine(Site::of(context), request.headers(), Some(id), Purpose::Otp, sent))
    else {
        if is_just_complete(context, request).await? {
            return lead_on::<P, _>(context, request, &destination);
        }
        return again(request, LoginProblem::Expired);
    };
    let Some(first_step) = first_step::find(context, id).await? else {
        if is_just_complete(context, request).await? {
            return lead_on::<P, _>(context, request, &destination);
        }
        // The second of two clicks, where the browser gave up the answer to the first. Whoever copied the cookie sends the same: nobody gets the session
        // that another request began, and whatever code it is that comes now, nothing is said of it.
        let had_code = first_step::had_right_code(context, &SecretString::new(id)).await?;
        let problem = if had_code { LoginProblem::CodeUsedUp } else { LoginProblem::Expired };
        return forgotten(context, request, again(request, problem)?);
    };
    match one_time_code::check(context, &first_step, request).await? {
        Outcome::Shown(problem) => {
            return form(pages, context, request, &destination, &first_step.id, Some(&problem));
        }
        Outcome::Over(problem) => return forgotten(context, request, again(request, problem)?),
        // A second click may come to its end where the browser has given up the first one.
        Outcome::Right | Outcome::Repeated => {}
    }
    // Whose password became another one while the code was checked gives that one. Of any number of requests with a right code, one
    // takes the first step and starts the session, and nobody does who comes after: a second click waits for it, as the browser waits for the
    // answer to that one alone and goes on to where the session is looked for.
    let _turn = pages.starts.turn(&first_step.id).await;
    let now = session::reread(context, &first_step.user).await?;
    let is_first = first_step::take(context, &first_step).await?;
    let Reread::Same(user) = now else {
        let subject = &first_step.user.subject;
        context.observe(&Event::of_request(EventKind::LoginRefused, request).subject(subject));
        return forgotten(context, request, again(request, LoginProblem::Expired)?);
    };
    let login = Completed { user, second_step: SecondStep::Otp, session: first_step.session() };
    if !is_first {
        // The cookies of a session that never is would end one that another tab has begun.
        if first_step::is_abandoned(context, &first_step).await? {
            return forgotten(context, request, again(request, LoginProblem::Expired)?);
        }
        // At another instance, a first click that is not done yet most likely is when the browser comes back.
        return see_other(&destination.location::<P, _>(context), login.cookies(context, request)?);
    }
    login::complete(pages, context, request, login, &destination).await
}

/// Tells whether a login with a code was completed at this browser while a first step would have lived: the form came a second time, by
/// a double click or from the history.
async fn is_just_complete<V>(context: &Context<'_, V>, request: &Request) -> Result<bool>
where
    V: RequestValidator<Users: UserStore, Sessions: SessionStore>,
{
    let found = session::find(context, request.headers()).await?;
    Ok(found.is_some_and(|LoggedIn { session, .. }| {
        session.second_step == SecondStep::Otp && context.now() < session.auth_time + first_step::LIFETIME
    }))
}

/// The way on, for who has nothing more to give.
fn lead_on<P: PagePaths, V>(
    context: &Context<'_, V>,
    request: &Request,
    destination: &Destination,
) -> Result<Response> {
    see_other(&destination.location::<P, _>(context), first_step::clear(context, request.headers())?)
}

/// The login form, at a browser that need not keep the cookie of its first step.
fn forgotten<V>(context: &Context<'_, V>, request: &Request, mut form: Response) -> Result<Response> {
    set_cookies(&mut form, first_step::clear(context, request.headers())?);
    Ok(form)
}

/// The form for the code.
fn form<T: PageTemplates, P: PagePaths, V>(
    pages: &LoginPages<T, P>,
    context: &Context<'_, V>,
    request: &Request,
    destination: &Destination,
    id: &SecretString,
    problem: Option<&OtpProblem>,
) -> Result<Response> {
    let login = Site::of(context).path(P::LOGIN);
    let html = pages.templates.otp(&OtpPage {
        form: PageForm {
            issuer: context.issuer,
            action: &login,
            csrf: &csrf::token(id.expose(), Purpose::Otp),
            return_to: destination.return_to().map(ReturnTo::as_str),
            display: destination.param("display"),
            languages: &destination.languages(request),
        },
        start_over: &destination.return_to().map_or_else(|| login.clone(), |to| to.via(&login)),
        problem,
    })?;
    let mut response = pages.page(status(problem), html)?;
    if let Some(OtpProblem::TooManyAttempts { retry_after }) = problem {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(whole_seconds(*retry_after)));
    }
    Ok(response)
}

/// A wrong code is 200, as a wrong password is.
const fn status(problem: Option<&OtpProblem>) -> StatusCode {
    match problem {
        None | Some(OtpProblem::WrongCode) => StatusCode::OK,
        Some(OtpProblem::Refused { .. }) => StatusCode::FORBIDDEN,
        Some(OtpProblem::TooManyAttempts { .. }) => StatusCode::TOO_MANY_REQUESTS,
    }
}
