//! Errors: one table of codes an endpoint, as its RFC has it, and [`Error`], what hooks return.
//!
//! A cause (a database that is down, a key that does not sign) is private: it goes to `tracing`, never to the
//! wire. A storage failure is [`ErrorCode::ServerError`], never "not found".

mod code;
mod convert;
mod endpoint;
mod message;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

pub use self::code::ErrorCode;
pub(crate) use self::convert::StandsFor;
pub use self::endpoint::{AuthorizationErrorCode, ResourceErrorCode, TokenErrorCode};
pub(crate) use self::message::Message;

/// The result that every hook returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A refusal or a failure: a code of the RFCs, an optional `error_description`, an optional private cause.
///
/// `Display` shows what a client may see. The cause is reachable through [`source`](Self::source) only.
///
/// Any other error becomes one by `?`: it is the cause of a `server_error`. Where refusing is meant, say so:
///
/// ```
/// use oauth_core::{Error, Result};
///
/// fn tenant(header: &[u8]) -> Result<u32> {
///     // Ours, and what should always be there: a failure is `server_error`, and its cause is in the log.
///     let prefix = std::fs::read_to_string("/etc/hostname")?;
///     // The client's.
///     let name = std::str::from_utf8(header).map_err(|_| Error::invalid_request("the tenant is not UTF-8"))?;
///     Ok(name.trim_start_matches(prefix.trim()).parse()?)
/// }
/// # let _ = tenant(b"1");
/// ```
///
/// So that `?` can do this, it is no [`std::error::Error`] itself, but becomes a boxed one by `?` as well.
#[derive(Debug)]
pub struct Error {
    code: ErrorCode,
    description: Option<Cow<'static, str>>,
    cause: Option<Box<dyn StdError + Send + Sync>>,
    retry_after: Option<Duration>,
    rule: Option<&'static str>,
}

impl Error {
    /// An error with the given code and no description.
    pub const fn new(code: ErrorCode) -> Self {
        Self { code, description: None, cause: None, retry_after: None, rule: None }
    }

    /// A failure of ours: 500 `server_error` for the client, `cause` for the log.
    pub fn server(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(ErrorCode::ServerError).caused_by(cause)
    }

    /// `invalid_request` with a description.
    pub fn invalid_request(description: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorCode::InvalidRequest).describe(description)
    }

    /// `invalid_client`, always with the same words, so that nothing tells an unknown client from a wrong secret.
    pub fn invalid_client() -> Self {
        Self::new(ErrorCode::InvalidClient).describe("client authentication failed")
    }

    /// `invalid_request`, always with the same words, so that nothing tells an unknown client from one that has another redirect
    /// URI, or none.
    pub(crate) fn unregistered() -> Self {
        Self::invalid_request("client_id is not registered, or redirect_uri is not registered for it")
    }

    /// 429 `temporarily_unavailable` (RFC 6585 §4): whoever asks has asked too often, and may again after this time.
    pub fn too_many_requests(wait: Duration) -> Self {
        let error = Self { retry_after: Some(wait), ..Self::new(ErrorCode::TooManyRequests) };
        let seconds = error.retry_after_seconds().unwrap_or(1);
        error.describe(format!("too many attempts: wait {seconds} seconds"))
    }

    /// 503 `temporarily_unavailable`: the server has too much to do, and perhaps less after this time.
    pub fn overloaded(wait: Duration) -> Self {
        Self { retry_after: Some(wait), ..Self::new(ErrorCode::TemporarilyUnavailable) }
    }

    /// `invalid_grant` with a description.
    pub fn invalid_grant(description: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorCode::InvalidGrant).describe(description)
    }

    /// `invalid_scope` with a description.
    pub fn invalid_scope(description: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorCode::InvalidScope).describe(description)
    }

    /// `invalid_token` with a description.
    pub fn invalid_token(description: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorCode::InvalidToken).describe(description)
    }

    /// `unauthorized_client` with a description.
    pub fn unauthorized_client(description: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorCode::UnauthorizedClient).describe(description)
    }

    /// `access_denied` with a description.
    pub fn access_denied(description: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorCode::AccessDenied).describe(description)
    }

    /// Sets the `error_description`.
    ///
    /// RFC 6749 §5.2 allows `%x20-21 / %x23-5B / %x5D-7E` only: any other character becomes `?`, so that nothing a
    /// request contained can break out of a header or a page.
    #[must_use]
    pub fn describe(mut self, description: impl Into<Cow<'static, str>>) -> Self {
        let description = description.into();
        let allowed = |c: char| matches!(c, '\x20'..='\x21' | '\x23'..='\x5B' | '\x5D'..='\x7E');
        self.description = Some(if description.chars().all(allowed) {
            description
        } else {
            description.chars().map(|c| if allowed(c) { c } else { '?' }).collect::<String>().into()
        });
        self
    }

    /// Sets the private cause, for the log.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// The code.
    pub const fn code(&self) -> ErrorCode {
        self.code
    }

    /// The `error_description`, if any.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// `Retry-After` in seconds, rounded up: a second too early would be refused again.
    pub(crate) fn retry_after_seconds(&self) -> Option<u64> {
        self.retry_after.map(|wait| (wait.as_secs() + u64::from(wait.subsec_nanos() > 0)).max(1))
    }

    /// Sets the limit that it comes from.
    #[must_use]
    pub(crate) const fn by_rule(mut self, rule: &'static str) -> Self {
        self.rule = Some(rule);
        self
    }

    /// The limit that it comes from.
    pub(crate) const fn rule(&self) -> Option<&'static str> {
        self.rule
    }

    /// Tells whether the error says nothing of what was asked: another time it may be granted.
    #[cfg(feature = "pages")]
    pub(crate) fn is_temporary(&self) -> bool {
        matches!(self.code, ErrorCode::TemporarilyUnavailable | ErrorCode::TooManyRequests)
    }

    /// The private cause, if any.
    pub fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.cause.as_deref().map(|cause| cause as &(dyn StdError + 'static))
    }

    /// Writes the private cause to `tracing`, where there is one.
    pub(crate) fn log(&self) {
        if let Some(cause) = &self.cause {
            let mut chain = cause.to_string();
            let mut next = cause.source();
            while let Some(source) = next {
                chain.push_str(": ");
                chain.push_str(&source.to_string());
                next = source.source();
            }
            tracing::error!(target: "oauth_core", code = self.code.as_str(), cause = %chain, "request failed");
        }
    }
}

impl From<ErrorCode> for Error {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.as_str())?;
        match &self.description {
            Some(description) => write!(f, ": {description}"),
            None => Ok(()),
        }
    }
}
