//! Role `replay_ids`.

use super::MemoryStore;
use crate::secret::TokenHash;
use crate::store::{Attempt, ReplayStore, Result};
use crate::time::UnixTime;

impl ReplayStore for MemoryStore {
    async fn claim_replay_id(
        &self,
        id: &TokenHash,
        attempt: Attempt,
        until: UnixTime,
        now: UnixTime,
    ) -> Result<bool> {
        let mut claimed = self.0.replay_ids.lock();
        if let Some(earlier) = claimed.get(id, now) {
            return Ok(*earlier == attempt);
        }
        claimed.insert(*id, attempt, until);
        Ok(true)
    }
}
