//! [`KeyRing`]: one key signs, the others still verify.

use std::path::Path;

use super::verify::VerifyingKey;
use super::{Algorithm, InvalidKey, Jwk, KeySet, SigningKey, SigningKeys, file};

/// Keys by `kid`. One is active; the others are published until the last token they signed has expired.
///
/// ```
/// use oauth_core::jose::{Algorithm, KeyRing, SigningKey};
///
/// let (this_year, last_year) = (SigningKey::generate(Algorithm::ES256)?, SigningKey::generate(Algorithm::RS256)?);
/// let keys = KeyRing::new(this_year).and_publish(last_year)?;
/// # Ok::<(), oauth_core::jose::InvalidKey>(())
/// ```
///
/// To rotate, let clients see the new key before it signs: publish it, wait for as long as they cache the key set,
/// [`rotate`](Self::rotate), and drop the old one a token's lifetime later.
#[derive(Debug, Clone)]
pub struct KeyRing {
    active: SigningKey,
    published: Vec<VerifyingKey>,
}

impl KeyRing {
    /// A ring of one.
    pub const fn new(active: SigningKey) -> Self {
        Self { active, published: Vec::new() }
    }

    /// Adds a key that verifies and is published, but does not sign: a [`SigningKey`] that signed before or will sign
    /// next, or a [`VerifyingKey`] whose private half is gone.
    ///
    /// # Errors
    ///
    /// If its `kid` is in the ring already: a verifier could not tell which key is meant (RFC 7517 §4.5).
    pub fn and_publish(mut self, key: impl Into<VerifyingKey>) -> Result<Self, InvalidKey> {
        let key = key.into();
        if let Some(kid) = key.kid()
            && self.keys().any(|known| known.kid() == Some(kid))
        {
            return Err(InvalidKey::new(format!(
                "two keys of the ring have the kid `{}`: each needs its own (RFC 7517 §4.5)",
                kid.escape_debug()
            )));
        }
        self.published.push(key);
        Ok(self)
    }

    /// Makes another key active; the one that was stays published. A key that was published before may become active.
    ///
    /// # Errors
    ///
    /// If another key of the ring has the same `kid`.
    pub fn rotate(self, active: SigningKey) -> Result<Self, InvalidKey> {
        let announced = active.public_jwk();
        std::iter::once(VerifyingKey::from(self.active))
            .chain(self.published)
            .filter(|key| announced.is_none() || key.public_jwk() != announced.as_ref())
            .try_fold(Self::new(active), Self::and_publish)
    }

    /// From PEM files: the first key signs, the others are published.
    ///
    /// # Errors
    ///
    /// If there is no file, or one cannot be used; the message names it.
    pub fn from_pem_files<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Result<Self, InvalidKey> {
        let mut keys = paths.into_iter().map(SigningKey::from_pem_file);
        let active =
            keys.next().ok_or_else(|| InvalidKey::new("a key ring needs at least one key file"))??;
        keys.try_fold(Self::new(active), |ring, key| ring.and_publish(key?))
    }

    /// The key in the file, or a new one that is written there, readable by its owner only.
    ///
    /// Of any number of processes that start at once, one writes the file and all use its key.
    ///
    /// # Errors
    ///
    /// If the file can be neither read nor written, or its key cannot sign with the algorithm; the message names the
    /// file. HMAC secrets are not kept in files.
    pub fn load_or_generate(path: impl AsRef<Path>, algorithm: Algorithm) -> Result<Self, InvalidKey> {
        file::load_or_generate(path.as_ref(), algorithm).map(Self::new)
    }

    /// All that verify, the active one first.
    pub fn verifying_keys(&self) -> KeySet {
        self.keys().cloned().collect()
    }

    fn keys(&self) -> impl Iterator<Item = &VerifyingKey> {
        std::iter::once(self.active.verifying_key()).chain(&self.published)
    }
}

impl From<SigningKey> for KeyRing {
    fn from(key: SigningKey) -> Self {
        Self::new(key)
    }
}

impl SigningKeys for KeyRing {
    fn active(&self) -> &SigningKey {
        &self.active
    }

    fn jwks(&self) -> Vec<Jwk> {
        self.keys().filter_map(VerifyingKey::public_jwk).cloned().collect()
    }
}
