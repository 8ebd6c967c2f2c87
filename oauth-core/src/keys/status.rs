//! The keys as operators see them.

use std::fmt;

use crate::time::UnixTime;

/// The state of a key, which follows from the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyState {
    /// It is published and does not sign yet.
    Pending,
    /// It signs.
    Active,
    /// It signs no more and is published.
    Retired,
    /// It is not published.
    Gone,
}

impl fmt::Display for KeyState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Pending => "pending",
            Self::Active => "active",
            Self::Retired => "retired",
            Self::Gone => "gone",
        })
    }
}

/// A key that instances share, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyStatus {
    /// The identifier.
    pub kid: String,
    /// The use of the key, such as `sign:ES256`.
    pub purpose: String,
    /// The place among the keys of its purpose, from 1.
    pub generation: u32,
    /// The state now.
    pub state: KeyState,
    /// The time from which it signs.
    pub sign_from: UnixTime,
    /// The time until which it signs; a key without a successor goes on.
    pub sign_until: UnixTime,
    /// The time until which it is published; a key without a successor is published on.
    pub publish_until: UnixTime,
    /// The name of the KEK that sealed it.
    pub kek: String,
}
