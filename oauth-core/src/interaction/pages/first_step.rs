//! The first step of a login whose second one, a one-time code, is awaited. It logs nobody in.
//!
//! It is kept among the sessions, so that whatever ends those of a person ends it, too, but under a name that no session has: an
//! instance that knows nothing of second steps does not take it for one.

use std::time::Duration;

use ::http::{HeaderMap, HeaderValue};

use super::cookie;
use super::site::Site;
use crate::error::Result;
use crate::interaction::Context;
use crate::mac::mac;
use crate::secret::{SecretString, TokenHash};
use crate::store::{SecondStep, Session, SessionStore, StoreRoles, User, UserStore};
use crate::time::UnixTime;

const COOKIE: &str = "otp";
/// The time that the person has for the code.
pub(super) const LIFETIME: Duration = Duration::from_mins(5);

/// A first step that is alive, of a user whose password is the one that was right.
#[derive(Debug)]
pub(super) struct FirstStep {
    /// The value of the cookie.
    pub(super) id: SecretString,
    /// The part that no browser has.
    nonce: SecretString,
    pub(super) user: User,
    /// The moment when the code must be here.
    pub(super) expires_at: UnixTime,
}

impl FirstStep {
    /// The identifier of the session that it becomes: the same for each click on the same button. Who planted the cookie does not know
    /// what the store has (session fixation), and who reads the store does not know the cookie.
    pub(super) fn session(&self) -> SecretString {
        mac(self.id.expose(), &format!("session\n{}", self.nonce.expose()))
    }
}

/// Begins a first step of this user, as the store has them: the value of its cookie, and `Set-Cookie`. It ends the one that the browser
/// had.
pub(super) async fn begin<V>(
    context: &Context<'_, V>,
    headers: &HeaderMap,
    user: &User,
) -> Result<(SecretString, HeaderValue)>
where
    V: StoreRoles<Sessions: SessionStore>,
{
    let (id, nonce) = (SecretString::random(), SecretString::random());
    // It has no clients, and no name for them: what stands here ends it with the password.
    let sid = format!("{}.{}", nonce.expose(), password_of(&id, user).expose());
    let expires_at = context.now() + LIFETIME;
    end(context, headers).await?;
    context.validator.sessions().save_session(hash(&id), awaited(context, user, sid, expires_at)).await?;
    let site = Site::of(context);
    let cookie = cookie::set(site, &site.cookie_name(COOKIE), id.expose())?;
    Ok((id, cookie))
}

/// The value of the browser's cookie.
pub(super) fn cookie<'a, V>(context: &Context<'_, V>, headers: &'a HeaderMap) -> Option<&'a str> {
    cookie::get(headers, &Site::of(context).cookie_name(COOKIE))
}

/// The first step of this identifier.
pub(super) async fn find<V>(context: &Context<'_, V>, id: &str) -> Result<Option<FirstStep>>
where
    V: StoreRoles<Users: UserStore, Sessions: SessionStore>,
{
    let id = SecretString::new(id);
    let Some(session) = context.validator.sessions().session(&hash(&id), context.now()).await? else {
        return Ok(None);
    };
    if !session.is_first_step() {
        return Ok(None);
    }
    let Some((nonce, password)) = session.sid.split_once('.') else {
        return Ok(None);
    };
    let user = context.validator.users().user(&session.subject).await?;
    let user = user.filter(|user| password_of(&id, user).matches(password));
    let nonce = SecretString::new(nonce);
    Ok(user.map(|user| FirstStep { id, nonce, user, expires_at: session.expires_at }))
}

/// Keeps that this code was right, until the first step would have ended. By then it is used up, and who sends it once more with the same
/// first step has clicked twice.
pub(super) async fn accept<V>(
    context: &Context<'_, V>,
    first_step: &FirstStep,
    otp: &SecretString,
) -> Result<()>
where
    V: StoreRoles<Sessions: SessionStore>,
{
    let FirstStep { id, user, expires_at, .. } = first_step;
    let session = awaited(context, user, code_of(id, otp).expose().to_owned(), *expires_at);
    Ok(context.validator.sessions().save_session(hash_accepted(id), session).await?)
}

/// Tells whether this code was right a moment ago, with the same first step.
pub(super) async fn is_accepted<V>(
    context: &Context<'_, V>,
    first_step: &FirstStep,
    otp: &SecretString,
) -> Result<bool>
where
    V: StoreRoles<Sessions: SessionStore>,
{
    let accepted = accepted(context, &first_step.id).await?;
    Ok(accepted.is_some_and(|accepted| code_of(&first_step.id, otp).matches(&accepted.sid)))
}

/// Tells whether any code was right a moment ago, with the first step of this identifier.
pub(super) async fn had_right_code<V>(context: &Context<'_, V>, id: &SecretString) -> Result<bool>
where
    V: StoreRoles<Sessions: SessionStore>,
{
    Ok(accepted(context, id).await?.is_some())
}

/// The record of the code that was right.
async fn accepted<V>(context: &Context<'_, V>, id: &SecretString) -> Result<Option<Session>>
where
    V: StoreRoles<Sessions: SessionStore>,
{
    let found = context.validator.sessions().session(&hash_accepted(id), context.now()).await?;
    Ok(found.filter(Session::is_first_step))
}

/// A record among the sessions that is none.
fn awaited<V>(context: &Context<'_, V>, user: &User, sid: String, expires_at: UnixTime) -> Session {
    Session {
        subject: user.subject.clone(),
        auth_time: context.now(),
        expires_at,
        sid,
        clients: Vec::new(),
        second_step: SecondStep::Awaited,
    }
}

/// Ends a first step by a right code, in one atomic step. `false`: it has ended already.
pub(super) async fn take<V>(context: &Context<'_, V>, first_step: &FirstStep) -> Result<bool>
where
    V: StoreRoles<Sessions: SessionStore>,
{
    let taken = context.validator.sessions().end_session(&hash(&first_step.id), context.now()).await?;
    Ok(taken.is_some_and(|taken| taken.is_first_step()))
}

/// Ends a first step of which no session is to come. A right code may be under way: that it comes too late is kept before.
pub(super) async fn abandon<V>(context: &Context<'_, V>, id: &SecretString) -> Result<()>
where
    V: StoreRoles<Sessions: SessionStore>,
{
    let (sessions, now) = (context.validator.sessions(), context.now());
    if let Some(first_step) = sessions.session(&hash(id), now).await? {
        sessions.save_session(hash_abandoned(id), Session { sid: String::new(), ..first_step }).await?;
        sessions.end_session(&hash(id), now).await?;
    }
    Ok(())
}

/// Tells whether a first step that has ended did so by something else than a right code.
pub(super) async fn is_abandoned<V>(context: &Context<'_, V>, first_step: &FirstStep) -> Result<bool>
where
    V: StoreRoles<Sessions: SessionStore>,
{
    let now = context.now();
    if first_step.expires_at <= now {
        return Ok(true);
    }
    Ok(context.validator.sessions().session(&hash_abandoned(&first_step.id), now).await?.is_some())
}

/// Ends the first step that the browser has, if it has one.
pub(super) async fn end<V>(context: &Context<'_, V>, headers: &HeaderMap) -> Result<()>
where
    V: StoreRoles<Sessions: SessionStore>,
{
    if let Some(id) = cookie(context, headers) {
        abandon(context, &SecretString::new(id)).await?;
    }
    Ok(())
}

/// `Set-Cookie` that removes the cookie, if the browser sent it.
pub(super) fn clear<V>(context: &Context<'_, V>, headers: &HeaderMap) -> Result<Option<HeaderValue>> {
    let site = Site::of(context);
    let name = site.cookie_name(COOKIE);
    cookie::is_sent(headers, &name).then(|| cookie::clear(site, &name)).transpose()
}

/// The name under which the store has it. No cookie has a line feed, so it is the name of no session.
fn hash(id: &SecretString) -> TokenHash {
    TokenHash::of(&format!("otp\n{}", id.expose()))
}

/// The name under which the store has that a code of it was right.
fn hash_accepted(id: &SecretString) -> TokenHash {
    TokenHash::of(&format!("accepted otp\n{}", id.expose()))
}

/// The name under which the store has that no session comes of it.
fn hash_abandoned(id: &SecretString) -> TokenHash {
    TokenHash::of(&format!("abandoned otp\n{}", id.expose()))
}

/// A code, as only who knows the cookie can compare it: there are few.
fn code_of(id: &SecretString, otp: &SecretString) -> SecretString {
    mac(id.expose(), &format!("code\n{}", otp.expose()))
}

/// The password of the user, as only who knows the cookie can compare it.
fn password_of(id: &SecretString, user: &User) -> SecretString {
    mac(id.expose(), &format!("password\n{}", user.password_hash.as_deref().unwrap_or_default()))
}
