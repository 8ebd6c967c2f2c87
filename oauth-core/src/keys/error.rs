//! The reasons that shared keys cannot be used.

use std::error::Error as StdError;
use std::fmt;

use crate::jose::InvalidKey;
use crate::store::StoreError;

/// The reason that shared keys cannot be used. `Debug`, which `main` prints, is one line with the causes.
pub struct KeysError {
    reason: String,
    cause: Option<StoreError>,
}

impl KeysError {
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), cause: None }
    }

    /// True where the store failed, so that it may work in a moment.
    pub const fn is_of_store(&self) -> bool {
        self.cause.is_some()
    }
}

impl From<StoreError> for KeysError {
    fn from(cause: StoreError) -> Self {
        Self { reason: "the keys that instances share cannot be reached".to_owned(), cause: Some(cause) }
    }
}

impl From<InvalidKey> for KeysError {
    fn from(cause: InvalidKey) -> Self {
        Self::new(cause.to_string())
    }
}

impl fmt::Display for KeysError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl fmt::Debug for KeysError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)?;
        let mut next = self.source();
        while let Some(cause) = next {
            write!(f, ": {cause}")?;
            next = cause.source();
        }
        Ok(())
    }
}

impl StdError for KeysError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.cause.as_ref().map(|cause| cause as _)
    }
}
