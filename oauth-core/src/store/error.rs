//! A store that failed.

use std::error::Error as StdError;
use std::fmt;

use crate::error::{Error, ErrorCode, StandsFor};

/// A failure of a store: it is down, locked, full or corrupt. Never "not found".
///
/// In a hook, `?` makes it `server_error` (RFC 6749 §4.1.2.1), with the cause kept from the wire; or 503 `temporarily_unavailable`
/// with `Retry-After`, where the store has [too much to do](Self::overloaded), or an instance of a newer version can answer.
#[derive(Debug)]
pub struct StoreError {
    doing: &'static str,
    cause: Box<dyn StdError + Send + Sync>,
}

impl StoreError {
    /// A failure while `doing` something ("save a code"), with its cause.
    pub fn new(doing: &'static str, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { doing, cause: cause.into() }
    }

    /// A store that cannot do it now and perhaps can in a moment: it is locked, full, or has too much to do.
    pub fn overloaded(doing: &'static str, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(doing, Overloaded(cause.into()))
    }

    /// A hash was saved twice.
    pub(super) fn already_kept(doing: &'static str) -> Self {
        Self::new(doing, AlreadyKept)
    }

    /// Tells whether what was to be saved is kept already.
    #[cfg(feature = "postgres")]
    pub(super) fn is_already_kept(&self) -> bool {
        self.cause.is::<AlreadyKept>()
    }

    /// A newer version of this program wrote it.
    pub(super) fn newer_format(doing: &'static str) -> Self {
        Self::new(doing, StandsFor(ErrorCode::TemporarilyUnavailable))
    }

    /// Tells whether it may be done in a moment.
    pub fn is_overloaded(&self) -> bool {
        self.cause.is::<Overloaded>()
    }

    /// Tells whether a newer version of this program wrote what was read: another instance can tell what it
    /// means, and this one must neither change it nor act upon a part of it.
    pub fn is_of_newer_version(&self) -> bool {
        self.cause.is::<StandsFor>()
    }

    /// Nothing plays the role.
    pub(crate) fn without_role(doing: &'static str, role: &str) -> Self {
        Self::new(doing, format!("no store plays the role `{role}`"))
    }

    /// The failure of a store that is behind an error of a request, if one is.
    pub(crate) fn behind(error: &Error) -> Option<&Self> {
        let mut sources =
            std::iter::successors(error.source(), |source: &&(dyn StdError + 'static)| (**source).source());
        sources.find_map(<dyn StdError>::downcast_ref)
    }

    /// Another subject has this login name.
    pub(super) fn username_taken(username: &str) -> Self {
        Self::new("save a user", format!("the login name `{username}` belongs to another subject"))
    }
}

#[derive(Debug)]
struct AlreadyKept;

impl fmt::Display for AlreadyKept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it is kept already: its generator repeats itself")
    }
}

impl StdError for AlreadyKept {}

/// A cause that passes.
#[derive(Debug)]
struct Overloaded(Box<dyn StdError + Send + Sync>);

impl fmt::Display for Overloaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for Overloaded {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&StandsFor(ErrorCode::TemporarilyUnavailable))
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the store could not {}", self.doing)?;
        if self.is_of_newer_version() {
            f.write_str(", which a newer version of this program wrote")?;
        }
        Ok(())
    }
}

impl StdError for StoreError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.cause.as_ref())
    }
}
