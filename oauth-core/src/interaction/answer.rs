//! The answers of an application's own interaction: a page, or another place to go.

use ::http::header::LOCATION;
use ::http::{HeaderValue, StatusCode};

use super::{Decision, Reader, error_page, html};
use crate::error::Error;
use crate::http::{Response, empty};

/// Another page, by GET (RFC 9110 §15.4.4), for an [`Interaction`](super::Interaction) of your own.
pub fn redirect(location: &str) -> Response {
    let Ok(location) = HeaderValue::try_from(location) else {
        return failed("the interaction redirects to what is no header value");
    };
    let mut response = empty(StatusCode::SEE_OTHER);
    response.headers_mut().insert(LOCATION, location);
    html::protect(&mut response);
    response
}

/// Turns what axum makes a response of into an answer, for an [`Interaction`](super::Interaction) of your
/// own: `Html`, `Redirect`, a status with a text. The headers of a page are filled in where it lacks them.
#[cfg(feature = "axum")]
pub fn respond(response: impl axum::response::IntoResponse) -> Response {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use http_body_util::{BodyExt as _, Full};

    let (parts, body) = response.into_response().into_parts();
    // A body that is there at once needs nobody to wait for it.
    let mut response = match pin!(body.collect()).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(body)) => Response::from_parts(parts, Full::from(body.to_bytes())),
        Poll::Ready(Err(cause)) => failed(cause),
        Poll::Pending => failed("the interaction answers with a stream, not with a page"),
    };
    html::protect(&mut response);
    response
}

/// The page for a failure of the interaction, which may be shown anywhere: in the built-in look and in English, for it knows no server.
fn failed(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Response {
    let mut response = error_page(&Error::server(cause));
    Reader::default().draw(&mut response, || None);
    response
}

impl Decision {
    /// A page that the person must see first, whose form brings them back to the same URL: see
    /// [`page`](super::page).
    pub fn page(html: impl Into<String>) -> Self {
        Self::Respond(html::page(html))
    }

    /// A place that the person must go to first, such as to a login of your own, which brings them back to
    /// the same URL.
    pub fn redirect(location: &str) -> Self {
        Self::Respond(redirect(location))
    }

    /// A response that the person must see first: see [`respond`].
    #[cfg(feature = "axum")]
    pub fn respond(response: impl axum::response::IntoResponse) -> Self {
        Self::Respond(respond(response))
    }
}
