//! Role `replay_ids`.

use super::row::seconds;
use super::{SqliteStore, failed};
use crate::secret::TokenHash;
use crate::store::{ReplayStore, Result};
use crate::time::UnixTime;

impl ReplayStore for SqliteStore {
    async fn claim_replay_id(&self, id: &TokenHash, until: UnixTime, now: UnixTime) -> Result<bool> {
        let claimed = sqlx::query(
            "INSERT INTO oauth_replay_ids (hash, expires_at) VALUES (?1, ?2) \
             ON CONFLICT (hash) DO UPDATE SET expires_at = excluded.expires_at WHERE expires_at <= ?3",
        )
        .bind(&id.as_bytes()[..])
        .bind(seconds(until))
        .bind(seconds(now))
        .execute(&self.writer)
        .await
        .map_err(failed("claim the identifier of an assertion"))?;
        self.purge_if_due().await;
        Ok(claimed.rows_affected() == 1)
    }
}
