//! Forms that other sites cannot send: RFC 6749 §10.12, "The authorization server MUST implement CSRF protection for
//! its authorization endpoint".

use ::http::{HeaderMap, header};
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::site::Site;
use crate::secret::SecretString;

/// What a form is for: a token for one is none for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Login,
    Consent,
    Logout,
}

/// The token of a form: a MAC under the secret of the browser's cookie. Nothing needs to be stored, and the page does not
/// contain the secret.
pub(super) fn token(cookie: &str, purpose: Purpose) -> SecretString {
    let label: &[u8] = match purpose {
        Purpose::Login => b"form: login",
        Purpose::Consent => b"form: consent",
        Purpose::Logout => b"form: logout",
    };
    let key = hmac::Key::new(hmac::HMAC_SHA256, cookie.as_bytes());
    SecretString::new(URL_SAFE_NO_PAD.encode(hmac::sign(&key, label)))
}

/// Whether a form was sent by one of our own pages, to this browser.
pub(super) fn is_genuine(
    site: Site<'_>,
    headers: &HeaderMap,
    cookie: Option<&str>,
    purpose: Purpose,
    sent: Option<&str>,
) -> bool {
    let (Some(cookie), Some(sent)) = (cookie, sent) else {
        return false;
    };
    token(cookie, purpose).matches(sent) && is_same_origin(site, headers)
}

/// Defence in depth: what browsers say of the page that sent a form. `Origin` is `null` on pages with
/// `Referrer-Policy: no-referrer`, ours among them, so `Sec-Fetch-Site` decides where the browser sends it.
fn is_same_origin(site: Site<'_>, headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("not text"));
    let by_fetch_metadata = text("sec-fetch-site").is_none_or(|from| matches!(from, "same-origin" | "none"));
    let by_origin =
        text(header::ORIGIN.as_str()).is_none_or(|origin| origin == "null" || site.is_own_origin(origin));
    by_fetch_metadata && by_origin
}
