//! Expired rows go away by themselves.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use sqlx::PgPool;

use super::PostgresStore;
use super::row::seconds;
use crate::time::UnixTime;

/// A sweep comes after this many writes of an instance, and with the first after a minute.
const WRITES: u64 = 256;
const SECONDS: u64 = 60;
/// The most rows that one statement removes: few enough that locks and the log stay small.
const ROWS: i64 = 1000;
/// The clocks of instances differ: what has expired by this much more has expired by all of them.
const SKEW: i64 = 60;

/// The moment when the next sweep is due.
#[derive(Debug, Default)]
pub(super) struct Sweep {
    writes: AtomicU64,
    last: AtomicU64,
    is_under_way: AtomicBool,
}

impl Sweep {
    /// Counts a write, and says whether to sweep now. Of concurrent callers one is told to.
    fn is_due(&self, now: UnixTime) -> bool {
        let last = self.last.load(Ordering::Relaxed);
        let is_late = now.as_secs().saturating_sub(last) >= SECONDS
            && self.last.compare_exchange(last, now.as_secs(), Ordering::Relaxed, Ordering::Relaxed).is_ok();
        let is_counted = self.writes.fetch_add(1, Ordering::Relaxed) % WRITES == WRITES - 1;
        (is_late || is_counted) && !self.is_under_way.swap(true, Ordering::AcqRel)
    }
}

/// Each takes the oldest that no other instance is about to remove.
macro_rules! sweep {
    ($table:literal, $key:literal, $expiry:literal) => {
        concat!(
            "DELETE FROM ",
            $table,
            " WHERE ",
            $key,
            " = ANY (ARRAY (SELECT ",
            $key,
            " FROM ",
            $table,
            " WHERE ",
            $expiry,
            " <= $1 ORDER BY ",
            $expiry,
            " LIMIT $2 FOR UPDATE SKIP LOCKED))"
        )
    };
}

pub(super) const STATEMENTS: [&str; 10] = [
    sweep!("oauth_codes", "hash", "expires_at"),
    sweep!("oauth_access_tokens", "hash", "expires_at"),
    sweep!("oauth_refresh_tokens", "hash", "expires_at"),
    sweep!("oauth_rotations", "presented", "expires_at"),
    sweep!("oauth_sealed_successors", "presented", "expires_at"),
    sweep!("oauth_revocations", "key", "expires_at"),
    sweep!("oauth_sessions", "hash", "expires_at"),
    sweep!("oauth_device_codes", "hash", "kept_until"),
    sweep!("oauth_replay_ids", "hash", "expires_at"),
    sweep!("oauth_pushed_requests", "hash", "kept_until"),
];

impl PostgresStore {
    /// Sweeps in the background if that is due: no request waits for it. What was written stays written whatever becomes of it,
    /// so its failure is only logged.
    pub(super) fn sweep_if_due(&self) {
        let now = UnixTime::now();
        if !self.sweep.is_due(now) {
            return;
        }
        let (pool, under_way) = (self.pool.clone(), UnderWay(Arc::clone(&self.sweep)));
        tokio::spawn(async move {
            for statement in STATEMENTS {
                if let Err(cause) = sweep(&pool, statement, now).await {
                    tracing::warn!(target: "oauth_core", %cause, statement, "expired rows could not be removed");
                }
            }
            drop(under_way);
        });
    }
}

/// Says that a sweep is over, also of one that was cut short by the end of its runtime.
struct UnderWay(Arc<Sweep>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.is_under_way.store(false, Ordering::Release);
    }
}

/// Removes what has expired, until nothing is left.
async fn sweep(pool: &PgPool, statement: &'static str, now: UnixTime) -> Result<(), sqlx::Error> {
    loop {
        let expired = sqlx::query(statement).bind(seconds(now) - SKEW).bind(ROWS);
        if expired.execute(pool).await?.rows_affected() < ROWS.unsigned_abs() {
            return Ok(());
        }
    }
}
