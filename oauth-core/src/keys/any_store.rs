//! A [`KeyStore`] without its type, so that whoever holds keys need not name it.

use crate::join::Boxed;
use crate::store::{KeyStore, Result, StoredKey};
use crate::time::UnixTime;

pub(super) trait AnyKeyStore: Send + Sync {
    fn keys(&self) -> Boxed<'_, Result<Vec<StoredKey>>>;
    fn add_key(&self, key: StoredKey) -> Boxed<'_, Result<bool>>;
    fn revoke_key<'a>(&'a self, kid: &'a str, at: UnixTime) -> Boxed<'a, Result<bool>>;
    fn rewrap_key<'a>(
        &'a self,
        kid: &'a str,
        from: &'a str,
        kek: &'a str,
        sealed: &'a str,
    ) -> Boxed<'a, Result<bool>>;
    fn remove_key<'a>(&'a self, kid: &'a str) -> Boxed<'a, Result<bool>>;
}

impl<S: KeyStore> AnyKeyStore for S {
    fn keys(&self) -> Boxed<'_, Result<Vec<StoredKey>>> {
        Box::pin(KeyStore::keys(self))
    }

    fn add_key(&self, key: StoredKey) -> Boxed<'_, Result<bool>> {
        Box::pin(KeyStore::add_key(self, key))
    }

    fn revoke_key<'a>(&'a self, kid: &'a str, at: UnixTime) -> Boxed<'a, Result<bool>> {
        Box::pin(KeyStore::revoke_key(self, kid, at))
    }

    fn rewrap_key<'a>(
        &'a self,
        kid: &'a str,
        from: &'a str,
        kek: &'a str,
        sealed: &'a str,
    ) -> Boxed<'a, Result<bool>> {
        Box::pin(KeyStore::rewrap_key(self, kid, from, kek, sealed))
    }

    fn remove_key<'a>(&'a self, kid: &'a str) -> Boxed<'a, Result<bool>> {
        Box::pin(KeyStore::remove_key(self, kid))
    }
}
