//! Expired rows go away by themselves.

use std::sync::atomic::{AtomicU64, Ordering};

use super::SqliteStore;
use super::row::seconds;
use crate::time::UnixTime;

/// A purge comes with one write in this many, and with the first after a minute.
const WRITES: u64 = 32;
const SECONDS: u64 = 60;
/// The most rows that one purge removes from a table: more than [`WRITES`] writes add, so that a backlog shrinks, and
/// few enough that the one request which waits for it hardly notices.
const ROWS: i64 = 128;

/// The moment when the next purge is due.
#[derive(Debug, Default)]
pub(super) struct Purge {
    writes: AtomicU64,
    last: AtomicU64,
}

impl Purge {
    /// Counts a write, and says whether to purge now. Of concurrent callers one is told to.
    fn is_due(&self, now: UnixTime) -> bool {
        let last = self.last.load(Ordering::Relaxed);
        let is_late = now.as_secs().saturating_sub(last) >= SECONDS
            && self.last.compare_exchange(last, now.as_secs(), Ordering::Relaxed, Ordering::Relaxed).is_ok();
        let is_counted = self.writes.fetch_add(1, Ordering::Relaxed) % WRITES == WRITES - 1;
        is_late || is_counted
    }
}

const STATEMENTS: [&str; 9] = [
    "DELETE FROM oauth_codes WHERE rowid IN \
     (SELECT rowid FROM oauth_codes WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)",
    "DELETE FROM oauth_access_tokens WHERE rowid IN \
     (SELECT rowid FROM oauth_access_tokens WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)",
    "DELETE FROM oauth_refresh_tokens WHERE rowid IN \
     (SELECT rowid FROM oauth_refresh_tokens WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)",
    "DELETE FROM oauth_sealed_successors WHERE rowid IN \
     (SELECT rowid FROM oauth_sealed_successors WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)",
    "DELETE FROM oauth_revocations WHERE rowid IN \
     (SELECT rowid FROM oauth_revocations WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)",
    "DELETE FROM oauth_sessions WHERE rowid IN \
     (SELECT rowid FROM oauth_sessions WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)",
    "DELETE FROM oauth_device_codes WHERE rowid IN \
     (SELECT rowid FROM oauth_device_codes WHERE kept_until <= ?1 ORDER BY kept_until LIMIT ?2)",
    "DELETE FROM oauth_replay_ids WHERE rowid IN \
     (SELECT rowid FROM oauth_replay_ids WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)",
    "DELETE FROM oauth_pushed_requests WHERE rowid IN \
     (SELECT rowid FROM oauth_pushed_requests WHERE kept_until <= ?1 ORDER BY kept_until LIMIT ?2)",
];

impl SqliteStore {
    /// Purges if that is due, after each write that added a row. What was written stays written whatever
    /// becomes of the purge, so its failure is only logged.
    pub(super) async fn purge_if_due(&self) {
        let now = UnixTime::now();
        if self.purge.is_due(now)
            && let Err(cause) = self.purge(now).await
        {
            tracing::warn!(target: "oauth_core", %cause, "expired rows could not be removed");
        }
    }

    async fn purge(&self, now: UnixTime) -> Result<(), sqlx::Error> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        for statement in STATEMENTS {
            sqlx::query(statement).bind(seconds(now)).bind(ROWS).execute(&mut *transaction).await?;
        }
        transaction.commit().await
    }
}
