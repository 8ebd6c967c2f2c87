//! The resource owner password credentials grant, RFC 6749 §4.3, for clients that cannot change: RFC 9700 §2.4, it "MUST
//! NOT be used". It needs the profile [`OAuth20`](crate::server::Profile::OAuth20).

use crate::error::{Error, ErrorCode, Result};
use crate::event::{Event, EventKind};
use crate::frame::{AuthorizationServer, Grant, RunningServer};
use crate::guesses::LoginKey;
use crate::issuing::{claim_replay_ids, issue_to_subject, scopes_of_body};
use crate::limits::Network;
use crate::request::Request;
use crate::response::TokenResponse;
use crate::secret::SecretString;
use crate::store::{StoreRoles, User, UserStore};
use crate::validator::password::{MAX_PASSWORD_LENGTH, MAX_USERNAME_LENGTH, event_of, unknown_with_hash};
use crate::validator::{Hook, RequestValidator};

/// `password`. Needs a store for users; [`validate_user`](RequestValidator::validate_user) checks the password.
///
/// Guesses are slowed down by client, user name and address, and by user name alone: `temporarily_unavailable`, status 429. See
/// [`limits`](crate::limits).
#[derive(Debug, Clone, Copy)]
pub struct Password;

impl<S> Grant<S> for Password
where
    S: AuthorizationServer,
    <S::Validator as StoreRoles>::Users: UserStore,
{
    const GRANT_TYPE: Option<&'static str> = Some("password");
    const IS_OURS: bool = true;

    async fn token(server: &RunningServer<S>, request: &mut Request) -> Result<TokenResponse> {
        let parameter = |name: &'static str| {
            request.body().get(name).ok_or_else(|| Error::invalid_request(format!("{name} is missing")))
        };
        let username = parameter("username")?.to_owned();
        let password = SecretString::new(parameter("password")?);
        // What is malformed is refused before the password costs a hash.
        let scopes = scopes_of_body(server, request).await?;
        // An attempt is something that is used up: one assertion is good for one.
        claim_replay_ids(server, request).await?;
        let user = authenticate(server, request, &username, &password).await?;
        request.validated.subject = Some(user.subject);
        request.validated.auth_time = Some(server.now());
        request.validated.scopes = Some(scopes);
        issue_to_subject(server, request).await
    }
}

/// RFC 6749 §4.3.2: "Since this access token request utilizes the resource owner's password, the authorization server MUST
/// protect the endpoint against brute force attacks (e.g., using rate-limitation or generating alerts)."
async fn authenticate<S>(
    server: &RunningServer<S>,
    request: &mut Request,
    username: &str,
    password: &SecretString,
) -> Result<User>
where
    S: AuthorizationServer,
    <S::Validator as StoreRoles>::Users: UserStore,
{
    // What costs no hash must not count: it would be a free way to fill the counters.
    if password.expose().is_empty()
        || password.expose().len() > MAX_PASSWORD_LENGTH
        || username.len() > MAX_USERNAME_LENGTH
    {
        return Err(wrong_credentials());
    }
    let name = server.validator().get_login_key(username, request).await?;
    let (client, address) = (request.require_client()?, Network::of(&request.extensions));
    let key = LoginKey::Client {
        client_id: &client.client_id,
        is_authenticated: request.client_is_authenticated(),
        name: &name,
        address,
    };
    let begun = server.guesses().login(key).await?;
    let (attempt, turn) = begun.map_err(|wait| {
        let error = Error::too_many_requests(wait).by_rule("login");
        server.observe(&Event::of_request(EventKind::LoginThrottled, request).error(&error));
        error
    })?;
    request.extensions.insert(turn);
    match server.validator().validate_user(username, password.expose(), request).await {
        Ok(Some(user)) => {
            attempt.take_back().await;
            let judged = judge(server, request, &user).await;
            if judged.as_ref().is_err_and(Error::is_temporary) {
                return judged.map(|()| user);
            }
            let event = match &judged {
                Ok(()) => Event::of_request(EventKind::LoginSucceeded, request),
                Err(error) => Event::of_request(event_of(error), request).error(error),
            };
            server.observe(&event.subject(&user.subject));
            judged.map(|()| user)
        }
        Ok(None) => {
            attempt.failed();
            server.observe(&Event::of_request(EventKind::LoginFailed, request));
            Err(wrong_credentials())
        }
        Err(error) if error.is_temporary() => {
            attempt.take_back().await;
            Err(error)
        }
        Err(error) => {
            attempt.failed();
            server.observe(&Event::of_request(event_of(&error), request).error(&error));
            Err(error)
        }
    }
}

/// Asks whether a code is required of this user, as the store has them: it would be a way around the second step of the login page.
/// Where no hook asks for codes, nothing is read and nothing compared.
async fn judge<S>(server: &RunningServer<S>, request: &mut Request, user: &User) -> Result<()>
where
    S: AuthorizationServer,
    <S::Validator as StoreRoles>::Users: UserStore,
{
    if !<S::Validator as RequestValidator>::HOOKS.may_have(Hook::IS_OTP_REQUIRED) {
        return Ok(());
    }
    let (validator, users) = (server.validator(), server.validator().users());
    let stored = users.user(&user.subject).await?;
    match &stored {
        None if user.password_hash.is_some() => return Err(unknown_with_hash()),
        Some(stored) if user.password_hash.is_some() && user.password_hash != stored.password_hash => {
            return Err(try_again());
        }
        _ => {}
    }
    if validator.is_otp_required(stored.as_ref().unwrap_or(user), request).await? {
        return Err(Error::invalid_grant(
            "a one-time code is required as well, which this grant has no place for: log in at the login page",
        ));
    }
    // The hook may take its time, and the password may be another one by now, or the user gone.
    let Some(stored) = stored else { return Ok(()) };
    match users.user(&stored.subject).await? {
        None => Err(wrong_credentials()),
        Some(now) if now.password_hash != stored.password_hash => Err(try_again()),
        Some(_) => Ok(()),
    }
}

/// The password may be another one by now, or the same under another hash.
fn try_again() -> Error {
    Error::new(ErrorCode::TemporarilyUnavailable)
        .describe("the password was saved anew while it was checked: try again")
}

/// One answer for an unknown user and for a wrong password.
fn wrong_credentials() -> Error {
    Error::invalid_grant("the user name or the password is wrong")
}
