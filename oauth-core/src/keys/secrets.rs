//! Secrets that are no keys of signatures, and that instances share as well.

use super::{KeysError, StoredKeys};
use crate::binding::NonceKey;
use crate::event::EventKind;
use crate::openid::PairwiseKey;
use crate::secret::SecretString;
use crate::store::StoredKey;
use crate::time::UnixTime;

const PAIRWISE: &str = "pairwise";
const DPOP_NONCES: &str = "dpop_nonces";
/// Beyond any clock, and within what databases count to.
const NEVER: UnixTime = UnixTime::from_secs(i64::MAX.unsigned_abs());

impl StoredKeys {
    /// The key of pairwise identifiers, for a field `#[pairwise_key]`. It is made once and never rotates: with another, every
    /// pairwise client would meet strangers.
    ///
    /// # Errors
    ///
    /// If the store fails, or a KEK is missing or wrong.
    pub async fn pairwise_key(&self) -> Result<PairwiseKey, KeysError> {
        Ok(PairwiseKey::new(self.secret(PAIRWISE).await?.expose())?)
    }

    /// The key of DPoP nonces, for a field `#[dpop_nonce_key]`. It is made once.
    ///
    /// # Errors
    ///
    /// As [`pairwise_key`](Self::pairwise_key).
    pub async fn nonce_key(&self) -> Result<NonceKey, KeysError> {
        Ok(NonceKey::new(self.secret(DPOP_NONCES).await?.expose())?)
    }

    async fn secret(&self, purpose: &str) -> Result<SecretString, KeysError> {
        let source = &self.0.source;
        if let Some(secret) = self.read_secret(purpose).await? {
            return Ok(secret);
        }
        let (kid, secret) = (SecretString::random_bytes(16).expose().to_owned(), SecretString::random());
        let (kek, sealed) = source.keks.seal(&kid, purpose, &secret)?;
        let stored = StoredKey {
            kid: kid.clone(),
            purpose: purpose.to_owned(),
            generation: 1,
            sign_from: source.now(),
            sign_until: NEVER,
            publish_until: NEVER,
            kek,
            sealed,
            public_jwk: None,
        };
        if source.store.add_key(stored).await? {
            source.tell(EventKind::KeyCreated, &kid);
        }
        // Whoever made it.
        let secret = self.read_secret(purpose).await?;
        secret.ok_or_else(|| {
            KeysError::new(format!("the store does not return the key for `{purpose}` that it has"))
        })
    }

    async fn read_secret(&self, purpose: &str) -> Result<Option<SecretString>, KeysError> {
        let stored = self.0.source.store.keys().await?;
        let key = stored.iter().find(|key| key.purpose == purpose && key.generation == 1);
        key.map(|key| self.0.source.keks.open(key)).transpose()
    }
}
