//! The identifiers that one process has seen lately, where no store keeps them.

use std::time::Duration;

use parking_lot::Mutex;

use super::expiring::Expiring;
use crate::error::{Error, Result};
use crate::secret::TokenHash;
use crate::store::Attempt;
use crate::store::replay_ids::{AnyReplayStore, Claiming};
use crate::time::UnixTime;

/// Remembers as many as a million, about 100 MB, and refuses more with 503: what is forgotten early could be used twice.
#[derive(Debug, Default)]
pub(crate) struct RecentIds(Mutex<Expiring<TokenHash, Attempt>>);

const MOST: usize = 1_000_000;

impl RecentIds {
    fn claim(&self, id: &TokenHash, attempt: Attempt, until: UnixTime, now: UnixTime) -> Result<bool> {
        let mut claimed = self.0.lock();
        if let Some(earlier) = claimed.get(id, now) {
            return Ok(*earlier == attempt);
        }
        if claimed.len() >= MOST {
            claimed.sweep(now);
        }
        if claimed.len() >= MOST {
            return Err(Error::overloaded(Duration::from_secs(10)));
        }
        claimed.insert(*id, attempt, until);
        Ok(true)
    }
}

impl AnyReplayStore for RecentIds {
    fn claim<'a>(
        &'a self,
        id: &'a TokenHash,
        attempt: Attempt,
        until: UnixTime,
        now: UnixTime,
    ) -> Claiming<'a> {
        Box::pin(std::future::ready(self.claim(id, attempt, until, now)))
    }
}
