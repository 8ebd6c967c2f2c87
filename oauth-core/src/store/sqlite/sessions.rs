//! Role `sessions`.

use sqlx::sqlite::SqliteRow;

use super::row::{Cause, Columns, seconds};
use super::{SqliteStore, failed};
use crate::secret::TokenHash;
use crate::store::{Result, Session, SessionStore, StoreError};
use crate::time::UnixTime;

impl SessionStore for SqliteStore {
    async fn save_session(&self, id: TokenHash, session: Session) -> Result<()> {
        sqlx::query(
            "INSERT INTO oauth_sessions (hash, subject, auth_time, expires_at) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (hash) DO UPDATE SET subject = excluded.subject, auth_time = excluded.auth_time, \
             expires_at = excluded.expires_at",
        )
        .bind(&id.as_bytes()[..])
        .bind(&session.subject)
        .bind(seconds(session.auth_time))
        .bind(seconds(session.expires_at))
        .execute(&self.writer)
        .await
        .map_err(failed("save a session"))?;
        self.purge_if_due().await;
        Ok(())
    }

    async fn session(&self, id: &TokenHash, now: UnixTime) -> Result<Option<Session>> {
        const DOING: &str = "read a session";
        let row = sqlx::query("SELECT * FROM oauth_sessions WHERE hash = ?1 AND expires_at > ?2")
            .bind(&id.as_bytes()[..])
            .bind(seconds(now))
            .fetch_optional(&self.reader)
            .await
            .map_err(failed(DOING))?;
        row.as_ref().map(decode).transpose().map_err(|cause| StoreError::new(DOING, cause))
    }

    async fn end_session(&self, id: &TokenHash) -> Result<()> {
        sqlx::query("DELETE FROM oauth_sessions WHERE hash = ?1")
            .bind(&id.as_bytes()[..])
            .execute(&self.writer)
            .await
            .map_err(failed("end a session"))?;
        Ok(())
    }
}

fn decode(row: &SqliteRow) -> std::result::Result<Session, Cause> {
    Ok(Session {
        subject: row.text("subject")?,
        auth_time: row.time("auth_time")?,
        expires_at: row.time("expires_at")?,
    })
}
