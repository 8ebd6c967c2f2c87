//! Role `tokens`.

use std::time::Duration;

use super::MemoryStore;
use super::access_tokens::Found;
use super::markers::Markers;
use crate::secret::TokenHash;
use crate::store::{
    AccessToken, Authorization, Marks, RefreshToken, Result, Revocation, RevocationStore, Rotation, Saving,
    Successor, TokenStore,
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
        let access = access.map(|token| kept.access_tokens.place(token));
        let refresh = refresh.map(|token| (kept.refresh_tokens.lock(), token));
        // Until all is kept, nothing is revoked.
        let markers = kept.revocations.read();
        let is_revoked = access.as_ref().is_some_and(|access| access.is_ended(&markers))
            || refresh.as_ref().is_some_and(|(_, refresh)| is_ended(refresh, &markers));
        if is_revoked {
            return Ok(Saving::Revoked);
        }
        access.as_ref().map_or(Ok(()), |access| access.check_vacant(DOING))?;
        if let Some((mut tokens, token)) = refresh {
            tokens.save(token, None, DOING)?;
        }
        drop(markers);
        if let Some(place) = access {
            place.fill(now);
        }
        Ok(Saving::Saved)
    }

    async fn access_token(&self, token: &TokenHash, now: UnixTime) -> Result<Option<AccessToken>> {
        let kept = self.0.access_tokens.get(token, now);
        Ok(kept.filter(|kept| !kept.is_ended(&self.0.revocations.read())).map(Found::told))
    }

    async fn refresh_token(&self, token: &TokenHash, now: UnixTime) -> Result<Option<RefreshToken>> {
        let tokens = self.0.refresh_tokens.lock();
        let live = tokens.get(token, now);
        Ok(live.filter(|live| !self.is_ended(token, &live.authorization)).cloned())
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
        // Taken first, for the order of the locks; whether it is needed is known then.
        let access = access.map(|token| self.0.access_tokens.place(token));
        let mut tokens = self.0.refresh_tokens.lock();
        let markers = self.0.revocations.read();
        if tokens.get(presented, now).is_none_or(|presented| is_ended(presented, &markers)) {
            return Ok(Rotation::Unknown);
        }
        if let Some(earlier) = tokens.rotated_before(presented, now) {
            return Ok(earlier);
        }
        if access.as_ref().is_some_and(|access| access.is_ended(&markers))
            || is_ended(&successor.token, &markers)
        {
            return Ok(Rotation::Unknown);
        }
        access.as_ref().map_or(Ok(()), |access| access.check_vacant(DOING))?;
        tokens.rotate(presented, successor, now, grace, DOING)?;
        drop(markers);
        if let Some(place) = access {
            place.fill(now);
        }
        Ok(Rotation::Rotated)
    }

    async fn revoke(&self, revocation: &Revocation, until: UnixTime) -> Result<()> {
        self.mark(revocation, until);
        Ok(())
    }
}

fn is_ended(token: &RefreshToken, markers: &Markers) -> bool {
    markers.end(&token.hash, &token.authorization)
}

impl RevocationStore for MemoryStore {
    async fn is_revoked(&self, marks: &Marks, granted_at: UnixTime) -> Result<bool> {
        Ok(self.0.revocations.read().mean(marks, granted_at))
    }

    async fn is_ended(&self, token: &TokenHash, authorization: &Authorization) -> Result<bool> {
        Ok(self.0.revocations.read().end(token, authorization))
    }
}

impl MemoryStore {
    pub(super) fn mark(&self, revocation: &Revocation, until: UnixTime) {
        self.0.revocations.write().mark(revocation, until);
    }
}
