//! Everything HTTP: bodies in, responses out, CORS.

mod body;
mod client;
pub(crate) mod cors;
#[cfg(feature = "http-client")]
pub(crate) mod fetch;
#[cfg(feature = "http-client")]
mod https;

use std::time::Duration;

pub use self::client::{HttpClient, HttpError};
pub use self::cors::Cors;
#[cfg(feature = "http-client")]
pub use self::fetch::{FetchError, Fetcher, Resolver, SystemResolver};
#[cfg(feature = "http-client")]
pub use self::https::HttpsClient;

use bytes::Bytes;
use http::header::{
    ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_TYPE, LOCATION, PRAGMA, RETRY_AFTER, STRICT_TRANSPORT_SECURITY,
    WWW_AUTHENTICATE,
};
use http::{HeaderValue, Method, StatusCode};
use http_body::Body;
use http_body_util::Full;
use serde::Serialize;
use serde_json::json;

use self::body::NoBody;
use crate::clock::within;
use crate::error::{Error, ErrorCode, TokenErrorCode};

/// A response: its body is complete.
pub type Response = http::Response<Full<Bytes>>;

/// Reads the whole body, up to `limit` bytes and for as long as `deadline`.
pub(crate) async fn collect(body: impl Body, limit: usize, deadline: Duration) -> Result<Bytes, Response> {
    let Some(body) = within(deadline, body::whole(body, limit)).await else {
        // RFC 9110 §15.5.9.
        let mut response = token_error(&Error::invalid_request("the body did not come in time"));
        *response.status_mut() = StatusCode::REQUEST_TIMEOUT;
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        return Err(response);
    };
    match body {
        Ok(body) => Ok(body),
        Err(NoBody::TooLarge) => {
            let mut response = token_error(&Error::invalid_request("the body is too large"));
            *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
            Err(response)
        }
        Err(NoBody::Broken) => Err(token_error(&Error::invalid_request("the body could not be read"))),
    }
}

/// Has browsers come by TLS alone from now on, for a year (RFC 6797 §6.1).
pub(crate) fn stay_with_tls(response: &mut Response) {
    let value = HeaderValue::from_static("max-age=31536000");
    response.headers_mut().insert(STRICT_TRANSPORT_SECURITY, value);
}

/// A response with nothing in it.
pub(crate) fn empty(status: StatusCode) -> Response {
    let mut response = Response::default();
    *response.status_mut() = status;
    response
}

/// RFC 6749 §5.1: JSON, `Cache-Control: no-store`, `Pragma: no-cache`.
pub fn json(status: StatusCode, body: &impl Serialize) -> Response {
    // Most are no longer.
    let mut text = Vec::with_capacity(512);
    match serde_json::to_writer(&mut text, body) {
        Ok(()) => json_text(status, text),
        Err(cause) => {
            tracing::error!(target: "oauth_core", %cause, "a response does not serialise");
            empty(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

/// The same of what is JSON already.
pub(crate) fn json_text(status: StatusCode, text: Vec<u8>) -> Response {
    let mut response = Response::new(Full::from(text));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(PRAGMA, HeaderValue::from_static("no-cache"));
    response
}

/// A signed response, OIDC Core §5.3.2.
pub(crate) fn jwt(token: String) -> Response {
    let mut response = Response::new(Full::from(token));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/jwt"));
    response
}

/// RFC 6749 §5.2: the error response of the token, revocation and introspection endpoints.
pub(crate) fn token_error(error: &Error) -> Response {
    error_response(error, error.code(), &[])
}

/// An error as JSON, under this code: one of the table of [`TokenErrorCode`], or of the endpoint's own.
pub(crate) fn error_response(error: &Error, code: ErrorCode, own: &[ErrorCode]) -> Response {
    error.log();
    let sent = TokenErrorCode::from(code);
    let (name, status) =
        if own.contains(&code) { (code.as_str(), code.status()) } else { (sent.as_str(), sent.status()) };
    let body = match error.description() {
        Some(description) => json!({ "error": name, "error_description": description }),
        None => json!({ "error": name }),
    };
    let mut response = json(status, &body);
    retry_after(error, &mut response);
    if name == ErrorCode::InvalidClient.as_str() {
        // §5.2: "MUST […] include the "WWW-Authenticate" response header field matching the authentication scheme used
        // by the client."
        response
            .headers_mut()
            .insert(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"oauth\", charset=\"UTF-8\""));
    }
    response
}

/// RFC 9110 §10.2.3.
pub(crate) fn retry_after(error: &Error, response: &mut Response) {
    if let Some(seconds) = error.retry_after_seconds() {
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
}

/// A document for anyone, for five minutes.
pub(crate) fn document(method: &Method, content_type: &'static str, body: &Bytes) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return method_not_allowed("GET, HEAD");
    }
    let mut response = Response::new(Full::new(body.clone()));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    cors::allow_anyone(&mut response);
    response
}

/// RFC 9110 §15.5.6.
pub(crate) fn method_not_allowed(allow: &'static str) -> Response {
    let mut response = token_error(&Error::invalid_request(format!("the method must be {allow}")));
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(allow));
    response
}

/// A redirect. RFC 9700 §4.12: "if a request to be redirected might contain user credentials […] the 303 […] status code
/// is preferred"; 307 would send a password on to the client.
pub(crate) fn redirect(method: &Method, location: &str) -> Response {
    let status = if method == Method::GET { StatusCode::FOUND } else { StatusCode::SEE_OTHER };
    redirect_by(status, location)
}

/// A redirect with this status.
pub(crate) fn redirect_by(status: StatusCode, location: &str) -> Response {
    let mut response = empty(status);
    match HeaderValue::try_from(location) {
        Ok(location) => {
            response.headers_mut().insert(LOCATION, location);
            response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Err(_) => token_error(&Error::server("a redirect URI does not fit into a header")),
    }
}
