//! A page as a response, with the headers that every page has.

use ::http::header::{self, HeaderName};
use ::http::{HeaderValue, StatusCode};
use bytes::Bytes;
use http_body_util::Full;

#[cfg(feature = "pages")]
use crate::error::{Error, Result};
use crate::http::Response;

/// The headers that every page sends, whatever it shows. `frame-ancestors` in the policy is repeated as
/// `X-Frame-Options` for browsers that know only that: RFC 6749 §10.13, "the authorization server can use the
/// (non-standard) x-frame-options header".
const HEADERS: [(HeaderName, HeaderValue); 5] = [
    (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
];

/// A page that loads nothing.
pub(crate) const NOTHING_ELSE: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

#[cfg(feature = "pages")]
pub(crate) fn styled(status: StatusCode, html: String, content_security_policy: &str) -> Result<Response> {
    let policy = HeaderValue::from_str(content_security_policy)
        .map_err(|_| Error::server("the content security policy of the pages is not a header value"))?;
    Ok(with_policy(status, html, policy))
}

pub(crate) fn with_policy(status: StatusCode, html: String, policy: HeaderValue) -> Response {
    let mut response = Response::new(Full::from(Bytes::from(html)));
    *response.status_mut() = status;
    response.headers_mut().extend(HEADERS);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// Fills in what a response to a person lacks of these headers, whoever made it: [`Interaction`](super::Interaction)s of
/// applications have pages, too. What they say themselves stays.
pub(crate) fn protect(response: &mut Response) {
    let headers = response.headers_mut();
    for (name, value) in HEADERS.into_iter().filter(|(name, _)| name != header::CONTENT_TYPE) {
        headers.entry(name).or_insert(value);
    }
    let is_directive = |part: &str| part.trim_start().starts_with("frame-ancestors");
    let policies = headers.get_all(header::CONTENT_SECURITY_POLICY).iter();
    if !policies
        .filter_map(|policy| policy.to_str().ok())
        .flat_map(|policy| policy.split(';'))
        .any(is_directive)
    {
        // A browser obeys each of several policies.
        headers.append(header::CONTENT_SECURITY_POLICY, FRAMED_BY_NOBODY);
    }
}

/// The least policy of a page.
const FRAMED_BY_NOBODY: HeaderValue = HeaderValue::from_static("frame-ancestors 'none'");

/// A page with the headers that every page has, for an [`Interaction`](super::Interaction) of your own. Escape what comes from
/// clients and people.
pub fn page(html: impl Into<String>) -> Response {
    with_policy(StatusCode::OK, html.into(), FRAMED_BY_NOBODY)
}

/// Text as it must be written into HTML, between tags or in an attribute's quotes.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
