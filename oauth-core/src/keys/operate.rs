//! The acts of operators on keys.

use std::time::Duration;

use super::life::{Life, Lives, Next, TAKEOVER};
use super::source::{Source, purpose};
use super::stored::unnamed;
use super::{Keks, KeyPolicy, KeyState, KeyStatus, KeysError, StoredKeys};
use crate::event::EventKind;
use crate::jose::{Algorithm, SigningKey};
use crate::store::{KeyStore, StoredKey};
use crate::time::UnixTime;

/// Each try that fails has seen another instance do the same work.
const TRIES: usize = 4;

impl StoredKeys {
    /// Adds a private key that was made elsewhere, such as that of a key file, and returns the time from which it signs. The first of its
    /// algorithm signs at once; where there are others it is published first, for as long as the policy says, and signs after all of them.
    ///
    /// Its identifier is its thumbprint (RFC 7638), as that of a key file is. Running servers read of it within 66 seconds.
    ///
    /// ```
    /// use oauth_core::keys::{Keks, KeyPolicy, StoredKeys};
    /// use oauth_core::prelude::*;
    ///
    /// # async fn example(store: MemoryStore, keks: Keks) -> Result<(), Box<dyn std::error::Error>> {
    /// let key = SigningKey::from_pem_file("oauth.es256.key.pem")?;
    /// let from = StoredKeys::import(store, keks, KeyPolicy::new([Algorithm::ES256]), key).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If the KEKs do not open the keys that are there, the key is one of them or cannot be written out, the policy does not name its
    /// algorithm, or the store fails.
    pub async fn import<S>(
        store: S,
        keks: Keks,
        policy: KeyPolicy,
        key: SigningKey,
    ) -> Result<UnixTime, KeysError>
    where
        S: KeyStore + 'static,
    {
        policy.check()?;
        let source = Source::new(store, keks, policy);
        source.hearers.settle();
        let algorithm = key.algorithm();
        if !source.policy.algorithms.contains(&algorithm) {
            return Err(unnamed(algorithm));
        }
        // Whatever name it had: what is sealed is known by its thumbprint.
        let key = SigningKey::from_pem(key.to_pkcs8_pem()?.expose())?.with_algorithm(algorithm)?;
        for _ in 0..TRIES {
            let (stored, now) = (source.store.keys().await?, source.now());
            // Servers could not open what other KEKs than theirs have sealed, nor start with it.
            stored.iter().try_for_each(|known| source.keks.check(known))?;
            if let Some(known) = stored.iter().find(|known| Some(known.kid.as_str()) == key.kid()) {
                return Err(KeysError::exists(format!(
                    "the key `{}` is in the store already, for `{}`",
                    known.kid, known.purpose
                )));
            }
            let lives = Lives::of(&stored, &purpose(algorithm));
            let last = lives.keys.last().map(|life| life.from);
            let sign_from = last.map_or(now, |last| last.max(now + source.policy.propagation));
            if source.add(&key, &Next { generation: lives.next_generation(), sign_from }).await? {
                return Ok(sign_from);
            }
        }
        Err(KeysError::new("other instances made keys all the time: try again"))
    }

    /// The keys of the store, by purpose and generation.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn list(&self) -> Result<Vec<KeyStatus>, KeysError> {
        Ok(statuses(self.0.source.store.keys().await?, self.0.source.now()))
    }

    /// Makes the next key of an algorithm before its time: it signs once verifiers have it. The time when it does; where one is
    /// pending, that one's.
    ///
    /// # Errors
    ///
    /// If the policy does not name the algorithm, or the store fails.
    pub async fn rotate(&self, algorithm: Algorithm) -> Result<UnixTime, KeysError> {
        self.ring(algorithm)?;
        let (source, purpose) = (&self.0.source, purpose(algorithm));
        source.hearers.settle();
        let mut opened = self.0.opened.lock().await;
        for _ in 0..TRIES {
            let (stored, now) = (source.store.keys().await?, source.now());
            let lives = Lives::of(&stored, &purpose);
            let newest = lives.keys.last().map(|life| (life.from, lives.state(life, now)));
            if let Some((from, KeyState::Pending)) = newest {
                self.reload_with(&mut opened).await?;
                return Ok(from);
            }
            let sign_from = now + source.policy.propagation;
            let next = Next { generation: lives.next_generation(), sign_from };
            source.make(algorithm, &next).await?;
        }
        Err(KeysError::new("other instances made keys all the time: try again"))
    }

    /// Revokes a key that may have been stolen: it is published no longer. Its successor signs at once, if there is one; or else one
    /// is made, and signs in 75 seconds, when every instance has read of it, and the key ends then.
    ///
    /// Verifiers refuse what it signed as soon as they read the JWK Set again: within ten minutes, as HTTP caches and they keep it
    /// for five each.
    ///
    /// # Errors
    ///
    /// If no key that signs is called so, or the store fails: repeat it then.
    pub async fn revoke(&self, kid: &str) -> Result<(), KeysError> {
        let source = &self.0.source;
        source.hearers.settle();
        let mut opened = self.0.opened.lock().await;
        for _ in 0..TRIES {
            let (stored, now) = (source.store.keys().await?, source.now());
            let algorithm = self.signing(&stored, kid)?;
            let lives = Lives::of(&stored, &purpose(algorithm));
            let own = lives.keys.iter().find(|life| life.key.kid == kid);
            let needs_successor =
                own.is_some_and(|life| lives.state(life, now) == KeyState::Active && life.until.is_none());
            if !needs_successor {
                let at = own.map_or(now, |life| takeover(life, source.policy.propagation, now));
                if source.store.revoke_key(kid, at).await? {
                    source.tell(EventKind::KeyRevoked, kid);
                }
                return self.reload_with(&mut opened).await;
            }
            // First, so that there is never no key at all.
            let next = Next { generation: lives.next_generation(), sign_from: now + TAKEOVER };
            source.make(algorithm, &next).await?;
        }
        Err(KeysError::new("other instances made keys all the time: try again"))
    }

    /// Seals all keys by the first KEK that are sealed by another; the number of them. Another instance may do the same, and what was
    /// interrupted is repeated.
    ///
    /// # Errors
    ///
    /// If a key cannot be opened, or the store fails.
    pub async fn rewrap(&self) -> Result<u64, KeysError> {
        let source = &self.0.source;
        source.hearers.settle();
        let mut count = 0;
        for key in source.store.keys().await? {
            if key.kek == source.keks.sealing() {
                continue;
            }
            let secret = source.keks.open(&key)?;
            let (kek, sealed) = source.keks.seal(&key.kid, &key.purpose, &secret)?;
            if source.store.rewrap_key(&key.kid, &key.sealed, &kek, &sealed).await? {
                source.tell(EventKind::KeysRewrapped, &key.kid);
                count += 1;
            }
        }
        Ok(count)
    }

    /// The algorithm of a key that signs.
    fn signing(&self, stored: &[StoredKey], kid: &str) -> Result<Algorithm, KeysError> {
        let algorithms = &self.0.source.policy.algorithms;
        let of = |key: &StoredKey| algorithms.iter().copied().find(|of| purpose(*of) == key.purpose);
        if let Some(algorithm) = stored.iter().find(|key| key.kid == kid).and_then(of) {
            return Ok(algorithm);
        }
        let kids: Vec<_> =
            stored.iter().filter(|key| of(key).is_some()).map(|key| key.kid.as_str()).collect();
        Err(KeysError::unknown(format!(
            "no key that signs is called `{}`: there are {}",
            kid.escape_debug(),
            kids.join(", ")
        )))
    }
}

/// The end of a revoked key: now, unless its successor was made so lately that some instance has not read of it.
fn takeover(life: &Life<'_>, propagation: Duration, now: UnixTime) -> UnixTime {
    let Some(until) = life.until.filter(|until| *until > now) else { return now };
    if until.since(now) <= TAKEOVER {
        return until;
    }
    let made_at = UnixTime::from_secs(until.as_secs().saturating_sub(propagation.as_secs()));
    // The policy may have been another one then: what is stolen waits no longer in any case.
    now.max((made_at + 2 * TAKEOVER).min(now + 2 * TAKEOVER))
}

/// The keys at this moment, by purpose and generation.
pub(crate) fn statuses(mut stored: Vec<StoredKey>, now: UnixTime) -> Vec<KeyStatus> {
    stored.sort_by(|a, b| (&a.purpose, a.generation).cmp(&(&b.purpose, b.generation)));
    stored.iter().map(|key| status(key, &Lives::of(&stored, &key.purpose), now)).collect()
}

fn status(key: &StoredKey, lives: &Lives<'_>, now: UnixTime) -> KeyStatus {
    let life = lives.keys.iter().find(|life| life.key.kid == key.kid);
    KeyStatus {
        kid: key.kid.clone(),
        purpose: key.purpose.clone(),
        generation: key.generation,
        state: life.map_or(KeyState::Gone, |life| lives.state(life, now)),
        sign_from: life.map_or(key.sign_from, |life| life.from),
        sign_until: life.and_then(|life| life.until).unwrap_or(key.sign_until),
        publish_until: life.and_then(|life| life.gone).unwrap_or(key.publish_until),
        kek: key.kek.clone(),
    }
}
