//! The reason that a document could not be fetched.

use std::fmt;

use http::StatusCode;

use super::HttpError;
use crate::error::Error;

/// The reason that there is no document: for the operator's log. Whoever made us fetch learns none of it, or they could tell
/// which hosts and ports there are.
#[derive(Debug)]
#[non_exhaustive]
pub enum FetchError {
    /// The URL is not one that may be fetched.
    Refused(&'static str),
    /// The status is another than 200; a redirect, for instance.
    Status(StatusCode),
    /// The connection, TLS or HTTP failed, or took too long, or the body is too large.
    Http(HttpError),
    /// The document is not what it should be.
    Invalid(String),
    /// Too much is fetched: the error says when it may be tried again.
    Limited(Error),
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(reason) => write!(f, "the URL is not fetched: {reason}"),
            Self::Status(status) => {
                write!(f, "the status is {}, and only 200 is a document", status.as_u16())
            }
            Self::Http(cause) => write!(f, "{cause}"),
            Self::Invalid(reason) => write!(f, "the document is not valid: {reason}"),
            Self::Limited(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for FetchError {}
