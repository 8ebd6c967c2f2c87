//! The algorithms of RFC 7518 §4 and §5 that use AES with 128 or 256 bits.

use std::fmt;

/// `alg` of a JWE (RFC 7518 §4.1): how the recipient comes by the content encryption key.
///
/// `RSA1_5` is not among them: RFC 8725 §3.2 forbids it, for its padding tells an attacker about the key. Nor is
/// `RSA-OAEP`, which rests on SHA-1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyManagement {
    /// `dir` (§4.5): the shared secret encrypts the content itself. It may encrypt 2³² tokens and no more, because of
    /// their random initialization vectors (NIST SP 800-38D §8.3).
    Dir,
    /// `A128KW` (§4.4): a shared secret of 128 bits wraps the key of each token.
    A128KW,
    /// `A256KW` (§4.4): a shared secret of 256 bits wraps the key of each token.
    A256KW,
    /// `RSA-OAEP-256` (§4.3).
    RsaOaep256,
    /// `ECDH-ES` (§4.6): the agreed secret yields the key.
    EcdhEs,
    /// `ECDH-ES+A128KW` (§4.6): the agreed secret wraps the key.
    EcdhEsA128KW,
    /// `ECDH-ES+A256KW` (§4.6).
    EcdhEsA256KW,
}

impl KeyManagement {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Dir,
        Self::A128KW,
        Self::A256KW,
        Self::RsaOaep256,
        Self::EcdhEs,
        Self::EcdhEsA128KW,
        Self::EcdhEsA256KW,
    ];

    /// The registered name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dir => "dir",
            Self::A128KW => "A128KW",
            Self::A256KW => "A256KW",
            Self::RsaOaep256 => "RSA-OAEP-256",
            Self::EcdhEs => "ECDH-ES",
            Self::EcdhEsA128KW => "ECDH-ES+A128KW",
            Self::EcdhEsA256KW => "ECDH-ES+A256KW",
        }
    }

    /// The algorithm of this name, if it is one of ours.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == name)
    }

    /// The length of the key that wraps, where one does.
    pub(super) const fn wrapping_key_len(self) -> Option<usize> {
        match self {
            Self::A128KW | Self::EcdhEsA128KW => Some(16),
            Self::A256KW | Self::EcdhEsA256KW => Some(32),
            Self::Dir | Self::RsaOaep256 | Self::EcdhEs => None,
        }
    }

    pub(super) const fn is_agreement(self) -> bool {
        matches!(self, Self::EcdhEs | Self::EcdhEsA128KW | Self::EcdhEsA256KW)
    }
}

/// `enc` of a JWE (RFC 7518 §5.1): how the content is encrypted and authenticated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum ContentEncryption {
    /// `A128GCM` (§5.3).
    A128GCM,
    /// `A256GCM` (§5.3). The default.
    #[default]
    A256GCM,
    /// `A128CBC-HS256` (§5.2.3), which every JWE library has.
    A128CbcHs256,
    /// `A256CBC-HS512` (§5.2.5).
    A256CbcHs512,
}

impl ContentEncryption {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::A128GCM, Self::A256GCM, Self::A128CbcHs256, Self::A256CbcHs512];

    /// The registered name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A128GCM => "A128GCM",
            Self::A256GCM => "A256GCM",
            Self::A128CbcHs256 => "A128CBC-HS256",
            Self::A256CbcHs512 => "A256CBC-HS512",
        }
    }

    /// The algorithm of this name, if it is one of ours.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == name)
    }

    /// The length of its key, in bytes: that of a secret for [`KeyManagement::Dir`].
    pub const fn key_len(self) -> usize {
        match self {
            Self::A128GCM => 16,
            Self::A256GCM | Self::A128CbcHs256 => 32,
            Self::A256CbcHs512 => 64,
        }
    }
}

impl fmt::Display for KeyManagement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for ContentEncryption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
