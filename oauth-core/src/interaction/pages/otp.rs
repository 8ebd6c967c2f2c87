//! The second step of `/login`: a one-time code.

use ::http::StatusCode;
use ::http::header::{self, HeaderValue};

use super::csrf::Purpose;
use super::first_step::FirstStep;
use super::login::{self, Completed};
use super::return_to::ReturnTo;
use super::session::{LoggedIn, Reread};
use super::site::Site;
use super::templates::PageTemplates;
use super::views::{LoginProblem, OtpPage, OtpProblem};
use super::{
    LoginPages, PagePaths, csrf, first_step, known_browser, return_to, see_other, session, set_cookies,
};
use crate::error::{ErrorCode, Result};
use crate::event::{Event, EventKind};
use crate::http::Response;
use crate::interaction::Context;
use crate::interaction::language::whole_seconds;
use crate::limits::Network;
use crate::request::{Params, Request};
use crate::secret::SecretString;
use crate::store::{SecondStep, SessionStore, User, UserStore};
use crate::validator::RequestValidator;

/// The longest code, in bytes. Longer ones are refused like a wrong code.
const MAX_OTP_LENGTH: usize = 64;

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
    return_to: Option<&ReturnTo>,
    asked: &Params,
) -> Result<Response>
where
    T: PageTemplates,
    P: PagePaths,
    V: RequestValidator<Users: UserStore, Sessions: SessionStore>,
{
    let (id, cookie) = first_step::begin(context, request.headers(), user).await?;
    context.observe(&Event::of_request(EventKind::OtpRequired, request).subject(&user.subject));
    let mut response = Form { request, return_to, asked }.shown(pages, context, &id, None)?;
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
    let return_to = return_to::<P, _>(context, request);
    let asked = login::asked(context, return_to.as_ref()).await?;
    let again = |request: &Request, problem: LoginProblem| {
        login::form(pages, context, request, return_to.as_ref(), "", Some(&problem), &asked)
    };
    // What another site sends ends nothing.
    let id = first_step::cookie(context, request.headers());
    let sent = request.body().get("csrf");
    let Some(id) =
        id.filter(|id| csrf::is_genuine(Site::of(context), request.headers(), Some(id), Purpose::Otp, sent))
    else {
        if is_just_complete(context, request).await? {
            return lead_on::<P, _>(context, request, return_to.as_ref());
        }
        return again(request, LoginProblem::Expired);
    };
    let Some(first_step) = first_step::find(context, id).await? else {
        if is_just_complete(context, request).await? {
            return lead_on::<P, _>(context, request, return_to.as_ref());
        }
        return forgotten(context, request, again(request, LoginProblem::Expired)?);
    };
    let FirstStep { id, user, .. } = &first_step;
    let outcome = match check(context, &first_step, request).await? {
        Outcome::Shown(problem) => {
            let form = Form { request, return_to: return_to.as_ref(), asked: &asked };
            return form.shown(pages, context, id, Some(&problem));
        }
        Outcome::Over(problem) => {
            first_step::take(context, &first_step).await?;
            Some(problem)
        }
        Outcome::Right => None,
    };
    if let Some(problem) = outcome {
        return forgotten(context, request, again(request, problem)?);
    }
    // Whose password became another one while the code was checked gives that one. Of any number of requests with a right code, one
    // takes the first step, and nobody does who comes after.
    let now = session::reread(context, user).await?;
    let is_taken = first_step::take(context, &first_step).await?;
    let user = match now {
        Reread::Same(user) if is_taken => user,
        // Another request took it.
        Reread::Same(_) => return forgotten(context, request, again(request, LoginProblem::Expired)?),
        Reread::Changed | Reread::Deleted => {
            context.observe(&Event::of_request(EventKind::LoginRefused, request).subject(&user.subject));
            return forgotten(context, request, again(request, LoginProblem::Expired)?);
        }
    };
    let login = Completed { user, second_step: SecondStep::Otp, return_to, asked };
    login::complete(pages, context, request, login).await
}

/// The fate of a code.
enum Outcome {
    Right,
    /// Another one may be tried.
    Shown(OtpProblem),
    /// None may: the password comes first.
    Over(LoginProblem),
}

async fn check<V>(
    context: &Context<'_, V>,
    FirstStep { id, user, expires_at }: &FirstStep,
    request: &mut Request,
) -> Result<Outcome>
where
    V: RequestValidator<Users: UserStore>,
{
    let otp = SecretString::new(request.body().get("otp").unwrap_or_default().trim());
    if otp.expose().is_empty() || otp.expose().len() > MAX_OTP_LENGTH {
        return Ok(Outcome::Shown(OtpProblem::WrongCode));
    }
    let throttled = |request: &Request| {
        let event = Event::of_request(EventKind::LoginThrottled, request).subject(&user.subject);
        context.observe(&Event { rule: Some("otp"), ..event });
    };
    let Ok(of_first_step) = context.guesses.first_step(id.expose()).await? else {
        throttled(request);
        return Ok(Outcome::Over(LoginProblem::TooManyCodes));
    };
    let steps = [SecondStep::Otp];
    let browser = known_browser::find(context, request.headers(), &user.username, &steps).await?;
    let browser = browser.as_ref().map(SecretString::expose);
    let address = Network::of(&request.extensions);
    let attempt = match context.guesses.otp(&user.subject, browser, address).await? {
        Ok(begun) => begun,
        Err(retry_after) => {
            of_first_step.take_back().await;
            throttled(request);
            // Who has to wait for longer than the first step lives gives the password again.
            return Ok(if context.now() + retry_after < *expires_at {
                Outcome::Shown(OtpProblem::TooManyAttempts { retry_after })
            } else {
                Outcome::Over(LoginProblem::TooManyAttempts { retry_after })
            });
        }
    };
    let failure = match context.validator.validate_otp(user, otp.expose(), request).await {
        Ok(true) => {
            of_first_step.take_back().await;
            attempt.take_back().await;
            return Ok(Outcome::Right);
        }
        Ok(false) => None,
        // Nobody learned whether it was right.
        Err(error) if error.is_temporary() || error.code() == ErrorCode::ServerError => {
            of_first_step.take_back().await;
            attempt.take_back().await;
            return Err(error);
        }
        Err(error) => Some(error),
    };
    of_first_step.failed();
    attempt.failed();
    let event = Event::of_request(EventKind::OtpFailed, request).subject(&user.subject);
    let problem = match failure {
        None => {
            context.observe(&event);
            OtpProblem::WrongCode
        }
        Some(error) => {
            context.observe(&event.error(&error));
            OtpProblem::Refused { reason: login::refused(error)? }
        }
    };
    // The last one that it had: nothing may be tried with it any more.
    Ok(match context.guesses.first_step(id.expose()).await? {
        Ok(left) => {
            left.take_back().await;
            Outcome::Shown(problem)
        }
        Err(_) => Outcome::Over(LoginProblem::TooManyCodes),
    })
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

/// Where the login leads, for who has nothing more to give. It grants nothing: anybody may go there, and is asked what they lack.
fn lead_on<P: PagePaths, V>(
    context: &Context<'_, V>,
    request: &Request,
    return_to: Option<&ReturnTo>,
) -> Result<Response> {
    let location = return_to.map_or_else(|| Site::of(context).path(P::LOGIN), |to| to.as_str().to_owned());
    see_other(&location, first_step::clear(context, request.headers())?)
}

/// The login form, at a browser that need not keep the cookie of its first step.
fn forgotten<V>(context: &Context<'_, V>, request: &Request, mut form: Response) -> Result<Response> {
    set_cookies(&mut form, first_step::clear(context, request.headers())?);
    Ok(form)
}

/// The form for the code, and what it leads back to.
struct Form<'a> {
    request: &'a Request,
    return_to: Option<&'a ReturnTo>,
    asked: &'a Params,
}

impl Form<'_> {
    fn shown<T: PageTemplates, P: PagePaths, V>(
        &self,
        pages: &LoginPages<T, P>,
        context: &Context<'_, V>,
        id: &SecretString,
        problem: Option<&OtpProblem>,
    ) -> Result<Response> {
        let login = Site::of(context).path(P::LOGIN);
        let html = pages.templates.otp(&OtpPage {
            issuer: context.issuer,
            action: &login,
            csrf: &csrf::token(id.expose(), Purpose::Otp),
            return_to: self.return_to.map(ReturnTo::as_str),
            start_over: &self.return_to.map_or_else(|| login.clone(), |to| to.via(&login)),
            problem,
            display: self.asked.get("display"),
            languages: &login::languages_asked(self.request, self.asked),
        })?;
        let mut response = pages.page(status(problem), html)?;
        if let Some(OtpProblem::TooManyAttempts { retry_after }) = problem {
            let seconds = HeaderValue::from(whole_seconds(*retry_after));
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        Ok(response)
    }
}

/// A wrong code is 200, as a wrong password is.
const fn status(problem: Option<&OtpProblem>) -> StatusCode {
    match problem {
        None | Some(OtpProblem::WrongCode) => StatusCode::OK,
        Some(OtpProblem::Refused { .. }) => StatusCode::FORBIDDEN,
        Some(OtpProblem::TooManyAttempts { .. }) => StatusCode::TOO_MANY_REQUESTS,
    }
}
