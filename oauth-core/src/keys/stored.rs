//! [`StoredKeys`]: rings that a store feeds.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use tokio::sync::Mutex;

use super::life::Lives;
use super::source::{Opened, Source, purpose};
use super::{Keks, KeyPolicy, KeysError};
use crate::binding::NonceKey;
use crate::event::{EventKind, Observer};
use crate::jose::{Algorithm, KeyRing, SigningKeys as _};
use crate::openid::IdTokenKeys;
use crate::store::{KeyStore, StoredKey};

/// Keys that all instances over a store share. Clones are the same keys; the [module](crate::keys) tells their life.
///
/// Whoever is given them by [`Environment::keys`](crate::server::Environment::keys) keeps up with the store; another program runs
/// [`maintain`](Self::maintain).
pub struct StoredKeys(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) source: Source,
    pub(super) rings: Vec<(Algorithm, KeyRing)>,
    /// Held while keys are read or changed.
    pub(super) opened: Mutex<Opened>,
    /// The key of DPoP nonces, once it was asked for.
    pub(super) nonces: OnceLock<NonceKey>,
    /// The keys that signed when they were last read, for the events.
    told: parking_lot::Mutex<HashMap<Algorithm, String>>,
    /// The moment when somebody who keeps up last read.
    pub(super) read_at: parking_lot::Mutex<Instant>,
}

impl StoredKeys {
    /// Opens the keys of a store, and makes the first of each algorithm if there is none: of any number of instances that start at
    /// once, one makes it and all use it.
    ///
    /// # Errors
    ///
    /// If the store fails, the policy cannot work, or a KEK is missing or wrong; the line says which.
    pub async fn open<S>(store: S, keks: Keks, policy: KeyPolicy) -> Result<Self, KeysError>
    where
        S: KeyStore + 'static,
    {
        policy.check()?;
        let source = Source::new(store, keks, policy);
        let mut opened = Opened::new();
        let mut stored = source.store.keys().await?;
        let mut is_changed = false;
        for algorithm in &source.policy.algorithms {
            let next = Lives::of(&stored, &purpose(*algorithm)).due(&source.policy, source.now());
            if let Some(next) = next {
                source.make(*algorithm, &next).await?;
                is_changed = true;
            }
        }
        if is_changed {
            stored = source.store.keys().await?;
        }
        let rings = source.policy.algorithms.iter().map(|algorithm| {
            source.ring(&stored, *algorithm, &mut opened, true).map(|ring| (*algorithm, ring))
        });
        let rings = rings.collect::<Result<_, _>>()?;
        let told = parking_lot::Mutex::default();
        let read_at = parking_lot::Mutex::new(source.policy.clock.instant());
        let (opened, nonces) = (Mutex::new(opened), OnceLock::new());
        let opened = Self(Arc::new(Inner { source, rings, opened, nonces, told, read_at }));
        opened.tell_turns();
        Ok(opened)
    }

    /// The keys of an algorithm, for a field `#[signing_key]` or `#[id_token]`. A ring made of it by
    /// [`and_publish`](KeyRing::and_publish) or [`rotate`](KeyRing::rotate) follows the store no longer.
    ///
    /// # Errors
    ///
    /// If the policy does not name the algorithm.
    pub fn ring(&self, algorithm: Algorithm) -> Result<KeyRing, KeysError> {
        let ring = self.0.rings.iter().find(|(of, _)| *of == algorithm).map(|(_, ring)| ring.clone());
        ring.ok_or_else(|| unnamed(algorithm))
    }

    /// The keys of all algorithms, in the order of the policy, for a field `#[id_token]` whose clients choose.
    ///
    /// # Errors
    ///
    /// As [`IdTokenKeys::and`].
    pub fn id_token_keys(&self) -> Result<IdTokenKeys, KeysError> {
        let mut rings = self.0.rings.iter().map(|(_, ring)| ring.clone());
        let first = rings.next().ok_or_else(|| KeysError::new("there are no keys"))?;
        Ok(rings.try_fold(IdTokenKeys::new(first), IdTokenKeys::and)?)
    }

    /// Reads the keys again, and makes those that are due. A server that keeps up with them does so once a minute.
    ///
    /// # Errors
    ///
    /// If the store fails; the server goes on with the keys that it has.
    pub async fn reload(&self) -> Result<(), KeysError> {
        self.0.source.hearers.settle();
        let mut opened = self.0.opened.lock().await;
        self.reload_with(&mut opened).await
    }

    /// From here on this observer hears of them, unless the policy names another.
    pub(crate) fn tell(&self, observer: Arc<dyn Observer>) {
        self.0.source.hearers.add(observer);
    }

    pub(super) async fn reload_with(&self, opened: &mut Opened) -> Result<(), KeysError> {
        let source = &self.0.source;
        let mut stored = source.store.keys().await?;
        // Whatever cannot be made must not keep us from what others have made.
        let made = self.make_due(&stored).await;
        if let Ok(true) = made {
            stored = source.store.keys().await?;
        }
        // None of these waits for another that fails.
        let mut replaced = Ok(());
        for (algorithm, ring) in &self.0.rings {
            match source.ring(&stored, *algorithm, opened, false) {
                Ok(next) => ring.replace(&next),
                Err(error) => replaced = Err(error),
            }
        }
        self.tell_turns();
        #[cfg(feature = "metrics")]
        self.measure(&stored);
        let nonces = self.reload_nonces().await;
        let purged = source.purge(&stored, opened).await;
        made?;
        replaced?;
        nonces?;
        purged
    }

    /// Tells which keys have come to sign, and which have ceased.
    fn tell_turns(&self) {
        let mut told = self.0.told.lock();
        for (algorithm, ring) in &self.0.rings {
            let active = ring.active();
            let Some(kid) = active.kid() else { continue };
            let before = told.insert(*algorithm, kid.to_owned());
            let is_new = before.is_some() || !self.0.source.policy.is_of_operator;
            if is_new && before.as_deref() != Some(kid) {
                self.0.source.tell(EventKind::KeyActivated, kid);
                if let Some(before) = before {
                    self.0.source.tell(EventKind::KeyRetired, &before);
                }
            }
        }
    }

    /// Makes what is due; true if something was. A store that has lost the keys is not given others: they would be strangers to every
    /// verifier.
    async fn make_due(&self, stored: &[StoredKey]) -> Result<bool, KeysError> {
        let source = &self.0.source;
        let mut is_changed = false;
        for (algorithm, _) in &self.0.rings {
            let lives = Lives::of(stored, &purpose(*algorithm));
            if lives.keys.is_empty() {
                continue;
            }
            if let Some(next) = lives.due(&source.policy, source.now()) {
                source.make(*algorithm, &next).await?;
                is_changed = true;
            }
        }
        Ok(is_changed)
    }
}

pub(super) fn unnamed(algorithm: Algorithm) -> KeysError {
    KeysError::new(format!("the policy of the keys does not name {algorithm}: add it to `KeyPolicy::new`"))
}

impl Clone for StoredKeys {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl fmt::Debug for StoredKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("StoredKeys").field(&self.0.rings).finish()
    }
}
