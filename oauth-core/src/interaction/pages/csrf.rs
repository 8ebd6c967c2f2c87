//! Forms that other sites cannot send: RFC 6749 §10.12, "The authorization server MUST implement CSRF protection for
//! its authorization endpoint".

use ::http::{HeaderMap, header};

use super::site::Site;
use crate::mac::mac;
use crate::secret::SecretString;

/// The purpose of a form: a token for one is none for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose<'a> {
    Login,
    /// The one-time code, after the password.
    Otp,
    /// Consent to the authorization request in this query, and to no other.
    Consent(&'a str),
    Logout,
    /// The logout request in this query, and no other.
    EndSession(&'a str),
    /// The look-up of a device's code.
    DeviceCode,
    /// The answer about the device with this code, and about no other.
    DeviceDecision(&'a str),
}

/// The token of a form: a MAC under the secret of the browser's cookie. Nothing needs to be stored, and the page does not
/// contain the secret.
pub(super) fn token(cookie: &str, purpose: Purpose<'_>) -> SecretString {
    match purpose {
        Purpose::Login => mac(cookie, "form: login"),
        Purpose::Otp => mac(cookie, "form: one-time code"),
        Purpose::Consent(query) => mac(cookie, &format!("form: consent\n{}", canonical(query))),
        Purpose::Logout => mac(cookie, "form: logout"),
        Purpose::EndSession(query) => mac(cookie, &format!("form: end session\n{}", canonical(query))),
        Purpose::DeviceCode => mac(cookie, "form: device code"),
        Purpose::DeviceDecision(code) => mac(cookie, &format!("form: device\n{code}")),
    }
}

/// The query without the liberties that browsers take: they escape some characters of a form's action.
fn canonical(query: &str) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form_urlencoded::parse(query.as_bytes()))
        .finish()
}

/// Tells whether a form was sent by one of our own pages, to this browser.
pub(super) fn is_genuine(
    site: Site<'_>,
    headers: &HeaderMap,
    cookie: Option<&str>,
    purpose: Purpose<'_>,
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
