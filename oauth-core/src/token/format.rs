//! The format of tokens, for the report and for those who test.

use std::fmt;

use crate::jose::{Jwk, SigningKeys};

/// The format of a generator's tokens, as whoever holds them sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenFormat {
    /// Random, without a meaning of its own.
    Opaque,
    /// Signed with keys that are published, for these algorithms.
    Signed {
        /// `alg` of each key, the active one first.
        algorithms: Vec<String>,
    },
    /// Signed with a secret that the resource servers share.
    Shared {
        /// `alg`.
        algorithm: String,
    },
    /// Signed, then encrypted (RFC 7516): its recipient reads it.
    Encrypted,
    /// Known to its generator alone.
    Custom,
}

impl TokenFormat {
    /// The format of JWTs which these keys sign: the active one, whatever is published beside it.
    pub(crate) fn of_jwt(keys: &dyn SigningKeys) -> Self {
        let active = keys.active().algorithm();
        if active.is_symmetric() {
            return Self::Shared { algorithm: active.to_string() };
        }
        Self::of_keys(&keys.jwks())
    }

    /// The format of tokens signed with these keys.
    pub(crate) fn of_keys(keys: &[Jwk]) -> Self {
        if keys.is_empty() {
            return Self::Custom;
        }
        let algorithm = |key: &Jwk| key.alg().map(str::to_owned);
        let mut algorithms: Vec<_> = keys.iter().filter_map(algorithm).collect();
        algorithms.dedup();
        Self::Signed { algorithms }
    }

    /// Tells whether published keys verify them.
    pub const fn is_signed(&self) -> bool {
        matches!(self, Self::Signed { .. })
    }
}

impl fmt::Display for TokenFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Opaque => f.write_str("opaque"),
            Self::Signed { algorithms } => write!(f, "signed, {}", algorithms.join(", ")),
            Self::Shared { algorithm } => write!(f, "signed, {algorithm}, with a shared secret"),
            Self::Encrypted => f.write_str("signed, then encrypted"),
            Self::Custom => f.write_str("a format of their own"),
        }
    }
}
