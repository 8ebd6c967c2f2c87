//! The conversions behind `?` in a hook, and behind an [`Error`] in a `main` that returns any error.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use super::{Error, ErrorCode};

/// Any error, by `?`: 500 `server_error` for the client, and the whole of it for the log. An invalid JWS or JWE of this
/// crate is `invalid_token` (RFC 6750 §3.1).
impl<E: StdError + Send + Sync + 'static> From<E> for Error {
    fn from(cause: E) -> Self {
        let sources =
            std::iter::successors(cause.source(), |source: &&(dyn StdError + 'static)| (**source).source());
        match sources.filter_map(<dyn StdError>::downcast_ref).map(|StandsFor(code)| *code).next() {
            None => Self::server(cause),
            Some(ErrorCode::TemporarilyUnavailable) => Self::overloaded(PASSES).caused_by(cause),
            Some(code) => Self::new(code).describe(cause.to_string()),
        }
    }
}

/// `Retry-After` of what passes by itself, when nobody can know when.
const PASSES: Duration = Duration::from_secs(1);

/// The last source of an error of this crate that is no failure of the server: the code that it stands for.
#[derive(Debug)]
pub(crate) struct StandsFor(pub(crate) ErrorCode);

impl fmt::Display for StandsFor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

impl StdError for StandsFor {}

/// An [`Error`] as one of the standard library: it cannot be one itself and be made from all others.
#[derive(Debug)]
struct Boxed(Error);

impl fmt::Display for Boxed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for Boxed {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

impl From<Error> for Box<dyn StdError + Send + Sync> {
    fn from(error: Error) -> Self {
        Box::new(Boxed(error))
    }
}

impl From<Error> for Box<dyn StdError> {
    fn from(error: Error) -> Self {
        Box::new(Boxed(error))
    }
}
