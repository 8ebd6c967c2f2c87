//! Role `codes`.

use super::MemoryStore;
use super::expiring::AlreadyKept;
use crate::secret::TokenHash;
use crate::store::{
    Attempt, AuthorizationGrant, CodeRedemption, CodeStore, Marks, PeekedCode, Result, StoreError,
};
use crate::time::UnixTime;

#[derive(Debug)]
pub(super) struct Code {
    grant: AuthorizationGrant,
    marks: Marks,
    taken_by: Option<Attempt>,
}

impl CodeStore for MemoryStore {
    async fn save_code(&self, code: TokenHash, grant: AuthorizationGrant) -> Result<()> {
        let expires_at = grant.expires_at;
        let kept = Code { marks: Marks::of(&code, &grant.authorization), grant, taken_by: None };
        self.0
            .codes
            .lock()
            .try_insert(code, kept, expires_at)
            .map_err(|AlreadyKept| StoreError::already_kept("save a code"))
    }

    async fn peek_code(&self, code: &TokenHash, now: UnixTime) -> Result<Option<PeekedCode>> {
        let codes = self.0.codes.lock();
        let code = codes.get(code, now).filter(|code| !self.is_ended(&code.marks, &code.grant.authorization));
        Ok(code.map(|code| PeekedCode { grant: code.grant.clone(), is_taken: code.taken_by.is_some() }))
    }

    async fn take_code(&self, code: &TokenHash, attempt: Attempt, now: UnixTime) -> Result<CodeRedemption> {
        let mut codes = self.0.codes.lock();
        let Some(code) = codes.get_mut(code, now) else { return Ok(CodeRedemption::Unknown) };
        if self.is_ended(&code.marks, &code.grant.authorization) {
            return Ok(CodeRedemption::Unknown);
        }
        Ok(take(&mut code.taken_by, attempt))
    }
}

/// Gives it to whoever is first, and to the same again.
pub(super) fn take(taken_by: &mut Option<Attempt>, attempt: Attempt) -> CodeRedemption {
    if *taken_by.get_or_insert(attempt) == attempt { CodeRedemption::Redeemed } else { CodeRedemption::Taken }
}
