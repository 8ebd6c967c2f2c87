//! The session of the person who is logged in at this browser.

use std::time::Duration;

use ::http::{HeaderMap, HeaderValue};

use super::cookie;
use super::site::Site;
use crate::error::Result;
use crate::event::{Event, EventKind};
use crate::interaction::{Approval, Context};
use crate::mac::mac;
use crate::openid::browser_state_cookie;
use crate::request::{AuthorizationRequest, Request};
use crate::secret::{SecretString, TokenHash};
use crate::store::{SecondStep, Session, SessionStore, StoreRoles, User, UserStore};
use crate::validator::{RequestValidator, password};

const COOKIE: &str = "session";

/// `amr` of a login here (RFC 8176 §2): `pwd` "Password-based authentication", `otp` "One-time password", `mfa` "Multiple-factor
/// authentication".
pub(super) const fn amr(session: &Session) -> &'static [&'static str] {
    match session.second_step {
        SecondStep::None => &["pwd"],
        SecondStep::Otp => &["pwd", "otp", "mfa"],
        SecondStep::Awaited | SecondStep::Unknown => &[],
    }
}

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
    let Some((id, session)) = read(context, headers).await?.filter(|(_, session)| session.is_logged_in())
    else {
        return Ok(None);
    };
    let user = context.validator.users().user(&session.subject).await?;
    Ok(user.map(|user| LoggedIn { id, session, user }))
}

/// The session that the browser's cookie names. The first step of a login is none; one of a newer version is, which logs nobody in here
/// but ends as any other.
async fn read<V>(context: &Context<'_, V>, headers: &HeaderMap) -> Result<Option<(SecretString, Session)>>
where
    V: StoreRoles<Sessions: SessionStore>,
{
    let name = Site::of(context).cookie_name(COOKIE);
    let Some(id) = cookie::get(headers, &name).map(SecretString::new) else {
        return Ok(None);
    };
    let session = context.validator.sessions().session(&id.hash(), context.now()).await?;
    Ok(session.filter(|session| !session.is_first_step()).map(|session| (id, session)))
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
        return Err(password::unknown_with_hash());
    }
    users.save_user(user.clone()).await?;
    Ok(user)
}

/// The state of a user after a hook ran, which may take its time.
pub(super) enum Reread {
    /// They have the password hash that they had.
    Same(User),
    /// The password is another one, or the same under a hash of another strength: it has to be given again.
    Changed,
    Deleted,
}

/// Reads a user of the store once more.
pub(super) async fn reread<V>(context: &Context<'_, V>, user: &User) -> Result<Reread>
where
    V: StoreRoles<Users: UserStore>,
{
    Ok(match context.validator.users().user(&user.subject).await? {
        Some(now) if now.password_hash == user.password_hash => Reread::Same(now),
        Some(_) => Reread::Changed,
        None => Reread::Deleted,
    })
}

/// Starts a session under a new identifier and ends the one that the browser had: an identifier from before the login
/// may be known to someone else (session fixation). To clients it is the same session where the same person logs in again.
///
/// Returns the URIs that the page after the login loads in frames: clients of whom was logged in before.
pub(super) async fn start<V>(
    context: &Context<'_, V>,
    request: &Request,
    id: &SecretString,
    subject: String,
    second_step: SecondStep,
    lifetime: Duration,
) -> Result<Vec<String>>
where
    V: RequestValidator<Sessions: SessionStore>,
{
    let now = context.now();
    let (mut continued, mut frames) = (None, Vec::new());
    if let Some((earlier_id, earlier)) = read(context, request.headers()).await? {
        if earlier.subject == subject && !earlier.sid.is_empty() {
            continued = context.validator.sessions().end_session(&earlier_id.hash(), now).await?;
        } else {
            frames = end_known(context, request, &earlier_id, &earlier).await?;
        }
    }
    let (kind, sid, clients) = match continued {
        Some(earlier) => (EventKind::SessionContinued, earlier.sid, earlier.clients),
        None => (EventKind::SessionStarted, SecretString::random().expose().to_owned(), Vec::new()),
    };
    let session = Session { subject, auth_time: now, expires_at: now + lifetime, sid, clients, second_step };
    let (event, subject) = (Event::of_request(kind, request).session(&session.sid), session.subject.clone());
    context.validator.sessions().save_session(id.hash(), session).await?;
    context.observe(&event.subject(&subject));
    Ok(frames)
}

/// `Set-Cookie` of whoever has this session.
pub(super) fn cookies<V>(context: &Context<'_, V>, id: &SecretString) -> Result<Vec<HeaderValue>> {
    let site = Site::of(context);
    let mut cookies = vec![cookie::set(site, &site.cookie_name(COOKIE), id.expose())?];
    if has_browser_state(context) {
        let state = browser_state(id);
        cookies.push(cookie::share(site, &browser_state_cookie(context.issuer), state.expose())?);
    }
    Ok(cookies)
}

/// Tells whether clients may watch the session.
fn has_browser_state<V>(context: &Context<'_, V>) -> bool {
    context.provider.as_ref().is_some_and(|provider| provider.has_check_session)
}

/// The value that scripts of the page that watches the session may know: another for each login, and not its
/// secret.
fn browser_state(id: &SecretString) -> SecretString {
    mac(id.expose(), "browser state")
}

/// Ends the browser's session, and what depends on it, where its person signs out; `client_id`: because this client asked. What it
/// returns, the page after it loads in frames.
pub(super) async fn end<V>(
    context: &Context<'_, V>,
    request: &Request,
    client_id: Option<&str>,
) -> Result<Vec<String>>
where
    V: RequestValidator<Sessions: SessionStore>,
{
    let Some((id, session)) = read(context, request.headers()).await? else { return Ok(Vec::new()) };
    let frames = end_known(context, request, &id, &session).await?;
    let event = Event::of_request(EventKind::LogoutCompleted, request);
    let event = event.subject(&session.subject).session(&session.sid);
    context.observe(&Event { client_id, ..event });
    Ok(frames)
}

async fn end_known<V>(
    context: &Context<'_, V>,
    request: &Request,
    id: &SecretString,
    session: &Session,
) -> Result<Vec<String>>
where
    V: RequestValidator<Sessions: SessionStore>,
{
    // First, while the session is there: should it fail, the next attempt finds the session, and revokes them.
    context.revoke_session(session).await?;
    match end_in_store(context, &id.hash()).await? {
        Some(ended) => {
            let event = Event::of_request(EventKind::SessionEnded, request);
            context.observe(&event.subject(&ended.subject).session(&ended.sid));
            Ok(context.tell_clients(&[ended]).await)
        }
        None => Ok(Vec::new()),
    }
}

/// Ends the session, and keeps in the same step which clients must hear of it, where the store can.
async fn end_in_store<V>(context: &Context<'_, V>, id: &TokenHash) -> Result<Option<Session>>
where
    V: RequestValidator<Sessions: SessionStore>,
{
    #[cfg(feature = "http-client")]
    if let Some(outbox) = context.outbox() {
        return Ok(outbox.end_one(id, context.now(), context.leased_until()).await?);
    }
    Ok(context.validator.sessions().end_session(id, context.now()).await?)
}

/// The headers that remove the cookies of a session, if the browser sent its own. With a form on another site
/// it does not (`SameSite=Lax`), and would obey the answer all the same: RP-Initiated Logout §6, "Logout
/// requests without a valid `id_token_hint` value are a potential means of denial of service".
pub(super) fn clear<V>(context: &Context<'_, V>, headers: &HeaderMap) -> Result<Vec<HeaderValue>> {
    let site = Site::of(context);
    let name = site.cookie_name(COOKIE);
    if !cookie::is_sent(headers, &name) {
        return Ok(Vec::new());
    }
    let mut cookies = vec![cookie::clear(site, &name)?];
    if has_browser_state(context) {
        cookies.push(cookie::clear(site, &browser_state_cookie(context.issuer))?);
    }
    Ok(cookies)
}

/// The approval of who is logged in, for a client which is told when the session ends.
pub(super) async fn approval<V>(
    acr: Option<&str>,
    context: &Context<'_, V>,
    authorization: &AuthorizationRequest,
    logged_in: LoggedIn,
) -> Result<Approval>
where
    V: StoreRoles<Sessions: SessionStore>,
{
    let LoggedIn { id, session, user: _ } = logged_in;
    let amr = amr(&session);
    let mut approval = Approval::new(session.subject, session.auth_time);
    approval.scopes = Some(authorization.asked_scopes());
    approval.amr = amr.iter().map(ToString::to_string).collect();
    approval.acr = acr.map(str::to_owned);
    // A session from before there were any has none.
    if context.provider.is_some() && authorization.scopes.contains("openid") && !session.sid.is_empty() {
        let client_id = &authorization.client.client_id;
        if !session.clients.contains(client_id) {
            context.validator.sessions().add_session_client(&id.hash(), client_id, context.now()).await?;
        }
        approval.sid = Some(session.sid);
        approval.session_expires_at = Some(session.expires_at);
    }
    approval.browser_state = has_browser_state(context).then(|| browser_state(&id).expose().to_owned());
    Ok(approval)
}
