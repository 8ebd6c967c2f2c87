//! Role `tokens`.

use std::time::Duration;

use parking_lot::{RwLock, RwLockWriteGuard};

use super::MemoryStore;
use super::expiring::Expiring;
use crate::secret::TokenHash;
use crate::store::{
    AccessToken, Marks, RefreshToken, Result, Revocation, RevocationStore, Rotation, Saving, StoreError,
    Successor, TokenStore,
};
use crate::time::UnixTime;

const SHARDS: usize = 16;

/// An access token, with the keys under which its end is looked up.
#[derive(Debug)]
pub(super) struct Kept {
    token: AccessToken,
    marks: Marks,
}

type Shard = Expiring<TokenHash, Box<Kept>>;

/// Access tokens, boxed so that a growing map moves little, and spread over locks of their own: every request of every client passes here. The hashes are uniformly
/// distributed, so one of their bytes spreads them evenly.
#[derive(Debug, Default)]
pub(super) struct AccessTokens([RwLock<Shard>; SHARDS]);

impl AccessTokens {
    fn shard(&self, token: &TokenHash) -> &RwLock<Shard> {
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

    /// Removes tokens that have expired, this many at most, and returns their number.
    pub(super) fn sweep_all(&self, before: UnixTime, limit: usize) -> usize {
        self.0.iter().fold(0, |removed, shard| removed + shard.write().sweep_all(before, limit - removed))
    }

    /// A place for a token that is not kept yet.
    fn vacancy(&self, token: AccessToken, doing: &'static str) -> Result<Vacancy<'_>> {
        let shard = self.shard(&token.hash).write();
        match shard.expiry(&token.hash) {
            Some(_) => Err(StoreError::already_kept(doing)),
            None => Ok(Vacancy { shard, token }),
        }
    }
}

/// Holds the lock until the token is put there, or not.
struct Vacancy<'a> {
    shard: RwLockWriteGuard<'a, Shard>,
    token: AccessToken,
}

impl Vacancy<'_> {
    fn fill(mut self) {
        let (hash, expires_at) = (self.token.hash, self.token.expires_at);
        let marks = Marks::of(&hash, &self.token.authorization);
        self.shard.insert(hash, Box::new(Kept { token: self.token, marks }), expires_at);
    }
}

impl TokenStore for MemoryStore {
    async fn save_tokens(
        &self,
        access: Option<AccessToken>,
        refresh: Option<RefreshToken>,
        _: UnixTime,
    ) -> Result<Saving> {
        const DOING: &str = "save tokens";
        if self.is_any_revoked(access.as_ref(), refresh.as_ref()) {
            return Ok(Saving::Revoked);
        }
        let access = access.map(|token| self.0.access_tokens.vacancy(token, DOING)).transpose()?;
        if let Some(token) = refresh {
            self.0.refresh_tokens.lock().save(token, None, DOING)?;
        }
        if let Some(vacancy) = access {
            vacancy.fill();
        }
        Ok(Saving::Saved)
    }

    async fn access_token(&self, token: &TokenHash, now: UnixTime) -> Result<Option<AccessToken>> {
        let shard = self.0.access_tokens.shard(token).read();
        let kept = shard.get(token, now);
        let live = kept.filter(|kept| !self.is_ended(&kept.marks, &kept.token.authorization));
        Ok(live.map(|kept| kept.token.clone()))
    }

    async fn refresh_token(&self, token: &TokenHash, now: UnixTime) -> Result<Option<RefreshToken>> {
        let tokens = self.0.refresh_tokens.lock();
        let live = tokens.get(token, now);
        let live = live.filter(|(token, marks)| !self.is_ended(marks, &token.authorization));
        Ok(live.map(|(token, _)| token.clone()))
    }

    async fn rotate_refresh_token(
        &self,
        presented: &TokenHash,
        successor: Successor,
        access: Option<AccessToken>,
        now: UnixTime,
        grace: Duration,
    ) -> Result<Rotation> {
        const DOING: &str = "rotate a refresh token";
        let is_revoked = self.is_any_revoked(access.as_ref(), Some(&successor.token));
        // Taken first, for the order of the locks; whether it is needed is known then.
        let access = access.map(|token| self.0.access_tokens.vacancy(token, DOING));
        let mut tokens = self.0.refresh_tokens.lock();
        match tokens.get(presented, now) {
            Some((token, marks)) if !self.is_ended(marks, &token.authorization) => {}
            _ => return Ok(Rotation::Unknown),
        }
        if let Some(earlier) = tokens.rotated_before(presented, now) {
            return Ok(earlier);
        }
        if is_revoked {
            return Ok(Rotation::Unknown);
        }
        let access = access.transpose()?;
        tokens.rotate(presented, successor, now, grace, DOING)?;
        if let Some(vacancy) = access {
            vacancy.fill();
        }
        Ok(Rotation::Rotated)
    }

    async fn revoke(&self, revocation: &Revocation, until: UnixTime) -> Result<()> {
        self.mark(revocation, until);
        Ok(())
    }
}

impl RevocationStore for MemoryStore {
    async fn is_revoked(&self, marks: &Marks, granted_at: UnixTime) -> Result<bool> {
        Ok(self.is_marked(marks, granted_at))
    }
}

impl MemoryStore {
    fn is_any_revoked(&self, access: Option<&AccessToken>, refresh: Option<&RefreshToken>) -> bool {
        let access = access.map(|token| (&token.hash, &token.authorization));
        let refresh = refresh.map(|token| (&token.hash, &token.authorization));
        let mut all = access.into_iter().chain(refresh);
        all.any(|(hash, authorization)| self.is_ended(&Marks::of(hash, authorization), authorization))
    }

    pub(super) fn mark(&self, revocation: &Revocation, until: UnixTime) {
        let (key, mut before, mut until) = (revocation.key(), revocation.before(), until);
        let mut revoked = self.0.revocations.write();
        if let (Some(earlier), Some(end)) = (revoked.kept(&key), revoked.expiry(&key)) {
            (before, until) = (before.max(*earlier), until.max(end));
        }
        revoked.insert(key, before, until);
    }
}
