//! Role `codes`.

use sqlx::Row as _;

use super::insert::Row;
use super::markers::is_live;
use super::row::{Columns, seconds};
use super::single_use::single_use;
use super::{SqliteStore, failed};
use crate::secret::TokenHash;
use crate::store::{
    Attempt, AuthorizationGrant, CodeRedemption, CodeStore, PeekedCode, Result, decode, encode,
};
use crate::time::UnixTime;

const SAVE: &str = "save a code";
const INSERT: &str =
    "INSERT INTO oauth_codes (hash, record, marks, granted_at, expires_at) VALUES (?, ?, ?, ?, ?);";
const PEEK: &str = "look at a code";

impl CodeStore for SqliteStore {
    async fn save_code(&self, code: TokenHash, grant: AuthorizationGrant) -> Result<()> {
        let row = Row::new(code, encode(SAVE, &grant)?, &grant.authorization, grant.expires_at);
        self.writer.insert(SAVE, INSERT, row).await?;
        Ok(())
    }

    async fn peek_code(&self, code: &TokenHash, now: UnixTime) -> Result<Option<PeekedCode>> {
        let select = sqlx::query(concat!(
            "SELECT record, taken_by IS NOT NULL AS is_taken FROM oauth_codes AS t \
             WHERE hash = ?1 AND expires_at > ?2 AND ",
            is_live!()
        ))
        .bind(&code.as_bytes()[..])
        .bind(seconds(now));
        let row = self.read(PEEK, select.fetch_optional(&self.reader)).await?;
        let Some(row) = row else { return Ok(None) };
        let is_taken = row.try_get("is_taken").map_err(failed(PEEK))?;
        Ok(Some(PeekedCode { grant: decode(PEEK, row.json(PEEK)?)?, is_taken }))
    }

    async fn take_code(&self, code: &TokenHash, attempt: Attempt, now: UnixTime) -> Result<CodeRedemption> {
        self.take(&single_use!("redeem a code", "oauth_codes", "expires_at"), code, attempt, now).await
    }
}
