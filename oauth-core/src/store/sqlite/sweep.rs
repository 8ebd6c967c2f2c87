//! Expired rows go away by themselves.

use std::time::{Duration, Instant};

use sqlx::{SqliteConnection, SqlitePool};

use super::row::seconds;
use super::writer::in_transaction;
use crate::time::UnixTime;

/// A sweep comes after this many writes, and with the first after a minute.
const WRITES: usize = 128;
const PERIOD: Duration = Duration::from_mins(1);
/// The most writes that are waited for until nobody waits for the writer.
const MOST_WRITES: usize = 512;
/// The most rows that one sweep removes from a table: more than so many writes add, so that a backlog shrinks, and few enough that
/// whoever comes meanwhile hardly notices.
const ROWS: i64 = 1000;

/// The moment when the next sweep is due.
#[derive(Debug, Default)]
pub(super) struct Sweep {
    writes: usize,
    last: Option<Instant>,
}

pub(super) const STATEMENTS: [&str; 12] = [
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
    "DELETE FROM oauth_logouts WHERE rowid IN \
     (SELECT rowid FROM oauth_logouts WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)",
    "DELETE FROM oauth_limits WHERE rowid IN \
     (SELECT rowid FROM oauth_limits WHERE empty_at <= ?1 * 1000 ORDER BY empty_at LIMIT ?2)",
    "DELETE FROM oauth_events WHERE key IN \
     (SELECT key FROM oauth_events WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)",
];

impl Sweep {
    /// Counts what was written.
    pub(super) const fn count(&mut self, writes: usize) {
        self.writes += writes;
    }

    /// Sweeps if that is due: when nobody waits, or else after so many writes that rows would pile up. What was written stays
    /// written whatever becomes of it, so its failure is only logged.
    pub(super) async fn run_if_due(&mut self, pool: &SqlitePool, is_idle: bool) {
        let is_late = self.last.is_none_or(|last| last.elapsed() >= PERIOD);
        if !(is_late || self.writes >= WRITES) || !(is_idle || self.writes >= MOST_WRITES) {
            return;
        }
        (self.writes, self.last) = (0, Some(Instant::now()));
        if let Err(cause) = sweep(pool, UnixTime::now()).await {
            tracing::warn!(target: "oauth_core", %cause, "expired rows could not be removed");
        }
    }
}

async fn sweep(pool: &SqlitePool, now: UnixTime) -> Result<(), sqlx::Error> {
    in_transaction(pool, async |connection: &mut SqliteConnection| {
        for statement in STATEMENTS {
            sqlx::query(statement).bind(seconds(now)).bind(ROWS).execute(&mut *connection).await?;
        }
        Ok(())
    })
    .await
}
