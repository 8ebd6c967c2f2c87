//! Keys that instances share. They are few: all are fields of one hash, by purpose and generation.

use std::collections::HashMap;

use super::ValkeyStore;
use super::keys::Kind;
use super::run::{Argument, Weight};
use super::scripts::SWAP;
use crate::store::{KeyStore, Result, StoreError, StoredKey, decode, encode};
use crate::time::UnixTime;

const READ: &str = "read the keys";
/// Each try that fails has seen another instance change the same key.
const TRIES: usize = 8;

impl KeyStore for ValkeyStore {
    async fn keys(&self) -> Result<Vec<StoredKey>> {
        self.fields().await?.values().map(|json| decode(READ, json)).collect()
    }

    async fn add_key(&self, key: StoredKey) -> Result<bool> {
        const DOING: &str = "add a key";
        // Nobody makes the same `kid` at the same time: it is random.
        if self.keys().await?.iter().any(|known| known.kid == key.kid) {
            return Ok(false);
        }
        let field = format!("{}|{}", key.purpose, key.generation);
        self.swap(DOING, &field, "", &encode(DOING, &key)?).await
    }

    async fn revoke_key(&self, kid: &str, at: UnixTime) -> Result<bool> {
        self.change("revoke a key", kid, |key| {
            (key.publish_until > at).then(|| {
                (key.sign_until, key.publish_until) = (at, at);
            })
        })
        .await
    }

    async fn rewrap_key(&self, kid: &str, from: &str, kek: &str, sealed: &str) -> Result<bool> {
        self.change("rewrap a key", kid, |key| {
            (key.sealed == from).then(|| {
                (key.kek, key.sealed) = (kek.to_owned(), sealed.to_owned());
            })
        })
        .await
    }

    async fn remove_key(&self, kid: &str) -> Result<bool> {
        for (field, json) in self.fields().await? {
            if decode::<StoredKey>(READ, &json)?.kid == kid {
                return self.swap("remove a key", &field, &json, "").await;
            }
        }
        Ok(false)
    }
}

impl ValkeyStore {
    async fn fields(&self) -> Result<HashMap<String, String>> {
        let mut command = redis::cmd("HGETALL");
        command.arg(self.key(Kind::StoredKeys, ""));
        self.send(READ, Weight::Light, &command).await
    }

    async fn swap(&self, doing: &'static str, field: &str, from: &str, to: &str) -> Result<bool> {
        let arguments: [&dyn Argument; 3] = [&field, &from, &to];
        self.run(doing, Weight::Security, &SWAP, &self.key(Kind::StoredKeys, ""), &arguments).await
    }

    /// Changes a key, if it is as it has to be; what another instance changes meanwhile is looked at again.
    async fn change(
        &self,
        doing: &'static str,
        kid: &str,
        change: impl Fn(&mut StoredKey) -> Option<()> + Send,
    ) -> Result<bool> {
        for _ in 0..TRIES {
            let mut found = None;
            for (field, json) in self.fields().await? {
                let key: StoredKey = decode(READ, &json)?;
                if key.kid == kid {
                    found = Some((field, json, key));
                }
            }
            let Some((field, json, mut key)) = found else { return Ok(false) };
            if change(&mut key).is_none() {
                return Ok(false);
            }
            if self.swap(doing, &field, &json, &encode(doing, &key)?).await? {
                return Ok(true);
            }
        }
        Err(StoreError::overloaded(doing, "others changed the key all the time"))
    }
}
