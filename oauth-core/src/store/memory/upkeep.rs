//! Upkeep.

use super::MemoryStore;
use crate::store::{Ready, Result, Sweep};
use crate::time::UnixTime;

impl Sweep for MemoryStore {
    const SWEEPS_ITSELF: bool = true;

    async fn sweep(&self, before: UnixTime, limit: u32) -> Result<u64> {
        let kept = &self.0;
        let mut left = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut removed = 0;
        // One lock at a time.
        let kinds: [&dyn Fn(usize) -> usize; 10] = [
            &|left| kept.codes.lock().sweep_all(before, left),
            &|left| kept.devices.lock().sweep_all(before, left),
            &|left| kept.pushed_requests.lock().sweep_all(before, left),
            &|left| kept.sessions.write().sweep_all(before, left),
            &|left| kept.refresh_tokens.lock().sweep_all(before, left),
            &|left| kept.revocations.write().sweep_all(before, left),
            &|left| kept.replay_ids.lock().sweep_all(before, left),
            &|left| kept.limits.lock().sweep_all(before, left),
            &|left| self.sweep_registrations(before, left),
            &|left| kept.logouts.lock().sweep(before, left),
        ];
        for sweep in kinds {
            let swept = sweep(left);
            left -= swept;
            removed += swept as u64;
        }
        Ok(removed + kept.access_tokens.sweep(before, left).await as u64)
    }
}

impl Ready for MemoryStore {
    async fn ready(&self) -> Result<()> {
        Ok(())
    }
}
