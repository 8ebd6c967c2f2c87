//! [`KeyRing`]: one key signs, the others still verify.

use std::fmt;
use std::path::Path;

use super::shared::Shared;
use super::turns::Turns;
use super::verify::VerifyingKey;
use super::{Algorithm, InvalidKey, Jwk, KeySet, SharedKeys, SigningKey, SigningKeys, file};

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
/// Clones share their keys: [`replace`](Self::replace) changes what a running server signs with, its JWK Set and its
/// metadata. [`RunningServer::replace_keys`](crate::server::RunningServer::replace_keys) checks the new keys first.
///
/// Instances share the keys of a ring that [`StoredKeys`](crate::keys::StoredKeys) lend, which rotates by itself. To rotate by
/// hand, let clients see the new key before it signs: publish it, wait for as long as they cache the key
/// set, [`rotate`](Self::rotate), and drop the old one a token's lifetime later.
#[derive(Clone)]
pub struct KeyRing(Shared<Keys>);

/// A ring at one moment.
struct Keys {
    turns: Turns,
    /// The active one first.
    verifying: KeySet,
}

impl KeyRing {
    /// A ring of one.
    pub fn new(active: SigningKey) -> Self {
        let verifying = KeySet::from_iter([active.verifying_key().clone()]);
        Self(Shared::new(Keys { turns: Turns::always(active), verifying }))
    }

    /// A ring whose keys take turns, with the keys that it publishes.
    pub(crate) fn of_turns(turns: Turns, verifying: KeySet) -> Self {
        Self(Shared::new(Keys { turns, verifying }))
    }

    /// A ring with one more key, which verifies and is published, but does not sign: a [`SigningKey`] that signed before or
    /// will sign next, or a [`VerifyingKey`] whose private half is gone. Clones of this one stay as they are.
    ///
    /// # Errors
    ///
    /// If its `kid` is in the ring already: a verifier could not tell which key is meant (RFC 7517 §4.5).
    pub fn and_publish(self, key: impl Into<VerifyingKey>) -> Result<Self, InvalidKey> {
        let key = key.into();
        let keys = self.0.snapshot();
        if let Some(kid) = key.kid()
            && keys.verifying.iter().any(|known| known.kid() == Some(kid))
        {
            return Err(InvalidKey::new(format!(
                "two keys of the ring have the kid `{}`: each needs its own (RFC 7517 §4.5)",
                kid.escape_debug()
            )));
        }
        let verifying = keys.verifying.iter().cloned().chain([key]).collect();
        Ok(Self(Shared::new(Keys { turns: Turns::always(keys.turns.active().clone()), verifying })))
    }

    /// A ring in which another key is active; the one that was stays published. A key that was published before may become
    /// active. Clones of this one stay as they are.
    ///
    /// # Errors
    ///
    /// If another key of the ring has the same `kid`.
    pub fn rotate(self, active: SigningKey) -> Result<Self, InvalidKey> {
        let announced = active.public_jwk();
        let keys = self.0.snapshot();
        let others =
            keys.verifying.iter().filter(|key| announced.is_none() || key.public_jwk() != announced.as_ref());
        others.cloned().try_fold(Self::new(active), Self::and_publish)
    }

    /// Replaces the keys of this ring and of all its clones by those of another one, at once.
    pub fn replace(&self, keys: &Self) {
        self.0.replace(keys.0.snapshot());
    }

    /// Reads keys from PEM files: the first key signs, the others are published.
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

    /// All that verify now, the active one first.
    pub fn verifying_keys(&self) -> KeySet {
        self.0.snapshot().verifying.clone()
    }
}

impl SharedKeys for KeyRing {
    fn replace_if<E>(&self, keys: &Self, check: impl FnOnce() -> Result<(), E>) -> Result<(), E> {
        self.0.replace_if(keys.0.snapshot(), check)
    }
}

impl From<SigningKey> for KeyRing {
    fn from(key: SigningKey) -> Self {
        Self::new(key)
    }
}

impl SigningKeys for KeyRing {
    fn active(&self) -> SigningKey {
        self.0.snapshot().turns.active().clone()
    }

    fn jwks(&self) -> Vec<Jwk> {
        self.0.snapshot().verifying.iter().filter_map(VerifyingKey::public_jwk).cloned().collect()
    }

    fn public_keys(&self) -> KeySet {
        let keys = self.0.snapshot();
        if keys.verifying.iter().all(|key| key.public_jwk().is_some()) {
            return keys.verifying.clone();
        }
        keys.verifying.iter().filter(|key| key.public_jwk().is_some()).cloned().collect()
    }

    fn miss(&self) {
        self.0.snapshot().turns.miss();
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("KeyRing").field(&self.0.snapshot().verifying).finish()
    }
}
