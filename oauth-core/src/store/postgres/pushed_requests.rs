//! Role `pushed_requests`.

use super::PostgresStore;
use super::markers::is_live;
use super::row::{Columns as _, array, bytes, seconds};
use super::single_use::take;
use crate::secret::TokenHash;
use crate::store::{
    Attempt, CodeRedemption, LoadedRequest, PushedRequest, PushedRequestStore, Result, encode,
};
use crate::time::UnixTime;

const SAVE: &str = "save a pushed request";
const LOAD: &str = "load a pushed request";
const TAKE: &str = "use a pushed request up";

impl PushedRequestStore for PostgresStore {
    async fn save_pushed_request(&self, reference: TokenHash, request: PushedRequest) -> Result<()> {
        let marks = request.marks(&reference);
        let insert = || {
            Ok(sqlx::query(
                "INSERT INTO oauth_pushed_requests \
                 (hash, client_id, record, marks, granted_at, load_until, kept_until) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(bytes(&reference))
            .bind(request.client_id.clone())
            .bind(encode(SAVE, &request)?)
            .bind(array(&marks))
            .bind(seconds(request.pushed_at))
            .bind(seconds(request.load_until))
            .bind(seconds(request.kept_until)))
        };
        self.write(SAVE, insert).await?;
        Ok(())
    }

    async fn load_pushed_request(
        &self,
        reference: &TokenHash,
        client_id: &str,
        now: UnixTime,
    ) -> Result<Option<LoadedRequest>> {
        let load = || {
            Ok(sqlx::query(concat!(
                "UPDATE oauth_pushed_requests AS t SET loaded_at = coalesce(t.loaded_at, $3) \
                 WHERE t.hash = $1 AND t.client_id = $2 AND t.kept_until > $3 \
                 AND (t.loaded_at IS NOT NULL OR t.load_until > $3) AND t.taken_by IS NULL AND ",
                is_live!(),
                " RETURNING t.record, t.loaded_at"
            ))
            .bind(bytes(reference))
            .bind(client_id.to_owned())
            .bind(seconds(now)))
        };
        let Some(row) = self.write(LOAD, load).await?.pop() else { return Ok(None) };
        Ok(Some(LoadedRequest { request: row.record(LOAD)?, loaded_at: row.time("loaded_at", LOAD)? }))
    }

    async fn take_pushed_request(
        &self,
        reference: &TokenHash,
        attempt: Attempt,
        now: UnixTime,
    ) -> Result<CodeRedemption> {
        self.use_up(TAKE, take!("oauth_pushed_requests", "kept_until"), reference, attempt, now).await
    }
}
