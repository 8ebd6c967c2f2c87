//! Role `codes`.

use super::MemoryStore;
use super::expiring::AlreadyKept;
use crate::secret::TokenHash;
use crate::store::{AuthorizationGrant, CodeRedemption, CodeStore, FamilyId, Result, StoreError};
use crate::time::UnixTime;

#[derive(Debug)]
pub(super) enum Code {
    Issued(Box<AuthorizationGrant>),
    /// Until it expires, so that a replay is recognised.
    Redeemed(FamilyId),
}

impl CodeStore for MemoryStore {
    async fn save_code(&self, code: TokenHash, grant: AuthorizationGrant) -> Result<()> {
        let expires_at = grant.expires_at;
        let mut codes = self.0.codes.lock();
        codes
            .try_insert(code, Code::Issued(Box::new(grant)), expires_at)
            .map_err(|AlreadyKept| StoreError::already_kept("save a code"))
    }

    async fn take_code(&self, code: &TokenHash, now: UnixTime) -> Result<CodeRedemption> {
        let mut codes = self.0.codes.lock();
        let Some(kept) = codes.get_mut(code, now) else {
            return Ok(CodeRedemption::Unknown);
        };
        let family = match kept {
            Code::Issued(grant) => grant.family,
            Code::Redeemed(family) => return Ok(CodeRedemption::Replayed { family: *family }),
        };
        match std::mem::replace(kept, Code::Redeemed(family)) {
            Code::Issued(grant) => Ok(CodeRedemption::Redeemed(*grant)),
            Code::Redeemed(family) => Ok(CodeRedemption::Replayed { family }),
        }
    }
}
