//! Role `codes`.

use sqlx::Row as _;

use super::markers::is_live;
use super::row::{Columns, seconds};
use super::{SqliteStore, failed};
use crate::secret::TokenHash;
use crate::store::{
    Attempt, AuthorizationGrant, CodeRedemption, CodeStore, Marks, PeekedCode, Result, decode, encode,
};
use crate::time::UnixTime;

const SAVE: &str = "save a code";
const PEEK: &str = "look at a code";
const TAKE: &str = "redeem a code";

impl CodeStore for SqliteStore {
    async fn save_code(&self, code: TokenHash, grant: AuthorizationGrant) -> Result<()> {
        let statement = sqlx::query(
            "INSERT INTO oauth_codes (hash, record, marks, granted_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )
        .bind(&code.as_bytes()[..])
        .bind(encode(SAVE, &grant)?)
        .bind(Marks::of(&code, &grant.authorization).as_bytes())
        .bind(seconds(grant.authorization.granted_at))
        .bind(seconds(grant.expires_at));
        self.writer.execute(SAVE, statement).await?;
        Ok(())
    }

    async fn peek_code(&self, code: &TokenHash, now: UnixTime) -> Result<Option<PeekedCode>> {
        let row = sqlx::query(concat!(
            "SELECT record, taken_by IS NOT NULL AS is_taken FROM oauth_codes AS t \
             WHERE hash = ?1 AND expires_at > ?2 AND ",
            is_live!()
        ))
        .bind(&code.as_bytes()[..])
        .bind(seconds(now))
        .fetch_optional(&self.reader)
        .await
        .map_err(failed(PEEK))?;
        let Some(row) = row else { return Ok(None) };
        let is_taken = row.try_get("is_taken").map_err(failed(PEEK))?;
        Ok(Some(PeekedCode { grant: decode(PEEK, row.json(PEEK)?)?, is_taken }))
    }

    async fn take_code(&self, code: &TokenHash, attempt: Attempt, now: UnixTime) -> Result<CodeRedemption> {
        let statement = sqlx::query(concat!(
            "UPDATE oauth_codes AS t SET taken_by = ?3 \
             WHERE hash = ?1 AND expires_at > ?2 AND (taken_by IS NULL OR taken_by = ?3) AND ",
            is_live!()
        ))
        .bind(&code.as_bytes()[..])
        .bind(seconds(now))
        .bind(&attempt.as_bytes()[..]);
        if self.writer.execute(TAKE, statement).await? == 1 {
            return Ok(CodeRedemption::Redeemed);
        }
        // Once taken, a code stays taken: nothing can come between.
        let is_there: bool = sqlx::query_scalar(concat!(
            "SELECT EXISTS (SELECT 1 FROM oauth_codes AS t WHERE hash = ?1 AND expires_at > ?2 AND ",
            is_live!(),
            ")"
        ))
        .bind(&code.as_bytes()[..])
        .bind(seconds(now))
        .fetch_one(&self.reader)
        .await
        .map_err(failed(TAKE))?;
        Ok(if is_there { CodeRedemption::Taken } else { CodeRedemption::Unknown })
    }
}
