//! Role `codes`.

use super::row::{Columns, seconds};
use super::{SqliteStore, failed, failed_or_kept};
use crate::secret::TokenHash;
use crate::store::{AuthorizationGrant, CodeRedemption, CodeStore, Result, StoreError};
use crate::time::UnixTime;

const SAVE: &str = "save a code";
const TAKE: &str = "redeem a code";

impl CodeStore for SqliteStore {
    async fn save_code(&self, code: TokenHash, grant: AuthorizationGrant) -> Result<()> {
        let json = serde_json::to_string(&grant).map_err(|cause| StoreError::new(SAVE, cause))?;
        sqlx::query("INSERT INTO oauth_codes (hash, family, grant_json, expires_at) VALUES (?1, ?2, ?3, ?4)")
            .bind(&code.as_bytes()[..])
            .bind(&grant.family.as_bytes()[..])
            .bind(json)
            .bind(seconds(grant.expires_at))
            .execute(&self.writer)
            .await
            .map_err(failed_or_kept(SAVE))?;
        self.purge_if_due().await;
        Ok(())
    }

    async fn take_code(&self, code: &TokenHash, now: UnixTime) -> Result<CodeRedemption> {
        // `fetch_all`, not `fetch_optional`: that one stops at the first row, and the commit, which comes after it, could fail
        // without our hearing of it.
        let mut redeemed: Vec<String> = sqlx::query_scalar(
            "UPDATE oauth_codes SET is_redeemed = 1 WHERE hash = ?1 AND is_redeemed = 0 AND expires_at > ?2 \
             RETURNING grant_json",
        )
        .bind(&code.as_bytes()[..])
        .bind(seconds(now))
        .fetch_all(&self.writer)
        .await
        .map_err(failed(TAKE))?;
        if let Some(grant) = redeemed.pop() {
            let grant = serde_json::from_str(&grant).map_err(|cause| StoreError::new(TAKE, cause))?;
            return Ok(CodeRedemption::Redeemed(grant));
        }
        // Once redeemed, a code stays redeemed: nothing can come between.
        let row = sqlx::query("SELECT family FROM oauth_codes WHERE hash = ?1 AND expires_at > ?2")
            .bind(&code.as_bytes()[..])
            .bind(seconds(now))
            .fetch_optional(&self.reader)
            .await
            .map_err(failed(TAKE))?;
        let family = row.map(|row| row.family("family")).transpose();
        Ok(match family.map_err(|cause| StoreError::new(TAKE, cause))? {
            Some(family) => CodeRedemption::Replayed { family },
            None => CodeRedemption::Unknown,
        })
    }
}
