//! Attempts at secrets.

use std::result::Result as Outcome;
use std::time::Duration;

use super::MemoryStore;
use crate::limits::{Counted, LimitKey, Policy, Tally};
use crate::store::{LimitStore, Result};
use crate::time::UnixTime;

impl LimitStore for MemoryStore {
    async fn begin(
        &self,
        key: &LimitKey,
        policy: &Policy,
        now: Duration,
    ) -> Result<Outcome<Counted, Duration>> {
        let mut limits = self.0.limits.lock();
        Ok(policy.begin(limits.kept(key).copied(), now).map(|(tally, counted)| {
            limits.insert(*key, tally, end(tally));
            counted
        }))
    }

    async fn undo(&self, key: &LimitKey, attempt: Counted) -> Result<()> {
        let mut limits = self.0.limits.lock();
        if let Some(tally) = limits.kept(key).map(|tally| tally.without(attempt)) {
            limits.insert(*key, tally, end(tally));
        }
        Ok(())
    }
}

/// The second in which nothing is known any more.
const fn end(tally: Tally) -> UnixTime {
    UnixTime::from_secs(tally.empty_at.as_secs() + 1)
}
