//! Role `tokens`.

use std::time::Duration;

use super::access_tokens::{Found, Prepared};
use super::{MemoryStore, is_among};
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
        now: UnixTime,
    ) -> Result<Saving> {
        const DOING: &str = "save tokens";
        let kept = &self.0;
        let access = access.map(|token| kept.access_tokens.prepare(token));
        let ends = ends(access.as_ref(), refresh.as_ref());
        let access = access.map(|token| kept.access_tokens.vacancy(token, DOING));
        let refresh = refresh.map(|token| (kept.refresh_tokens.lock(), token));
        // Until all is kept, nothing is revoked.
        let markers = kept.revocations.read();
        if ends.iter().flatten().any(|(marks, granted_at)| is_among(&markers, marks, *granted_at)) {
            return Ok(Saving::Revoked);
        }
        let access = access.transpose()?;
        if let Some((mut tokens, token)) = refresh {
            tokens.save(token, None, DOING)?;
        }
        drop(markers);
        if let Some(vacancy) = access {
            vacancy.fill(now);
        }
        Ok(Saving::Saved)
    }

    async fn access_token(&self, token: &TokenHash, now: UnixTime) -> Result<Option<AccessToken>> {
        let kept = self.0.access_tokens.get(token, now);
        Ok(kept.filter(|kept| !self.is_marked(&kept.marks(), kept.granted_at())).map(Found::told))
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
        let ends = ends(access.as_ref(), Some(&successor.token));
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
        let markers = self.0.revocations.read();
        if ends.iter().flatten().any(|(marks, granted_at)| is_among(&markers, marks, *granted_at)) {
            return Ok(Rotation::Unknown);
        }
        let access = access.transpose()?;
        tokens.rotate(presented, successor, now, grace, DOING)?;
        drop(markers);
        if let Some(vacancy) = access {
            vacancy.fill(now);
        }
        Ok(Rotation::Rotated)
    }

    async fn revoke(&self, revocation: &Revocation, until: UnixTime) -> Result<()> {
        self.mark(revocation, until);
        Ok(())
    }
}

/// The marks of what ends tokens, and when they were granted.
fn ends(access: Option<&Prepared>, refresh: Option<&RefreshToken>) -> [Option<(Marks, UnixTime)>; 2] {
    let of_refresh =
        |token: &RefreshToken| (Marks::of(&token.hash, &token.authorization), token.authorization.granted_at);
    [access.map(Prepared::ends), refresh.map(of_refresh)]
}

impl RevocationStore for MemoryStore {
    async fn is_revoked(&self, marks: &Marks, granted_at: UnixTime) -> Result<bool> {
        Ok(self.is_marked(marks, granted_at))
    }
}

impl MemoryStore {
    pub(super) fn mark(&self, revocation: &Revocation, until: UnixTime) {
        let (key, mut before, mut until) = (revocation.key(), revocation.before(), until);
        let mut revoked = self.0.revocations.write();
        if let (Some(earlier), Some(end)) = (revoked.kept(&key), revoked.expiry(&key)) {
            (before, until) = (before.max(*earlier), until.max(end));
        }
        revoked.insert(key, before, until);
    }
}
