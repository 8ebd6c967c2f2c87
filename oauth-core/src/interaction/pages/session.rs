//! Who is logged in at this browser.

use std::time::Duration;

use ::http::{HeaderMap, HeaderValue};

use super::cookie;
use super::site::Site;
use crate::error::{Error, Result};
use crate::interaction::Context;
use crate::secret::{SecretString, TokenHash};
use crate::store::{Session, SessionStore, User, UserStore};
use crate::time::UnixTime;
use crate::validator::StoreRoles;

const COOKIE: &str = "session";

/// A session that is alive, of a user who still exists.
#[derive(Debug)]
pub(super) struct LoggedIn {
    /// The value of the cookie.
    pub(super) id: SecretString,
    pub(super) session: Session,
    pub(super) user: User,
}

pub(super) async fn find<V>(context: &Context<'_, V>, headers: &HeaderMap) -> Result<Option<LoggedIn>>
where
    V: StoreRoles<Users: UserStore, Sessions: SessionStore>,
{
    let name = Site::of(context).cookie_name(COOKIE);
    let Some(id) = cookie::get(headers, &name).map(SecretString::new) else {
        return Ok(None);
    };
    let now = UnixTime::now();
    let Some(session) = context.validator.sessions().session(&id.hash(), now).await? else {
        return Ok(None);
    };
    let user = context.validator.users().user(&session.subject).await?;
    Ok(user.map(|user| LoggedIn { id, session, user }))
}

/// The user as the store has them from now on. Whom only a directory behind
/// [`validate_user`](crate::validator::RequestValidator::validate_user) knew is saved: sessions last no longer than their user
/// is in the store.
pub(super) async fn enrol<V>(context: &Context<'_, V>, user: User) -> Result<User>
where
    V: StoreRoles<Users: UserStore>,
{
    let users = context.validator.users();
    if let Some(known) = users.user(&user.subject).await? {
        return Ok(known);
    }
    // One of the store's own: saving them would bring back whom someone has just deleted.
    if user.password_hash.is_some() {
        return Err(Error::server(
            "validate_user returned a user with a password hash whom the user store does not know: they were deleted \
             meanwhile; or the password is checked elsewhere, and the user must be returned without a hash",
        ));
    }
    users.save_user(user.clone()).await?;
    Ok(user)
}

/// Starts a session under a new identifier and ends the one that the browser had: an identifier from before the login
/// may be known to someone else (session fixation).
pub(super) async fn start<V>(
    context: &Context<'_, V>,
    headers: &HeaderMap,
    subject: String,
    lifetime: Duration,
) -> Result<HeaderValue>
where
    V: StoreRoles<Sessions: SessionStore>,
{
    end(context, headers).await?;
    let (id, now) = (SecretString::random(), UnixTime::now());
    let sid = SecretString::random().expose().to_owned();
    let session = Session { subject, auth_time: now, expires_at: now + lifetime, sid, clients: Vec::new() };
    context.validator.sessions().save_session(id.hash(), session).await?;
    let site = Site::of(context);
    cookie::set(site, &site.cookie_name(COOKIE), id.expose())
}

/// Ends the browser's session, here and there.
pub(super) async fn end<V>(context: &Context<'_, V>, headers: &HeaderMap) -> Result<HeaderValue>
where
    V: StoreRoles<Sessions: SessionStore>,
{
    let site = Site::of(context);
    let name = site.cookie_name(COOKIE);
    if let Some(id) = cookie::get(headers, &name) {
        context.validator.sessions().end_session(&TokenHash::of(id), UnixTime::now()).await?;
    }
    cookie::clear(site, &name)
}
