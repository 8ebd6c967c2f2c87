//! The reasons why an act was not done.

use std::error::Error as StdError;
use std::fmt;

use crate::client::InvalidClientMetadata;
use crate::store::StoreError;

/// The reason why an administrative act was not done. It is one line, with its causes.
#[derive(Debug)]
#[non_exhaustive]
pub enum AdminError {
    /// There is nothing of that name.
    NotFound(String),
    /// There is one of that name already.
    Exists(String),
    /// The request cannot be met.
    Invalid(String),
    /// The store failed: nothing is certain then, and it can be done again.
    Store(StoreError),
}

impl AdminError {
    pub(super) fn no(what: &str, name: &str) -> Self {
        Self::NotFound(format!("there is no {what} `{}`", name.escape_debug()))
    }

    pub(super) fn exists(what: &str, name: &str) -> Self {
        Self::Exists(format!("there is a {what} `{}` already", name.escape_debug()))
    }
}

impl fmt::Display for AdminError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(text) | Self::Exists(text) | Self::Invalid(text) => f.write_str(text),
            Self::Store(error) => {
                write!(f, "{error}")?;
                let mut cause = StdError::source(error);
                while let Some(next) = cause {
                    let text = next.to_string();
                    // A cause may repeat what the one above it says.
                    if !text.is_empty() {
                        write!(f, ": {}", text.lines().collect::<Vec<_>>().join(" "))?;
                    }
                    cause = next.source();
                }
                Ok(())
            }
        }
    }
}

impl StdError for AdminError {}

impl From<StoreError> for AdminError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<InvalidClientMetadata> for AdminError {
    fn from(error: InvalidClientMetadata) -> Self {
        Self::Invalid(error.to_string())
    }
}
