//! Rows that are used up once: codes and pushed requests.

use super::SqliteStore;
use super::row::seconds;
use crate::secret::TokenHash;
use crate::store::{Attempt, CodeRedemption, Result};
use crate::time::UnixTime;

/// The statements about the rows of a table: each has `hash`, `marks`, `granted_at` and `taken_by`.
pub(super) struct SingleUse {
    /// The name of the operation, for errors.
    pub(super) doing: &'static str,
    pub(super) take: &'static str,
    pub(super) is_there: &'static str,
}

/// Writes them for a table whose rows are there until the time of a column.
macro_rules! single_use {
    ($doing:expr, $table:literal, $until:literal) => {
        $crate::store::sqlite::single_use::SingleUse {
            doing: $doing,
            take: concat!(
                "UPDATE ",
                $table,
                " AS t SET taken_by = ?3 WHERE hash = ?1 AND ",
                $until,
                " > ?2 AND (taken_by IS NULL OR taken_by = ?3) AND ",
                $crate::store::sqlite::markers::is_live!()
            ),
            is_there: concat!(
                "SELECT EXISTS (SELECT 1 FROM ",
                $table,
                " AS t WHERE hash = ?1 AND ",
                $until,
                " > ?2 AND ",
                $crate::store::sqlite::markers::is_live!(),
                ")"
            ),
        }
    };
}
pub(super) use single_use;

impl SqliteStore {
    /// Uses a row up, in one statement.
    pub(super) async fn take(
        &self,
        row: &SingleUse,
        hash: &TokenHash,
        attempt: Attempt,
        now: UnixTime,
    ) -> Result<CodeRedemption> {
        let statement =
            sqlx::query(row.take).bind(&hash.as_bytes()[..]).bind(seconds(now)).bind(&attempt.as_bytes()[..]);
        if self.writer.execute(row.doing, statement).await? == 1 {
            return Ok(CodeRedemption::Redeemed);
        }
        // Once taken, it stays taken: nothing can come between.
        let select = sqlx::query_scalar(row.is_there).bind(&hash.as_bytes()[..]).bind(seconds(now));
        let is_there: bool = self.read(row.doing, select.fetch_one(&self.reader)).await?;
        Ok(if is_there { CodeRedemption::Taken } else { CodeRedemption::Unknown })
    }
}
