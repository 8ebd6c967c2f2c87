//! The fate of a one-time code.

use super::first_step::FirstStep;
use super::views::{LoginProblem, OtpProblem};
use super::{first_step, known_browser, login};
use crate::error::{ErrorCode, Result};
use crate::event::{Event, EventKind};
use crate::guesses::Attempt;
use crate::interaction::Context;
use crate::limits::Network;
use crate::request::Request;
use crate::secret::SecretString;
use crate::store::{SecondStep, SessionStore, UserStore};
use crate::validator::RequestValidator;

/// The longest code, in bytes. Longer ones are refused like a wrong code.
const MAX_OTP_LENGTH: usize = 64;

/// The fate of a code.
pub(super) enum Outcome {
    Right,
    /// It was right a moment ago, with the same first step.
    Repeated,
    /// Another one may be tried.
    Shown(OtpProblem),
    /// None may: the password comes first.
    Over(LoginProblem),
}

/// Checks the code that a form sends.
pub(super) async fn check<V>(
    context: &Context<'_, V>,
    first_step: &FirstStep,
    request: &mut Request,
) -> Result<Outcome>
where
    V: RequestValidator<Users: UserStore, Sessions: SessionStore>,
{
    let FirstStep { id, user, expires_at, .. } = first_step;
    let otp = SecretString::new(request.body().get("otp").unwrap_or_default().trim());
    if otp.expose().is_empty() || otp.expose().len() > MAX_OTP_LENGTH {
        return Ok(Outcome::Shown(OtpProblem::WrongCode));
    }
    let throttled = |request: &Request| {
        let event = Event::of_request(EventKind::LoginThrottled, request).subject(&user.subject);
        context.observe(&Event { rule: Some("otp"), ..event });
    };
    // Those before it may be under way, and one of them right: they end it, and not who comes too late.
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
            first_step::accept(context, first_step, &otp).await?;
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
    let wrong = context.guesses.wrong_code(id.expose()).await?;
    // Who clicks twice sends a code twice, and the hook has used it up.
    if failure.is_none() && first_step::is_accepted(context, first_step, &otp).await? {
        for attempt in [Some(of_first_step), Some(attempt), wrong.ok()].into_iter().flatten() {
            attempt.take_back().await;
        }
        return Ok(Outcome::Repeated);
    }
    of_first_step.failed();
    attempt.failed();
    let is_last = wrong.map(Attempt::failed).is_err();
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
    if is_last {
        // Nothing may be tried with it any more.
        first_step::take(context, first_step).await?;
        return Ok(Outcome::Over(LoginProblem::TooManyCodes));
    }
    Ok(Outcome::Shown(problem))
}
