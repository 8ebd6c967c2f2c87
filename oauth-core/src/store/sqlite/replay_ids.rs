//! Role `replay_ids`.

use super::SqliteStore;
use super::row::seconds;
use crate::secret::TokenHash;
use crate::store::{Attempt, ReplayStore, Result};
use crate::time::UnixTime;

impl ReplayStore for SqliteStore {
    async fn claim_replay_id(
        &self,
        id: &TokenHash,
        attempt: Attempt,
        until: UnixTime,
        now: UnixTime,
    ) -> Result<bool> {
        // Of the same attempt nothing changes.
        let statement = sqlx::query(
            "INSERT INTO oauth_replay_ids AS r (hash, attempt, expires_at) VALUES (?1, ?2, ?3) \
             ON CONFLICT (hash) DO UPDATE SET attempt = excluded.attempt, \
             expires_at = iif(r.expires_at <= ?4, excluded.expires_at, r.expires_at) \
             WHERE r.expires_at <= ?4 OR r.attempt = excluded.attempt",
        )
        .bind(&id.as_bytes()[..])
        .bind(&attempt.as_bytes()[..])
        .bind(seconds(until))
        .bind(seconds(now));
        Ok(self.writer.execute("claim the identifier of an assertion", statement).await? == 1)
    }
}
