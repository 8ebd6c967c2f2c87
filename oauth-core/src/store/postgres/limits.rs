//! Attempts at secrets.

use std::result::Result as Outcome;
use std::time::Duration;

use sqlx::postgres::PgRow;

use super::PostgresStore;
use super::row::Columns as _;
use crate::limits::{Counted, LimitKey, Policy, Tally};
use crate::store::{LimitStore, Result, StoreError};

const BEGIN: &str = "count an attempt";
const UNDO: &str = "take an attempt back";

/// [`Policy::begin`] in one statement: it returns a row if the attempt counts. $2 is now, $3 the time to forget one, $4 the longest that
/// is remembered, $5 the time to forget those that wait for nothing, but for one, $6 their number, $7 whether waits grow.
///
/// Nobody waits for the disk: PostgreSQL does not, of a transaction that has written nothing but tables that are not logged.
const COUNT: &str = "INSERT INTO oauth_limits AS t (key, last, empty_at, previous, added) VALUES ($1, $2, $2 + $3, $2, $3) \
    ON CONFLICT (key) DO UPDATE SET \
    last = CASE WHEN t.last > $2 + $4 THEN $2 ELSE greatest(t.last, $2) END, \
    previous = CASE WHEN t.last > $2 + $4 THEN $2 ELSE t.last END, \
    empty_at = CASE WHEN t.last > $2 + $4 THEN $2 + $3 ELSE \
      greatest(t.empty_at, $2, least(greatest(t.empty_at, $2) + $3, $2 + $4)) END, \
    added = CASE WHEN t.last > $2 + $4 THEN $3 ELSE \
      greatest(0, least($3, $2 + $4 - greatest(t.empty_at, $2))) END \
    WHERE t.last > $2 + $4 OR t.empty_at - $2 <= $5 OR ($7 AND $2 - t.last >= \
      least((1::bigint << greatest(0, least((t.empty_at - $2 + $3 - 1) / $3 - $6, 32))::int) * 1000, $3)) \
    RETURNING previous, added";

impl LimitStore for PostgresStore {
    async fn begin(
        &self,
        key: &LimitKey,
        policy: &Policy,
        now: Duration,
    ) -> Result<Outcome<Counted, Duration>> {
        // Counted twice by a retry, it is forgotten as any other.
        let count = || {
            Ok(sqlx::query(COUNT)
                .bind(key.as_bytes().to_vec())
                .bind(millis(now))
                .bind(millis(policy.forget_one()).max(1))
                .bind(millis(policy.longest()))
                .bind(millis(policy.forget_one().saturating_mul(policy.free().saturating_sub(1))))
                .bind(i64::from(policy.free()))
                .bind(policy.is_gradual()))
        };
        if let Some(row) = self.write_again(BEGIN, count).await?.first() {
            let (before, added) = (time(row, "previous")?, time(row, "added")?);
            return Ok(Ok(Counted { began: now, before, added }));
        }
        let look = || {
            sqlx::query("SELECT last, empty_at FROM oauth_limits WHERE key = $1")
                .bind(key.as_bytes().to_vec())
        };
        let known = match self.read(BEGIN, look).await? {
            Some(row) => Some(Tally { last: time(&row, "last")?, empty_at: time(&row, "empty_at")? }),
            None => None,
        };
        Ok(Err(policy.refuse(known, now)))
    }

    async fn undo(&self, key: &LimitKey, attempt: Counted) -> Result<()> {
        let take_back = || {
            Ok(sqlx::query(
                "UPDATE oauth_limits SET empty_at = empty_at - $2, last = CASE WHEN last = $3 THEN $4 ELSE last END \
                 WHERE key = $1",
            )
            .bind(key.as_bytes().to_vec())
            .bind(millis(attempt.added))
            .bind(millis(attempt.began))
            .bind(millis(attempt.before)))
        };
        self.write(UNDO, take_back).await.map(drop)
    }
}

/// A time in milliseconds. What is beyond the range is beyond any clock, and several of them can be added.
fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX).min(i64::MAX / 4)
}

fn time(row: &PgRow, column: &str) -> Result<Duration> {
    let millis: i64 = row.value(column, BEGIN)?;
    let millis =
        u64::try_from(millis).map_err(|_| StoreError::new(BEGIN, format!("{column} is before 1970")))?;
    Ok(Duration::from_millis(millis))
}
