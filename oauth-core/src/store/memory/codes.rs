//! Role `codes`.

use super::MemoryStore;
use super::expiring::AlreadyKept;
use crate::secret::TokenHash;
use crate::store::{Attempt, AuthorizationGrant, CodeRedemption, CodeStore, PeekedCode, Result, StoreError};
use crate::time::UnixTime;

#[derive(Debug)]
pub(super) struct Code {
    grant: AuthorizationGrant,
    taken_by: Option<Attempt>,
}

impl CodeStore for MemoryStore {
    async fn save_code(&self, code: TokenHash, grant: AuthorizationGrant) -> Result<()> {
        let expires_at = grant.expires_at;
        let kept = Code { grant, taken_by: None };
        self.0
            .codes
            .lock()
            .try_insert(code, kept, expires_at)
            .map_err(|AlreadyKept| StoreError::already_kept("save a code"))
    }

    async fn peek_code(&self, code: &TokenHash, now: UnixTime) -> Result<Option<PeekedCode>> {
        let codes = self.0.codes.lock();
        let kept = codes.get(code, now).filter(|kept| !self.is_ended(code, &kept.grant.authorization));
        Ok(kept.map(|kept| PeekedCode { grant: kept.grant.clone(), is_taken: kept.taken_by.is_some() }))
    }

    async fn take_code(&self, code: &TokenHash, attempt: Attempt, now: UnixTime) -> Result<CodeRedemption> {
        let mut codes = self.0.codes.lock();
        let Some(kept) = codes.get_mut(code, now) else { return Ok(CodeRedemption::Unknown) };
        if self.is_ended(code, &kept.grant.authorization) {
            return Ok(CodeRedemption::Unknown);
        }
        Ok(take(&mut kept.taken_by, attempt))
    }
}

/// Gives it to whoever is first, and to the same again.
pub(super) fn take(taken_by: &mut Option<Attempt>, attempt: Attempt) -> CodeRedemption {
    if *taken_by.get_or_insert(attempt) == attempt { CodeRedemption::Redeemed } else { CodeRedemption::Taken }
}
