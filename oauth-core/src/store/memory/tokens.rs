//! Role `tokens`.

use std::time::Duration;

use parking_lot::RwLock;

use super::MemoryStore;
use super::expiring::{AlreadyKept, Expiring};
use crate::secret::TokenHash;
use crate::store::{
    AccessToken, FamilyId, RefreshToken, Result, Rotation, StoreError, Successor, TokenStore,
};
use crate::time::UnixTime;

const SHARDS: usize = 16;

/// Access tokens, boxed so that a growing map moves little, and spread over locks of their own: every request of every client passes here. The hashes are uniformly
/// distributed, so one of their bytes spreads them evenly.
#[derive(Debug, Default)]
pub(super) struct AccessTokens([RwLock<Expiring<TokenHash, Box<AccessToken>>>; SHARDS]);

impl AccessTokens {
    fn shard(&self, token: &TokenHash) -> &RwLock<Expiring<TokenHash, Box<AccessToken>>> {
        let [first, others @ ..] = &self.0;
        let byte = token.as_bytes().first().copied().unwrap_or_default();
        match usize::from(byte) % SHARDS {
            0 => first,
            index => others.get(index - 1).unwrap_or(first),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|shard| shard.read().len()).sum()
    }
}

impl TokenStore for MemoryStore {
    async fn save_access_token(&self, token: AccessToken) -> Result<()> {
        let (hash, expires_at) = (token.hash, token.expires_at);
        let mut shard = self.0.access_tokens.shard(&hash).write();
        shard
            .try_insert(hash, Box::new(token), expires_at)
            .map_err(|AlreadyKept| StoreError::already_kept("save an access token"))
    }

    async fn access_token(&self, token: &TokenHash, now: UnixTime) -> Result<Option<AccessToken>> {
        let shard = self.0.access_tokens.shard(token).read();
        let token = shard.get(token, now).map(Box::as_ref);
        let live = |token: &&AccessToken| !self.is_revoked([token.family, token.session]);
        Ok(token.filter(live).cloned())
    }

    async fn revoke_access_token(&self, token: &TokenHash) -> Result<()> {
        self.0.access_tokens.shard(token).write().remove(token);
        Ok(())
    }

    async fn save_refresh_token(&self, token: RefreshToken) -> Result<()> {
        self.0.refresh_tokens.lock().save(token, None)
    }

    async fn refresh_token(&self, token: &TokenHash, now: UnixTime) -> Result<Option<RefreshToken>> {
        let tokens = self.0.refresh_tokens.lock();
        Ok(tokens
            .get(token, now)
            .filter(|token| !self.is_revoked([Some(token.family), token.session]))
            .cloned())
    }

    async fn rotate_refresh_token(
        &self,
        presented: &TokenHash,
        successor: Successor,
        now: UnixTime,
        grace: Duration,
    ) -> Result<Rotation> {
        let mut tokens = self.0.refresh_tokens.lock();
        if tokens.get(presented, now).is_none_or(|token| self.is_revoked([Some(token.family), token.session]))
        {
            return Ok(Rotation::Unknown);
        }
        tokens.rotate(presented, successor, now, grace)
    }

    async fn revoke_family(&self, family: FamilyId, until: UnixTime) -> Result<()> {
        let mut revoked = self.0.revoked_families.write();
        let until = revoked.expiry(&family).map_or(until, |earlier| earlier.max(until));
        revoked.insert(family, (), until);
        Ok(())
    }
}
