//! Values that must not leak: they do not print, do not serialise and have no `==`.

use std::fmt;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{self, Digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use zeroize::Zeroizing;

/// A secret text: a token, a code, a password. Erased from memory when dropped; `Debug` shows `[redacted]`.
#[derive(Clone)]
pub struct SecretString(Zeroizing<String>);

impl SecretString {
    /// Takes ownership of a secret.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(Zeroizing::new(secret.into()))
    }

    /// 256 random bits as 43 base64url characters.
    pub fn random() -> Self {
        Self::random_bytes(32)
    }

    /// Random bytes as base64url characters.
    pub(crate) fn random_bytes(count: usize) -> Self {
        let mut bytes = Zeroizing::new(vec![0; count]);
        rand::fill(bytes.as_mut_slice());
        Self::new(URL_SAFE_NO_PAD.encode(bytes.as_slice()))
    }

    /// The secret itself, for the one place that must send or hash it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// SHA-256 of the secret: what stores keep instead of it.
    pub fn hash(&self) -> TokenHash {
        TokenHash::of(self.expose())
    }

    /// Compares in time that depends on the length only.
    pub fn matches(&self, other: &str) -> bool {
        verify_slices_are_equal(self.expose().as_bytes(), other.as_bytes()).is_ok()
    }
}

impl fmt::Debug for SecretString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// SHA-256 of a token, a code or a session identifier: the key under which a store keeps what belongs to it.
///
/// These secrets carry at least 128 random bits, so a plain hash cannot be reversed by guessing and needs no salt.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// Hashes a secret.
    pub fn of(secret: &str) -> Self {
        Self::from(&digest::digest(&digest::SHA256, secret.as_bytes()))
    }

    fn from(digest: &Digest) -> Self {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest.as_ref());
        Self(hash)
    }

    /// Hashes the identifier of a [self-contained](crate::token::JwtProfile::self_contained) token: 128 random bits of the server that signed
    /// it. It is the hash of no text that anybody may present as a token: UTF-8 has no such byte.
    pub(crate) fn of_jti(jti: &str) -> Self {
        Self::from(&digest::digest(&digest::SHA256, &[b"\xffjti", jti.as_bytes()].concat()))
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A hash read back from a store.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

/// Base64url.
impl Serialize for TokenHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl<'de> Deserialize<'de> for TokenHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or_else(|| de::Error::custom("a hash is 32 bytes in base64url"))
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Enough to tell two apart in a log; not enough to look one up.
        write!(f, "TokenHash({:02x}{:02x}…)", self.0[0], self.0[1])
    }
}
