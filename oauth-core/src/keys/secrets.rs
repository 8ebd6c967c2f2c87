//! Secrets that are no keys of signatures, and that instances share as well.

use super::life::{Lives, Next};
use super::source::{Source, left_out};
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

    /// The key of DPoP nonces, for a field `#[dpop_nonce_key]`. It rotates by the policy, as keys that sign do, where these keys are kept up
    /// with: the next is known to all instances before nonces are made of it, and those of the one before are taken on.
    ///
    /// # Errors
    ///
    /// As [`pairwise_key`](Self::pairwise_key).
    pub async fn nonce_key(&self) -> Result<NonceKey, KeysError> {
        let _alone = self.0.opened.lock().await;
        let keys = self.nonce_turns(true).await?;
        Ok(self.0.nonces.get_or_init(|| keys).clone())
    }

    /// Reads the keys of nonces again, where they are used.
    pub(super) async fn reload_nonces(&self) -> Result<(), KeysError> {
        if let Some(nonces) = self.0.nonces.get() {
            nonces.replace(&self.nonce_turns(false).await?);
        }
        Ok(())
    }

    /// The keys of nonces, with the one that is due, and without what is gone or cannot be opened; at a start all must be.
    async fn nonce_turns(&self, is_start: bool) -> Result<NonceKey, KeysError> {
        let Source { store, policy, keks, .. } = &self.0.source;
        let (mut stored, now) = (self.stored_nonces().await?, self.0.source.now());
        if let Some(next) = Lives::of(&stored, DPOP_NONCES).due(policy, now) {
            let until = next.sign_from + policy.rotation;
            self.make_secret(DPOP_NONCES, &next, (until, until + policy.propagation)).await?;
            // Whoever made it.
            stored = self.stored_nonces().await?;
        }
        let mut turns = Vec::new();
        for life in Lives::of(&stored, DPOP_NONCES).keys {
            if life.gone.is_some_and(|gone| gone <= now) {
                store.remove_key(&life.key.kid).await?;
                continue;
            }
            match keks.open(life.key) {
                Ok(secret) => turns.push((life.from, secret)),
                Err(error) if is_start => return Err(error),
                Err(error) => left_out(&error),
            }
        }
        if turns.is_empty() {
            return Err(missing(DPOP_NONCES));
        }
        Ok(NonceKey::of(turns.iter().map(|(from, secret)| (*from, secret.expose().as_bytes()))))
    }

    /// The keys of nonces as they are kept. One that was made to stay has an end as well.
    async fn stored_nonces(&self) -> Result<Vec<StoredKey>, KeysError> {
        let Source { store, policy, .. } = &self.0.source;
        let mut stored = store.keys().await?;
        for key in stored.iter_mut().filter(|key| key.purpose == DPOP_NONCES && key.sign_until == NEVER) {
            key.sign_until = key.sign_from + policy.rotation;
            key.publish_until = key.sign_until + policy.propagation;
        }
        Ok(stored)
    }

    async fn secret(&self, purpose: &str) -> Result<SecretString, KeysError> {
        let source = &self.0.source;
        if let Some(secret) = self.read_secret(purpose).await? {
            return Ok(secret);
        }
        let first = Next { generation: 1, sign_from: source.now() };
        self.make_secret(purpose, &first, (NEVER, NEVER)).await?;
        // Whoever made it.
        self.read_secret(purpose).await?.ok_or_else(|| missing(purpose))
    }

    /// Makes a secret and adds it, unless another instance is faster.
    async fn make_secret(
        &self,
        purpose: &str,
        next: &Next,
        (sign_until, publish_until): (UnixTime, UnixTime),
    ) -> Result<(), KeysError> {
        let source = &self.0.source;
        let (kid, secret) = (SecretString::random_bytes(16).expose().to_owned(), SecretString::random());
        let (kek, sealed) = source.keks.seal(&kid, purpose, &secret)?;
        let stored = StoredKey {
            kid: kid.clone(),
            purpose: purpose.to_owned(),
            generation: next.generation,
            sign_from: next.sign_from,
            sign_until,
            publish_until,
            kek,
            sealed,
            public_jwk: None,
        };
        if source.store.add_key(stored).await? {
            source.tell(EventKind::KeyCreated, &kid);
        }
        Ok(())
    }

    async fn read_secret(&self, purpose: &str) -> Result<Option<SecretString>, KeysError> {
        let stored = self.0.source.store.keys().await?;
        let key = stored.iter().find(|key| key.purpose == purpose && key.generation == 1);
        key.map(|key| self.0.source.keks.open(key)).transpose()
    }
}

fn missing(purpose: &str) -> KeysError {
    KeysError::new(format!("the store returns no key for `{purpose}` that can be opened"))
}
