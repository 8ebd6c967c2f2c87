//! Algorithms of signatures, RFC 7518 §3.1 and RFC 8037 §3.1.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::InvalidKey;

/// The algorithms of FAPI 2.0 §5.4.1: "PS256, ES256, or EdDSA (using the Ed25519 variant)".
pub(crate) const FAPI2_ALGORITHMS: &[Algorithm] =
    &[Algorithm::PS256, Algorithm::ES256, Algorithm::EdDSA, Algorithm::Ed25519];

/// Algorithm of a signature, `alg` of RFC 7515 §4.1.1. Its variants are named as they are registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Algorithm {
    /// HMAC with SHA-256.
    HS256,
    /// HMAC with SHA-384.
    HS384,
    /// HMAC with SHA-512.
    HS512,
    /// RSA of PKCS #1 version 1.5, with SHA-256.
    RS256,
    /// RSA of PKCS #1 version 1.5, with SHA-384.
    RS384,
    /// RSA of PKCS #1 version 1.5, with SHA-512.
    RS512,
    /// RSA-PSS with SHA-256.
    PS256,
    /// RSA-PSS with SHA-384.
    PS384,
    /// RSA-PSS with SHA-512.
    PS512,
    /// ECDSA on P-256, with SHA-256.
    ES256,
    /// ECDSA on P-384, with SHA-384.
    ES384,
    /// Ed25519, by the name that RFC 8037 gave it.
    EdDSA,
    /// Ed25519, by the name that RFC 9864 §2.2 gives it.
    Ed25519,
}

impl Algorithm {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::HS256,
        Self::HS384,
        Self::HS512,
        Self::RS256,
        Self::RS384,
        Self::RS512,
        Self::PS256,
        Self::PS384,
        Self::PS512,
        Self::ES256,
        Self::ES384,
        Self::EdDSA,
        Self::Ed25519,
    ];

    /// The registered name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::HS256 => "HS256",
            Self::HS384 => "HS384",
            Self::HS512 => "HS512",
            Self::RS256 => "RS256",
            Self::RS384 => "RS384",
            Self::RS512 => "RS512",
            Self::PS256 => "PS256",
            Self::PS384 => "PS384",
            Self::PS512 => "PS512",
            Self::ES256 => "ES256",
            Self::ES384 => "ES384",
            Self::EdDSA => "EdDSA",
            Self::Ed25519 => "Ed25519",
        }
    }

    /// Tells whether the algorithm signs with a secret that verifies, too.
    pub const fn is_symmetric(self) -> bool {
        matches!(self, Self::HS256 | Self::HS384 | Self::HS512)
    }

    pub(super) const fn is_rsa(self) -> bool {
        use Algorithm::{PS256, PS384, PS512, RS256, RS384, RS512};

        matches!(self, RS256 | RS384 | RS512 | PS256 | PS384 | PS512)
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Reads a registered name.
impl FromStr for Algorithm {
    type Err = InvalidKey;

    fn from_str(name: &str) -> Result<Self, InvalidKey> {
        let known = Self::ALL.into_iter().find(|known| known.as_str() == name);
        known.ok_or_else(|| {
            InvalidKey::new(format!("the algorithm `{}` is not supported", name.escape_debug()))
        })
    }
}
