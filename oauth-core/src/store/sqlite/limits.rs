//! Attempts at secrets.

use std::result::Result as Outcome;
use std::time::Duration;

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::{SqliteStore, failed};
use crate::limits::{Counted, LimitKey, Policy, Tally};
use crate::store::{LimitStore, Result, StoreError};

const BEGIN: &str = "count an attempt";
const UNDO: &str = "take an attempt back";

/// [`Policy::begin`] in one statement: it returns a row if the attempt counts. ?2 is now, ?3 the time to forget one, ?4 the longest that
/// is remembered, ?5 the time to forget those that wait for nothing, but for one, ?6 their number, ?7 whether waits grow.
const COUNT: &str = "INSERT INTO oauth_limits AS t (key, last, empty_at, previous, added) VALUES (?1, ?2, ?2 + ?3, ?2, ?3) \
    ON CONFLICT (key) DO UPDATE SET \
    last = iif(t.last > ?2 + ?4, ?2, max(t.last, ?2)), \
    previous = iif(t.last > ?2 + ?4, ?2, t.last), \
    empty_at = iif(t.last > ?2 + ?4, ?2 + ?3, \
      max(max(t.empty_at, ?2), min(max(t.empty_at, ?2) + ?3, ?2 + ?4))), \
    added = iif(t.last > ?2 + ?4, ?3, max(0, min(?3, ?2 + ?4 - max(t.empty_at, ?2)))) \
    WHERE t.last > ?2 + ?4 OR t.empty_at - ?2 <= ?5 OR (?7 AND ?2 - t.last >= \
      min((1 << min((t.empty_at - ?2 + ?3 - 1) / ?3 - ?6, 32)) * 1000, ?3)) \
    RETURNING previous, added";

impl LimitStore for SqliteStore {
    async fn begin(
        &self,
        key: &LimitKey,
        policy: &Policy,
        now: Duration,
    ) -> Result<Outcome<Counted, Duration>> {
        let statement = sqlx::query(COUNT)
            .bind(key.as_bytes().to_vec())
            .bind(millis(now))
            .bind(millis(policy.forget_one()).max(1))
            .bind(millis(policy.longest()))
            .bind(millis(policy.forget_one().saturating_mul(policy.free().saturating_sub(1))))
            .bind(i64::from(policy.free()))
            .bind(policy.is_gradual());
        if let Some(row) = self.writer.rows(BEGIN, statement).await?.first() {
            let (before, added) = (time(row, "previous", BEGIN)?, time(row, "added", BEGIN)?);
            return Ok(Ok(Counted { began: now, before, added }));
        }
        let select = sqlx::query("SELECT last, empty_at FROM oauth_limits WHERE key = ?1")
            .bind(key.as_bytes().to_vec());
        let row = self.read(BEGIN, select.fetch_optional(&self.reader)).await?;
        let known = row.map(|row| {
            let (last, empty_at) = (time(&row, "last", BEGIN)?, time(&row, "empty_at", BEGIN)?);
            Ok::<_, StoreError>(Tally { last, empty_at })
        });
        Ok(Err(policy.refuse(known.transpose()?, now)))
    }

    async fn undo(&self, key: &LimitKey, attempt: Counted) -> Result<()> {
        let statement = sqlx::query(
            "UPDATE oauth_limits SET empty_at = empty_at - ?2, last = iif(last = ?3, ?4, last) WHERE key = ?1",
        )
        .bind(key.as_bytes().to_vec())
        .bind(millis(attempt.added))
        .bind(millis(attempt.began))
        .bind(millis(attempt.before));
        self.writer.execute(UNDO, statement).await.map(drop)
    }
}

/// A time in milliseconds. What is beyond the range is beyond any clock, and several of them can be added.
fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX).min(i64::MAX / 4)
}

fn time(row: &SqliteRow, column: &str, doing: &'static str) -> Result<Duration> {
    let millis: i64 = row.try_get(column).map_err(failed(doing))?;
    let millis =
        u64::try_from(millis).map_err(|_| StoreError::new(doing, format!("{column} is before 1970")))?;
    Ok(Duration::from_millis(millis))
}
