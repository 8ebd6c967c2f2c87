//! Keys of several algorithms, for clients that ask for different ones.

use std::fmt;

use super::IdTokenSigner;
use crate::jose::shared::Shared;
use crate::jose::{InvalidKey, Jwk, KeyRing, SharedKeys, SigningKey, SigningKeys as _};

/// Signs ID tokens with the algorithm that each client registered as `id_token_signed_response_alg`, where one ring is
/// not enough: every provider signs with RS256 (OIDC Core §15.1), and may offer others beside it.
///
/// ```
/// use oauth_core::jose::{Algorithm, KeyRing, SigningKey};
/// use oauth_core::openid::IdTokenKeys;
///
/// let rsa = KeyRing::new(SigningKey::generate(Algorithm::RS256)?);
/// let keys = IdTokenKeys::new(rsa).and(SigningKey::generate(Algorithm::ES256)?)?;
/// # Ok::<(), oauth_core::jose::InvalidKey>(())
/// ```
///
/// Clones share their keys, as those of a [`KeyRing`] do.
#[derive(Clone)]
pub struct IdTokenKeys(Shared<Vec<KeyRing>>);

impl IdTokenKeys {
    /// The keys of one algorithm.
    pub fn new(keys: impl Into<KeyRing>) -> Self {
        Self(Shared::new(vec![keys.into()]))
    }

    /// The same with the keys of another algorithm. Clones of this one stay as they are.
    ///
    /// # Errors
    ///
    /// If a key signs with the algorithm already, or a `kid` is taken (RFC 7517 §4.5).
    pub fn and(self, keys: impl Into<KeyRing>) -> Result<Self, InvalidKey> {
        let (keys, rings) = (keys.into(), self.0.snapshot());
        let algorithm = keys.active().algorithm();
        if rings.iter().any(|ring| ring.active().algorithm() == algorithm) {
            return Err(InvalidKey::new(format!(
                "a key signs ID tokens with {algorithm} already: publish the other one in its ring, with \
                 `KeyRing::and_publish`"
            )));
        }
        let known = IdTokenSigner::jwks(&self);
        let is_taken = |jwk: &Jwk| known.iter().any(|other| other.kid() == jwk.kid());
        if let Some(jwk) = IdTokenSigner::jwks(&keys).iter().find(|jwk| is_taken(jwk)) {
            return Err(InvalidKey::new(format!(
                "two keys that sign ID tokens have the kid `{}`: each needs its own (RFC 7517 §4.5)",
                jwk.kid().unwrap_or_default().escape_debug()
            )));
        }
        Ok(Self(Shared::new(rings.iter().cloned().chain([keys]).collect())))
    }

    /// Replaces these keys and those of all clones by others, at once.
    pub fn replace(&self, keys: &Self) {
        self.0.replace(keys.0.snapshot());
    }
}

impl SharedKeys for IdTokenKeys {
    fn replace_if<E>(&self, keys: &Self, check: impl FnOnce() -> Result<(), E>) -> Result<(), E> {
        self.0.replace_if(keys.0.snapshot(), check)
    }
}

impl IdTokenSigner for IdTokenKeys {
    fn signing_key(&self) -> Option<SigningKey> {
        self.0.snapshot().first().map(KeyRing::active)
    }

    fn signing_keys(&self) -> Vec<SigningKey> {
        self.0.snapshot().iter().map(KeyRing::active).collect()
    }

    fn jwks(&self) -> Vec<Jwk> {
        self.0.snapshot().iter().flat_map(IdTokenSigner::jwks).collect()
    }
}

impl fmt::Debug for IdTokenKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IdTokenKeys").field(&*self.0.snapshot()).finish()
    }
}
