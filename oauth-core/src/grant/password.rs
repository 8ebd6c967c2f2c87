//! The resource owner password credentials grant, RFC 6749 §4.3, for clients that cannot change: RFC 9700 §2.4, it "MUST
//! NOT be used". It needs the profile [`OAuth20`](crate::server::Profile::OAuth20).

use super::{Grant, issue_to_subject, requested_scopes};
use crate::error::{Error, ErrorCode, Result};
use crate::interaction::password::{MAX_PASSWORD_LENGTH, MAX_USERNAME_LENGTH};
use crate::request::Request;
use crate::secret::SecretString;
use crate::server::{AuthorizationServer, RunningServer};
use crate::store::{User, UserStore};
use crate::token::TokenResponse;
use crate::validator::{RequestValidator, StoreRoles};

/// `password`. Needs a store for users; [`validate_user`](RequestValidator::validate_user) checks the password.
///
/// After five failures for one user name, the next attempts wait 1 to 30 seconds, at each instance and whichever client
/// asks: `temporarily_unavailable`, status 503. One failure is forgotten every three minutes.
#[derive(Debug, Clone, Copy)]
pub struct Password;

impl<S> Grant<S> for Password
where
    S: AuthorizationServer,
    <S::Validator as StoreRoles>::Users: UserStore,
{
    const GRANT_TYPE: Option<&'static str> = Some("password");

    async fn token(server: &RunningServer<S>, request: &mut Request) -> Result<TokenResponse> {
        let parameter = |name: &'static str| {
            request.body().get(name).ok_or_else(|| Error::invalid_request(format!("{name} is missing")))
        };
        let username = parameter("username")?.to_owned();
        let password = SecretString::new(parameter("password")?);
        // What is malformed is refused before the password costs a hash.
        let scope = request.body().get("scope").map(str::to_owned);
        let scopes = requested_scopes(server, request, scope.as_deref()).await?;
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
    let throttle = server.password_throttle();
    let throttle =
        throttle.ok_or_else(|| Error::server("the password grant was asked without its throttle"))?;
    // Stores may ignore case and blanks around a name; whether this one does, and knows the user, must not show.
    let attempt = throttle.begin(&username.trim().to_lowercase(), server.instant()).map_err(|wait| {
        let description = format!("too many attempts: wait {} seconds", wait.as_secs() + 1);
        Error::new(ErrorCode::TemporarilyUnavailable).describe(description)
    })?;
    // Dropped, the attempt does not count.
    match server.validator().validate_user(username, password.expose(), request).await {
        Ok(Some(user)) => Ok(user),
        Ok(None) => {
            attempt.failed();
            Err(wrong_credentials())
        }
        Err(error) if error.code() == ErrorCode::TemporarilyUnavailable => Err(error),
        Err(error) => {
            attempt.failed();
            Err(error)
        }
    }
}

/// One answer for an unknown user and for a wrong password.
fn wrong_credentials() -> Error {
    Error::invalid_grant("the user name or the password is wrong")
}
