//! Keys that instances share: see [`keys`](crate::keys).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Record, Result};
use crate::jose::Jwk;
use crate::time::UnixTime;

/// The record of a key that instances share. Its secret half is sealed by a key that the store does not have; `Debug` leaves it out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StoredKey {
    /// The identifier: `kid` of what the key signs.
    pub kid: String,
    /// The use of the key, such as `sign:ES256`.
    pub purpose: String,
    /// The place among the keys of its purpose, from 1. Each is taken once.
    pub generation: u32,
    /// The time from which it signs.
    pub sign_from: UnixTime,
    /// The time until which it signs, if there is a successor then.
    pub sign_until: UnixTime,
    /// The time until which its public half is published.
    pub publish_until: UnixTime,
    /// The name of the key that sealed it.
    pub kek: String,
    /// The sealed secret half, in base64url.
    pub sealed: String,
    /// The public half, for whoever looks at the table. Nothing is verified with it: whoever writes to the store could have put it
    /// there.
    pub public_jwk: Option<Jwk>,
}

impl Record for StoredKey {}

impl fmt::Debug for StoredKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredKey")
            .field("kid", &self.kid)
            .field("purpose", &self.purpose)
            .field("generation", &self.generation)
            .field("sign_from", &self.sign_from)
            .field("sign_until", &self.sign_until)
            .field("publish_until", &self.publish_until)
            .field("kek", &self.kek)
            .finish_non_exhaustive()
    }
}

/// Keeps the keys that instances share, sealed. [`StoredKeys`](crate::keys::StoredKeys) makes, turns and publishes them.
///
/// Each operation is **one atomic step**. A read must be as new as what was last written: no follower that lags.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep the keys that instances share",
    label = "no store of keys",
    note = "use `SqliteStore`, `PostgresStore`, `ValkeyStore`, `MemoryStore`, or a type of yours that implements `KeyStore`"
)]
pub trait KeyStore: Send + Sync {
    /// All keys, in any order.
    fn keys(&self) -> impl Future<Output = Result<Vec<StoredKey>>> + Send;

    /// Adds a key. `false`: another instance was faster, and there is one of this purpose and generation, or of this `kid`.
    fn add_key(&self, key: StoredKey) -> impl Future<Output = Result<bool>> + Send;

    /// Ends a key at a time: it signs and is published until then. `false`: there is none, or it was published no longer anyway.
    fn revoke_key(&self, kid: &str, at: UnixTime) -> impl Future<Output = Result<bool>> + Send;

    /// Replaces what a key is sealed by, if it is still `from`. `false`: it is not, or there is none.
    fn rewrap_key(
        &self,
        kid: &str,
        from: &str,
        kek: &str,
        sealed: &str,
    ) -> impl Future<Output = Result<bool>> + Send;

    /// Removes a key. `false`: there is none.
    fn remove_key(&self, kid: &str) -> impl Future<Output = Result<bool>> + Send;
}
