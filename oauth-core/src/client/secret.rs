//! Client secrets: generated or given, hashed before anything stores them.

use std::fmt;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::InvalidClientMetadata;
use crate::secret::SecretString;

/// The secret of a confidential client, before it is hashed. `Debug` does not show it.
#[derive(Debug, Clone)]
pub struct ClientSecret(SecretString);

impl ClientSecret {
    /// The fewest characters of a secret that was not [generated](Self::generate) here.
    pub const MIN_LENGTH: usize = 16;

    /// 256 random bits. Show it once, to the client's developer; only its hash is kept.
    pub fn generate() -> Self {
        Self(SecretString::random())
    }

    /// A secret chosen elsewhere. It must be random: RFC 6749 §10.10 wants 128 bits against guessing.
    ///
    /// # Errors
    ///
    /// If it is shorter than [`MIN_LENGTH`](Self::MIN_LENGTH) or has a character outside `%x20-7E` (RFC 6749
    /// Appendix A.2).
    pub fn new(secret: impl Into<String>) -> Result<Self, InvalidClientMetadata> {
        let secret = SecretString::new(secret);
        if secret.expose().len() < Self::MIN_LENGTH {
            return Err(InvalidClientMetadata::new(format!(
                "client_secret has {} characters and needs at least {} random ones, as ClientSecret::generate() makes them (RFC 6749 §10.10)",
                secret.expose().len(),
                Self::MIN_LENGTH
            ))
            .of("client_secret"));
        }
        if !secret.expose().bytes().all(|b| matches!(b, 0x20..=0x7E)) {
            return Err(InvalidClientMetadata::new(
                "client_secret may contain printable ASCII only (RFC 6749 Appendix A.2)",
            )
            .of("client_secret"));
        }
        Ok(Self(secret))
    }

    /// The secret, to show it to the client's developer.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// The hash that is stored: SHA-256 over a random salt and the secret.
    pub fn hash(&self) -> SecretHash {
        SecretHash::with_salt(rand::random(), self.expose())
    }
}

/// The stored form of a client secret.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SecretHash {
    salt: [u8; 16],
    digest: [u8; 32],
}

impl SecretHash {
    fn with_salt(salt: [u8; 16], secret: &str) -> Self {
        // Salt and secret together, for what is hashed at once is hashed without an allocation. What is generated has 43 characters.
        let mut text = Zeroizing::new([0; 64]);
        let hash = if let Some(text) = text.get_mut(..salt.len() + secret.len()) {
            let (first, second) = text.split_at_mut(salt.len());
            first.copy_from_slice(&salt);
            second.copy_from_slice(secret.as_bytes());
            digest::digest(&digest::SHA256, text)
        } else {
            let mut context = digest::Context::new(&digest::SHA256);
            context.update(&salt);
            context.update(secret.as_bytes());
            context.finish()
        };
        let mut digest = [0; 32];
        digest.copy_from_slice(hash.as_ref());
        Self { salt, digest }
    }

    /// Tells whether this is the secret, in time that does not depend on it.
    pub fn verify(&self, secret: &str) -> bool {
        self.is(&self.of_another(secret))
    }

    /// The hash of another secret with the same salt.
    pub(super) fn of_another(&self, secret: &str) -> Self {
        Self::with_salt(self.salt, secret)
    }

    pub(super) fn has_salt_of(&self, other: &Self) -> bool {
        self.salt == other.salt
    }

    /// Compares two of one salt, in time that does not depend on them.
    pub(super) fn is(&self, other: &Self) -> bool {
        verify_slices_are_equal(&self.digest, &other.digest).is_ok()
    }

    /// A hash that no secret has, verified for unknown clients so that they take as long as a wrong secret.
    pub(crate) const fn of_nobody() -> Self {
        Self { salt: [0; 16], digest: [0; 32] }
    }
}

impl From<SecretHash> for String {
    fn from(hash: SecretHash) -> Self {
        let [salt, digest] = [hash.salt.as_slice(), &hash.digest].map(|part| URL_SAFE_NO_PAD.encode(part));
        format!("$sha256${salt}${digest}")
    }
}

impl TryFrom<String> for SecretHash {
    type Error = InvalidClientMetadata;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let malformed = || InvalidClientMetadata::new("the stored client secret hash is malformed");
        let (salt, digest) =
            text.strip_prefix("$sha256$").and_then(|rest| rest.split_once('$')).ok_or_else(malformed)?;
        let bytes = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| malformed());
        let salt = bytes(salt)?.try_into().map_err(|_| malformed())?;
        let digest = bytes(digest)?.try_into().map_err(|_| malformed())?;
        Ok(Self { salt, digest })
    }
}

impl fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
