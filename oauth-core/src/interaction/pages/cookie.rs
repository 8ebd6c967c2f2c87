//! Cookies of the pages, RFC 6265.

use std::time::Duration;

use ::http::{HeaderMap, HeaderValue, header};

use super::site::Site;
use crate::error::{Error, Result};

/// The value of a cookie, if the browser sent it once. Sent twice, one of them is not ours.
pub(super) fn get<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = all(headers, name);
    values.next().filter(|value| !value.is_empty() && values.next().is_none())
}

/// Tells whether the browser sent the cookie, whatever its value.
pub(super) fn is_sent(headers: &HeaderMap, name: &str) -> bool {
    all(headers, name).next().is_some()
}

fn all<'a>(headers: &'a HeaderMap, name: &str) -> impl Iterator<Item = &'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter_map(move |(found, value)| (found == name).then_some(value))
}

/// `Set-Cookie` for a cookie that ends with the browser's session. `HttpOnly`: no script needs it. `SameSite=Lax`: a
/// redirect from a client must carry it, a form on another site must not.
pub(super) fn set(site: Site<'_>, name: &str, value: &str) -> Result<HeaderValue> {
    attributes(site, format!("{name}={value}"))
}

/// `Set-Cookie` for a cookie that outlives the browser's session.
pub(super) fn keep(site: Site<'_>, name: &str, value: &str, lifetime: Duration) -> Result<HeaderValue> {
    attributes(site, format!("{name}={value}; Max-Age={}", lifetime.as_secs()))
}

/// `Set-Cookie` that removes it.
pub(super) fn clear(site: Site<'_>, name: &str) -> Result<HeaderValue> {
    attributes(site, format!("{name}=; Max-Age=0"))
}

/// `Set-Cookie` for what clients' frames may know of this browser: scripts of our own page read it, in a frame on another
/// site. Without TLS, on loopback, browsers do not allow that; the same host will do there.
pub(super) fn share(site: Site<'_>, name: &str, value: &str) -> Result<HeaderValue> {
    let third_party = if site.is_https() { "SameSite=None; Secure" } else { "SameSite=Lax" };
    HeaderValue::try_from(format!("{name}={value}; Path=/; {third_party}"))
        .map_err(|_| Error::server("a cookie of the pages is not a header value"))
}

fn attributes(site: Site<'_>, mut cookie: String) -> Result<HeaderValue> {
    cookie.push_str("; Path=/; HttpOnly; SameSite=Lax");
    if site.is_https() {
        cookie.push_str("; Secure");
    }
    HeaderValue::try_from(cookie).map_err(|_| Error::server("a cookie of the pages is not a header value"))
}
