//! Role `replay_ids`.

use super::PostgresStore;
use super::row::{bytes, seconds};
use crate::secret::TokenHash;
use crate::store::{Attempt, ReplayStore, Result};
use crate::time::UnixTime;

impl ReplayStore for PostgresStore {
    async fn claim_replay_id(
        &self,
        id: &TokenHash,
        attempt: Attempt,
        until: UnixTime,
        now: UnixTime,
    ) -> Result<bool> {
        // Of the same attempt nothing changes.
        let claim = || {
            Ok(sqlx::query(
                "INSERT INTO oauth_replay_ids AS r (hash, attempt, expires_at) VALUES ($1, $2, $3) \
                 ON CONFLICT (hash) DO UPDATE SET attempt = excluded.attempt, \
                 expires_at = CASE WHEN r.expires_at <= $4 THEN excluded.expires_at ELSE r.expires_at END \
                 WHERE r.expires_at <= $4 OR r.attempt = excluded.attempt RETURNING 1",
            )
            .bind(bytes(id))
            .bind(&attempt.as_bytes()[..])
            .bind(seconds(until))
            .bind(seconds(now)))
        };
        Ok(!self.write_again("claim the identifier of an assertion", claim).await?.is_empty())
    }
}
