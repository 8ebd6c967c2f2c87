//! Keys that instances share: here, the clones of a store.

use super::MemoryStore;
use crate::store::{KeyStore, Result, StoredKey};
use crate::time::UnixTime;

impl KeyStore for MemoryStore {
    async fn keys(&self) -> Result<Vec<StoredKey>> {
        Ok(self.0.keys.lock().values().cloned().collect())
    }

    async fn add_key(&self, key: StoredKey) -> Result<bool> {
        let mut keys = self.0.keys.lock();
        let is_taken = |known: &StoredKey| {
            known.kid == key.kid || (&known.purpose, known.generation) == (&key.purpose, key.generation)
        };
        if keys.values().any(is_taken) {
            return Ok(false);
        }
        keys.insert(key.kid.clone(), key);
        Ok(true)
    }

    async fn revoke_key(&self, kid: &str, at: UnixTime) -> Result<bool> {
        let mut keys = self.0.keys.lock();
        let Some(key) = keys.get_mut(kid).filter(|key| key.publish_until > at) else { return Ok(false) };
        (key.sign_until, key.publish_until) = (at, at);
        Ok(true)
    }

    async fn rewrap_key(&self, kid: &str, from: &str, kek: &str, sealed: &str) -> Result<bool> {
        let mut keys = self.0.keys.lock();
        let Some(key) = keys.get_mut(kid).filter(|key| key.sealed == from) else { return Ok(false) };
        (key.kek, key.sealed) = (kek.to_owned(), sealed.to_owned());
        Ok(true)
    }

    async fn remove_key(&self, kid: &str) -> Result<bool> {
        Ok(self.0.keys.lock().remove(kid).is_some())
    }
}
