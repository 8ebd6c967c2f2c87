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

/// The attempts at a code that was wrong. Dropped, they count: who goes away before the answer has guessed all the same.
struct Failed<'a>(Vec<Attempt<'a>>);

impl Failed<'_> {
    /// They were no guess.
    async fn take_back(mut self) {
        while let Some(attempt) = self.0.pop() {
            attempt.take_back().await;
        }
    }
}

impl Drop for Failed<'_> {
    fn drop(&mut self) {
        self.0.drain(..).for_each(Attempt::failed);
    }
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
            // At once: a second click may have been answered already that the code is used up.
            first_step::accept(context, first_step, &otp).await?;
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
    let mut failed = Failed(vec![of_first_step, attempt]);
    let wrong = context.guesses.wrong_code(id.expose()).await?;
    let is_last = wrong.is_err();
    failed.0.extend(wrong.ok());
    // Who clicks twice sends a code twice, and the hook has used it up.
    if failure.is_none() && first_step::is_accepted(context, first_step, &otp).await? {
        failed.take_back().await;
        return Ok(Outcome::Repeated);
    }
    drop(failed);
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
        first_step::abandon(context, id).await?;
        return Ok(Outcome::Over(LoginProblem::TooManyCodes));
    }
    Ok(Outcome::Shown(problem))
}
