//! Role `pushed_requests`.

use super::SqliteStore;
use super::markers::is_live;
use super::row::{Columns, seconds};
use super::single_use::single_use;
use crate::secret::TokenHash;
use crate::store::{
    Attempt, CodeRedemption, LoadedRequest, PushedRequest, PushedRequestStore, Result, StoreError, decode,
    encode,
};
use crate::time::UnixTime;

const SAVE: &str = "save a pushed request";
const LOAD: &str = "load a pushed request";

impl PushedRequestStore for SqliteStore {
    async fn save_pushed_request(&self, reference: TokenHash, request: PushedRequest) -> Result<()> {
        let statement = sqlx::query(
            "INSERT INTO oauth_pushed_requests \
             (hash, client_id, record, marks, granted_at, load_until, kept_until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )
        .bind(&reference.as_bytes()[..])
        .bind(&request.client_id)
        .bind(encode(SAVE, &request)?)
        .bind(request.marks(&reference).as_bytes())
        .bind(seconds(request.pushed_at))
        .bind(seconds(request.load_until))
        .bind(seconds(request.kept_until));
        self.writer.execute(SAVE, statement).await?;
        Ok(())
    }

    async fn load_pushed_request(
        &self,
        reference: &TokenHash,
        client_id: &str,
        now: UnixTime,
    ) -> Result<Option<LoadedRequest>> {
        let statement = sqlx::query(concat!(
            "UPDATE oauth_pushed_requests AS t SET loaded_at = ifnull(loaded_at, ?3) \
             WHERE hash = ?1 AND client_id = ?2 AND kept_until > ?3 \
             AND (loaded_at IS NOT NULL OR load_until > ?3) AND taken_by IS NULL AND ",
            is_live!(),
            " RETURNING record, loaded_at"
        ))
        .bind(&reference.as_bytes()[..])
        .bind(client_id)
        .bind(seconds(now));
        let Some(row) = self.writer.rows(LOAD, statement).await?.pop() else { return Ok(None) };
        let loaded_at = row.time("loaded_at").map_err(|cause| StoreError::new(LOAD, cause))?;
        Ok(Some(LoadedRequest { request: decode(LOAD, row.json(LOAD)?)?, loaded_at }))
    }

    async fn take_pushed_request(
        &self,
        reference: &TokenHash,
        attempt: Attempt,
        now: UnixTime,
    ) -> Result<CodeRedemption> {
        let row = single_use!("use a pushed request up", "oauth_pushed_requests", "kept_until");
        self.take(&row, reference, attempt, now).await
    }
}
