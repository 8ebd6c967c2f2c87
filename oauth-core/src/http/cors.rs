//! Cross-origin requests: who may read an answer.

use http::HeaderValue;
use http::header::{ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_ORIGIN};

use super::Response;

/// The scripts of other origins that may read the answers of an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cors {
    /// None: it is for people, and a script has no business with it.
    Nobody,
    /// Any: it is a public document.
    Anyone,
    /// The scripts from an origin that the client registered or that the server allows.
    Clients,
}

/// Public documents are for anyone.
pub(crate) fn allow_anyone(response: &mut Response) {
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("*"));
}
