//! Reading keys from a store, and making those that are due.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::Notify;

use super::any_store::AnyKeyStore;
use super::hearers::Hearers;
use super::life::{Lives, Next};
use super::{Keks, KeyPolicy, KeyState, KeysError};
use crate::event::EventKind;
use crate::jose::{Algorithm, KeyRing, KeySet, SigningKey, Turns};
use crate::store::{KeyStore, StoredKey};
use crate::time::UnixTime;

/// The parts that keys come from.
pub(super) struct Source {
    pub(super) store: Box<dyn AnyKeyStore>,
    pub(super) keks: Keks,
    pub(super) policy: KeyPolicy,
    pub(super) hearers: Hearers,
    /// Told of tokens that name a key which is not known.
    pub(super) missed: Arc<Notify>,
}

/// The keys that were opened, by `kid`, which is the thumbprint: another key has another.
pub(super) type Opened = HashMap<String, SigningKey>;

pub(super) fn purpose(algorithm: Algorithm) -> String {
    format!("sign:{algorithm}")
}

impl Source {
    pub(super) fn new(store: impl KeyStore + 'static, keks: Keks, policy: KeyPolicy) -> Self {
        let hearers = Hearers::new(policy.observer.clone());
        Self { store: Box::new(store), keks, policy, hearers, missed: Arc::default() }
    }

    pub(super) fn now(&self) -> UnixTime {
        self.policy.clock.now()
    }

    pub(super) fn tell(&self, event: EventKind, kid: &str) {
        self.hearers.tell(event, self.now(), kid);
    }

    /// Makes a key and adds it, unless another instance is faster: `false`.
    pub(super) async fn make(&self, algorithm: Algorithm, next: &Next) -> Result<bool, KeysError> {
        self.add(&generate(algorithm).await?, next).await
    }

    /// Seals a key and adds it; `false`: there is one in its place, or it is there already.
    pub(super) async fn add(&self, key: &SigningKey, next: &Next) -> Result<bool, KeysError> {
        let algorithm = key.algorithm();
        let (Some(kid), public_jwk) = (key.kid().map(str::to_owned), key.public_jwk()) else {
            return Err(KeysError::new(format!("a key for {algorithm} has no public half")));
        };
        let purpose = purpose(algorithm);
        let (kek, sealed) = self.keks.seal(&kid, &purpose, &key.to_pkcs8_pem()?)?;
        let sign_until = next.sign_from + self.policy.rotation;
        let stored = StoredKey {
            kid: kid.clone(),
            purpose,
            generation: next.generation,
            sign_from: next.sign_from,
            sign_until,
            publish_until: sign_until + self.policy.retention,
            kek,
            sealed,
            public_jwk,
        };
        let is_added = self.store.add_key(stored).await?;
        if is_added {
            self.tell(EventKind::KeyCreated, &kid);
        }
        Ok(is_added)
    }

    /// Opens a key. A `kid` that is no thumbprint of what was sealed has been tampered with.
    fn open(
        &self,
        stored: &StoredKey,
        algorithm: Algorithm,
        opened: &mut Opened,
    ) -> Result<SigningKey, KeysError> {
        if let Some(key) = opened.get(&stored.kid) {
            return Ok(key.clone());
        }
        let key = SigningKey::from_pem(self.keks.open(stored)?.expose())?.with_algorithm(algorithm)?;
        if key.kid() != Some(&stored.kid) {
            return Err(KeysError::new(format!("the key `{}` is another than its `kid` says", stored.kid)));
        }
        opened.insert(stored.kid.clone(), key.clone());
        Ok(key)
    }

    /// The ring of an algorithm, with the keys that can be opened; at a start all must be.
    pub(super) fn ring(
        &self,
        stored: &[StoredKey],
        algorithm: Algorithm,
        opened: &mut Opened,
        is_start: bool,
    ) -> Result<KeyRing, KeysError> {
        let (purpose, now) = (purpose(algorithm), self.now());
        let lives = Lives::of(stored, &purpose);
        let mut keys = Vec::new();
        for life in lives.keys.iter().filter(|life| lives.state(life, now) != KeyState::Gone) {
            match self.open(life.key, algorithm, opened) {
                Ok(key) => keys.push((life.from, key)),
                Err(error) if is_start => return Err(error),
                Err(error) => left_out(&error),
            }
        }
        let verifying: Vec<_> = keys.iter().map(|(_, key)| key.verifying_key().clone()).collect();
        let turns = Turns::new(self.policy.clock.clone(), keys, Arc::clone(&self.missed));
        let turns = turns.ok_or_else(|| KeysError::new(format!("the store has no key for {algorithm}")))?;
        let active = turns.active().kid().map(str::to_owned);
        let (mut first, others): (Vec<_>, Vec<_>) =
            verifying.into_iter().partition(|key| key.kid() == active.as_deref());
        first.extend(others);
        Ok(KeyRing::of_turns(turns, KeySet::from_iter(first)))
    }

    /// Removes what has been gone for as long as a slow clock may think that it is not.
    pub(super) async fn purge(&self, stored: &[StoredKey], opened: &mut Opened) -> Result<(), KeysError> {
        let now = self.now();
        for algorithm in &self.policy.algorithms {
            let lives = Lives::of(stored, &purpose(*algorithm));
            let is_over = |gone: UnixTime| gone + self.policy.propagation <= now;
            for life in lives.keys.iter().filter(|life| life.gone.is_some_and(is_over)) {
                self.store.remove_key(&life.key.kid).await?;
            }
        }
        let kept: HashSet<_> = stored.iter().map(|key| key.kid.as_str()).collect();
        opened.retain(|kid, _| kept.contains(kid.as_str()));
        Ok(())
    }
}

/// Of a key that cannot be opened: a server goes on with the others.
pub(super) fn left_out(error: &KeysError) {
    tracing::error!(target: "oauth_core", ?error, "a key is left out");
}

/// An RSA key takes a while, which no request shall wait for.
async fn generate(algorithm: Algorithm) -> Result<SigningKey, KeysError> {
    let work = move || SigningKey::generate(algorithm);
    match Handle::try_current() {
        Ok(runtime) => {
            runtime.spawn_blocking(work).await.map_err(|cause| KeysError::new(cause.to_string()))?
        }
        Err(_) => work(),
    }
    .map_err(KeysError::from)
}
