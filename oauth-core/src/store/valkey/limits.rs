//! Attempts at secrets.

use std::result::Result as Outcome;
use std::time::Duration;

use super::ValkeyStore;
use super::keys::{Kind, call, text};
use super::run::{Argument, Weight};
use super::scripts::{COUNT, UNCOUNT};
use crate::limits::{Counted, LimitKey, Policy};
use crate::store::{LimitStore, Result};

/// The most milliseconds that a script's numbers hold, which are floating: far beyond any clock.
const MOST: u64 = 1 << 51;

impl LimitStore for ValkeyStore {
    async fn begin(
        &self,
        key: &LimitKey,
        policy: &Policy,
        now: Duration,
    ) -> Result<Outcome<Counted, Duration>> {
        let key = self.key(Kind::Limit, &text(key.as_bytes()));
        let count: [&dyn Argument; 6] = [
            &millis(now),
            &millis(policy.forget_one()).max(1),
            &millis(policy.longest()),
            &policy.free(),
            &u8::from(policy.is_gradual()),
            &call(),
        ];
        let (is_counted, first, added): (bool, u64, u64) =
            self.run("count an attempt", Weight::Light, &COUNT, &key, &count).await?;
        let first = Duration::from_millis(first);
        let counted = Counted { began: now, before: first, added: Duration::from_millis(added) };
        Ok(if is_counted { Ok(counted) } else { Err(first) })
    }

    async fn undo(&self, key: &LimitKey, attempt: Counted) -> Result<()> {
        let key = self.key(Kind::Limit, &text(key.as_bytes()));
        let uncount: [&dyn Argument; 4] =
            [&millis(attempt.began), &millis(attempt.before), &millis(attempt.added), &call()];
        let _: u8 = self.run("take an attempt back", Weight::Light, &UNCOUNT, &key, &uncount).await?;
        Ok(())
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(MOST).min(MOST)
}
