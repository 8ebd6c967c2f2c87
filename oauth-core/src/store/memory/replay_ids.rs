//! Role `replay_ids`.

use super::MemoryStore;
use crate::secret::TokenHash;
use crate::store::{ReplayStore, Result};
use crate::time::UnixTime;

impl ReplayStore for MemoryStore {
    async fn claim_replay_id(&self, id: &TokenHash, until: UnixTime, now: UnixTime) -> Result<bool> {
        let mut claimed = self.0.replay_ids.lock();
        if claimed.get(id, now).is_some() {
            return Ok(false);
        }
        claimed.insert(*id, (), until);
        Ok(true)
    }
}
