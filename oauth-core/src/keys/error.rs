//! The reasons that shared keys cannot be used.

use std::error::Error as StdError;
use std::fmt;

use crate::jose::InvalidKey;
use crate::store::StoreError;

/// The reason that shared keys cannot be used. `Debug`, which `main` prints, is one line with the causes.
pub struct KeysError {
    reason: String,
    kind: Kind,
}

enum Kind {
    Store(StoreError),
    Unknown,
    Exists,
    Other,
}

impl KeysError {
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), kind: Kind::Other }
    }

    pub(super) fn unknown(reason: String) -> Self {
        Self { reason, kind: Kind::Unknown }
    }

    pub(super) fn exists(reason: String) -> Self {
        Self { reason, kind: Kind::Exists }
    }

    /// True where the store failed, so that it may work in a moment.
    pub const fn is_of_store(&self) -> bool {
        matches!(self.kind, Kind::Store(_))
    }

    /// True where no key that signs is called so.
    pub const fn is_unknown(&self) -> bool {
        matches!(self.kind, Kind::Unknown)
    }

    /// True where the store has this key already.
    pub const fn is_duplicate(&self) -> bool {
        matches!(self.kind, Kind::Exists)
    }
}

impl From<StoreError> for KeysError {
    fn from(cause: StoreError) -> Self {
        let reason = "the keys that instances share cannot be reached".to_owned();
        Self { reason, kind: Kind::Store(cause) }
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
        match &self.kind {
            Kind::Store(cause) => Some(cause),
            Kind::Unknown | Kind::Exists | Kind::Other => None,
        }
    }
}
