//! Role `tokens`.

use std::time::Duration;

use super::MemoryStore;
use super::access_tokens::Prepared;
use crate::secret::TokenHash;
use crate::store::{
    AccessToken, Marks, RefreshToken, Result, Revocation, RevocationStore, Rotation, Saving, Successor,
    TokenStore,
};
use crate::time::UnixTime;

impl TokenStore for MemoryStore {
    async fn save_tokens(
        &self,
        access: Option<AccessToken>,
        refresh: Option<RefreshToken>,
        _: UnixTime,
    ) -> Result<Saving> {
        const DOING: &str = "save tokens";
        let access = access.map(|token| self.0.access_tokens.prepare(token));
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
        let kept = self.0.access_tokens.get(token, now);
        let live = kept.filter(|(token, marks)| !self.is_ended(marks, &token.authorization));
        Ok(live.map(|(token, _)| token))
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
        let access = access.map(|token| self.0.access_tokens.prepare(token));
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
    fn is_any_revoked(&self, access: Option<&Prepared>, refresh: Option<&RefreshToken>) -> bool {
        let is_access_revoked = access.is_some_and(|token| {
            let (marks, granted_at) = token.ends();
            self.is_marked(&marks, granted_at)
        });
        let is_ended = |token: &RefreshToken| {
            self.is_ended(&Marks::of(&token.hash, &token.authorization), &token.authorization)
        };
        is_access_revoked || refresh.is_some_and(is_ended)
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
