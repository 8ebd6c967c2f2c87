//! Role `codes`.

use super::PostgresStore;
use super::markers::is_live;
use super::row::{Columns as _, array, bytes, seconds};
use super::single_use::take;
use crate::secret::TokenHash;
use crate::store::{
    Attempt, AuthorizationGrant, CodeRedemption, CodeStore, Marks, PeekedCode, Result, encode,
};
use crate::time::UnixTime;

const SAVE: &str = "save a code";
const PEEK: &str = "look at a code";
const TAKE: &str = "redeem a code";

impl CodeStore for PostgresStore {
    async fn save_code(&self, code: TokenHash, grant: AuthorizationGrant) -> Result<()> {
        let marks = Marks::of(&code, &grant.authorization);
        let insert = || {
            Ok(sqlx::query(
                "INSERT INTO oauth_codes (hash, record, marks, granted_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(bytes(&code))
            .bind(encode(SAVE, &grant)?)
            .bind(array(&marks))
            .bind(seconds(grant.authorization.granted_at))
            .bind(seconds(grant.expires_at)))
        };
        self.write(SAVE, insert).await?;
        Ok(())
    }

    async fn peek_code(&self, code: &TokenHash, now: UnixTime) -> Result<Option<PeekedCode>> {
        let select = || {
            sqlx::query(concat!(
                "SELECT record, taken_by IS NOT NULL AS is_taken FROM oauth_codes AS t \
                 WHERE hash = $1 AND expires_at > $2 AND ",
                is_live!()
            ))
            .bind(bytes(code))
            .bind(seconds(now))
        };
        let Some(row) = self.read(PEEK, select).await? else { return Ok(None) };
        Ok(Some(PeekedCode { grant: row.record(PEEK)?, is_taken: row.value("is_taken", PEEK)? }))
    }

    async fn take_code(&self, code: &TokenHash, attempt: Attempt, now: UnixTime) -> Result<CodeRedemption> {
        self.use_up(TAKE, take!("oauth_codes", "expires_at"), code, attempt, now).await
    }
}
