//! Requests that we send to other servers: for key sets, introspection, logout.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};

/// Sends HTTP requests. With the feature `http-client`, [`HttpsClient`](super::HttpsClient) does; with it or without, so
/// can your own, for instance one that goes through a proxy:
///
/// ```
/// use bytes::Bytes;
/// use oauth_core::http::{HttpClient, HttpError};
///
/// struct Refusing;
///
/// impl HttpClient for Refusing {
///     async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, HttpError> {
///         Err(HttpError::failed(format!("{} is out of reach", request.uri())))
///     }
/// }
/// ```
///
/// Whom it talks to is trusted with keys and tokens, so an implementation
/// - authenticates the server (RFC 9110 §4.3.4) and refuses `http` URIs off loopback,
/// - does not follow redirects: the answer would be another server's,
/// - bounds the time and the size of a response.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not send HTTP requests",
    label = "not an HTTP client",
    note = "use `oauth_core::http::HttpsClient` (feature `http-client`), or a type of yours that implements `HttpClient`"
)]
pub trait HttpClient: Send + Sync {
    /// Sends a request to its absolute URI and returns the response, whatever its status.
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> impl Future<Output = Result<Response<Bytes>, HttpError>> + Send;
}

impl<C: HttpClient> HttpClient for Arc<C> {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> impl Future<Output = Result<Response<Bytes>, HttpError>> + Send {
        C::send(self, request)
    }
}

/// The reason that there is no response.
#[derive(Debug)]
#[non_exhaustive]
pub enum HttpError {
    /// The URI is not one that may be asked: not absolute, with a malformed port, or not `https` off loopback.
    Forbidden,
    /// It took too long.
    Timeout,
    /// The body is too large.
    TooLarge,
    /// The connection, TLS or HTTP failed.
    Failed(Box<dyn std::error::Error + Send + Sync>),
}

impl HttpError {
    /// Wraps what another library reports.
    pub fn failed(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Failed(cause.into())
    }
}

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Forbidden => f.write_str(
                "the URI is not absolute, or its port is malformed, or it is http off loopback, where anyone \
                 on the way can change the answer: use `https://`",
            ),
            Self::Timeout => f.write_str("the server took too long to answer"),
            Self::TooLarge => f.write_str("the response is too large"),
            Self::Failed(cause) => {
                write!(f, "{cause}")?;
                // Libraries keep the reason in a chain below: "client error (Connect)" alone helps nobody.
                let mut source = cause.source();
                while let Some(cause) = source {
                    write!(f, ": {cause}")?;
                    source = cause.source();
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for HttpError {}
