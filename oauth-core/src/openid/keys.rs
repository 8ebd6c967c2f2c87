//! Keys of several algorithms, for clients that ask for different ones.

use super::IdTokenSigner;
use crate::jose::{InvalidKey, Jwk, KeyRing, SigningKey, SigningKeys as _};

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
#[derive(Debug, Clone)]
pub struct IdTokenKeys(Vec<KeyRing>);

impl IdTokenKeys {
    /// The keys of one algorithm.
    pub fn new(keys: impl Into<KeyRing>) -> Self {
        Self(vec![keys.into()])
    }

    /// Adds the keys of another algorithm.
    ///
    /// # Errors
    ///
    /// If a key signs with the algorithm already, or a `kid` is taken (RFC 7517 §4.5).
    pub fn and(mut self, keys: impl Into<KeyRing>) -> Result<Self, InvalidKey> {
        let keys = keys.into();
        let algorithm = keys.active().algorithm();
        if self.0.iter().any(|ring| ring.active().algorithm() == algorithm) {
            return Err(InvalidKey::new(format!(
                "a key signs ID tokens with {algorithm:?} already: publish the other one in its ring, with \
                 `KeyRing::and_publish`"
            )));
        }
        let known = IdTokenSigner::jwks(&self);
        let is_taken = |jwk: &Jwk| known.iter().any(|other| other.common.key_id == jwk.common.key_id);
        if let Some(jwk) = IdTokenSigner::jwks(&keys).iter().find(|jwk| is_taken(jwk)) {
            return Err(InvalidKey::new(format!(
                "two keys that sign ID tokens have the kid `{}`: each needs its own (RFC 7517 §4.5)",
                jwk.common.key_id.as_deref().unwrap_or_default().escape_debug()
            )));
        }
        self.0.push(keys);
        Ok(self)
    }
}

impl IdTokenSigner for IdTokenKeys {
    fn signing_key(&self) -> Option<&SigningKey> {
        self.0.first().map(KeyRing::active)
    }

    fn signing_keys(&self) -> Vec<&SigningKey> {
        self.0.iter().map(KeyRing::active).collect()
    }

    fn jwks(&self) -> Vec<Jwk> {
        self.0.iter().flat_map(IdTokenSigner::jwks).collect()
    }
}
