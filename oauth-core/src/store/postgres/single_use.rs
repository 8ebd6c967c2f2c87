//! Rows that are used up once.

use super::PostgresStore;
use super::row::{Columns as _, bytes, seconds};
use crate::secret::TokenHash;
use crate::store::{Attempt, CodeRedemption, Result, StoreError};
use crate::time::UnixTime;

/// The statement that uses a row up: of any number of attempts one takes it, and takes it again. The others wait for that one's
/// commit, and see that it is taken. `$table` keeps its rows until `$until`.
macro_rules! take {
    ($table:literal, $until:literal) => {
        concat!(
            "WITH taken AS (UPDATE ",
            $table,
            " AS t SET taken_by = $3 WHERE t.hash = $1 AND t.",
            $until,
            " > $2 AND (t.taken_by IS NULL OR t.taken_by = $3) AND ",
            is_live!(),
            " RETURNING 1) \
             SELECT EXISTS (SELECT 1 FROM taken) AS is_taken, EXISTS (SELECT 1 FROM ",
            $table,
            " AS t WHERE t.hash = $1 AND t.",
            $until,
            " > $2 AND ",
            is_live!(),
            ") AS is_there"
        )
    };
}
pub(super) use take;

impl PostgresStore {
    /// Uses a row up, by a statement that [`take!`] made.
    pub(super) async fn use_up(
        &self,
        doing: &'static str,
        statement: &'static str,
        hash: &TokenHash,
        attempt: Attempt,
        now: UnixTime,
    ) -> Result<CodeRedemption> {
        let take =
            || Ok(sqlx::query(statement).bind(bytes(hash)).bind(seconds(now)).bind(&attempt.as_bytes()[..]));
        let row = self.write_again(doing, take).await?.pop();
        let row = row.ok_or_else(|| StoreError::new(doing, "the database answered nothing"))?;
        Ok(match (row.value("is_taken", doing)?, row.value("is_there", doing)?) {
            (true, _) => CodeRedemption::Redeemed,
            (false, true) => CodeRedemption::Taken,
            (false, false) => CodeRedemption::Unknown,
        })
    }
}
