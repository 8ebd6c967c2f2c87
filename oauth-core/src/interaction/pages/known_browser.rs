//! Browsers at which someone logged in before: each has a count of failures of its own, so that a stranger who fails on
//! purpose does not lock the owner out. It is no credential: the password is asked for all the same.

use std::time::Duration;

use ::http::{HeaderMap, HeaderValue};

use super::cookie;
use super::site::Site;
use crate::error::Result;
use crate::interaction::Context;
use crate::mac::mac;
use crate::secret::SecretString;
use crate::store::{SecondStep, StoreRoles, User, UserStore};
use crate::validator::password::{DUMMY_HASH, is_salted, user_by_username};

const COOKIE: &str = "known-browser";
/// 90 days.
const LIFETIME: Duration = Duration::from_hours(90 * 24);

/// `Set-Cookie` for the browser at which this user, as the store has them, has just logged in, with this second step or without one.
///
/// The value is a new nonce and its MAC under the user's password hash, which no one but the stores knows: every instance
/// agrees on it, nothing is kept, and a new password revokes it. Users without a hash get none.
pub(super) fn remember(site: Site<'_>, user: &User, step: SecondStep) -> Result<Option<HeaderValue>> {
    let Some(key) = key(user) else {
        return Ok(None);
    };
    let nonce = SecretString::random();
    let mac = sign(key, &user.subject, nonce.expose(), step);
    let value = format!("{}.{}", nonce.expose(), mac.expose());
    cookie::keep(site, &site.cookie_name(COOKIE), &value, LIFETIME).map(Some)
}

/// The cookie's value, if the user with this login name has logged in at this browser, with one of these second steps: who knows the
/// password alone has as many cookies of logins without one as they like.
pub(super) async fn find<V>(
    context: &Context<'_, V>,
    headers: &HeaderMap,
    username: &str,
    steps: &[SecondStep],
) -> Result<Option<SecretString>>
where
    V: StoreRoles<Users: UserStore>,
{
    let name = Site::of(context).cookie_name(COOKIE);
    let Some(value) = cookie::get(headers, &name) else {
        return Ok(None);
    };
    let Some((nonce, sent)) = value.split_once('.') else {
        return Ok(None);
    };
    let user = user_by_username(context.validator, username).await?;
    let known = user.as_ref().and_then(|user| Some((user.password_hash.as_deref()?, user.subject.as_str())));
    // The same work for unknown users, down to reading the hash: this comes before all limits, so that whoever wants to know can
    // ask as often as they like. Anyone can sign with this key.
    let (key, subject) = known.unwrap_or((DUMMY_HASH, username));
    let is_signed = steps
        .iter()
        .fold(false, |is_signed, step| is_signed | sign(key, subject, nonce, *step).matches(sent));
    let is_genuine = is_salted(key) & is_signed & known.is_some();
    Ok(is_genuine.then(|| SecretString::new(value)))
}

/// A salted hash. What some write in place of one, such as `!`, anyone could sign with.
fn key(user: &User) -> Option<&str> {
    user.password_hash.as_deref().filter(|hash| is_salted(hash))
}

fn sign(password_hash: &str, subject: &str, nonce: &str, step: SecondStep) -> SecretString {
    mac(password_hash, &format!("known browser\n{}\n{nonce}\n{subject}", step.as_str()))
}
