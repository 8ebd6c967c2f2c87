//! Role `sessions`.

use sqlx::sqlite::SqliteRow;

use super::SqliteStore;
use super::row::{Cause, Columns, seconds};
use crate::secret::TokenHash;
use crate::store::{AnyLogoutStore, Result, Session, SessionStore, StoreError};
use crate::time::UnixTime;

impl SessionStore for SqliteStore {
    fn logouts(&self) -> Option<&dyn AnyLogoutStore> {
        Some(self)
    }

    async fn save_session(&self, id: TokenHash, session: Session) -> Result<()> {
        const DOING: &str = "save a session";
        let clients =
            serde_json::to_string(&session.clients).map_err(|cause| StoreError::new(DOING, cause))?;
        let statement = sqlx::query(
            "INSERT INTO oauth_sessions (hash, subject, auth_time, expires_at, sid, clients, second_step) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (hash) DO UPDATE SET subject = excluded.subject, \
             auth_time = excluded.auth_time, expires_at = excluded.expires_at, sid = excluded.sid, \
             clients = excluded.clients, second_step = excluded.second_step",
        )
        .bind(&id.as_bytes()[..])
        .bind(&session.subject)
        .bind(seconds(session.auth_time))
        .bind(seconds(session.expires_at))
        .bind(&session.sid)
        .bind(clients)
        .bind(session.second_step.as_str());
        self.writer.execute(DOING, statement).await?;
        Ok(())
    }

    async fn session(&self, id: &TokenHash, now: UnixTime) -> Result<Option<Session>> {
        const DOING: &str = "read a session";
        let select = sqlx::query("SELECT subject, auth_time, expires_at, sid, clients, second_step FROM oauth_sessions WHERE hash = ?1 AND expires_at > ?2")
            .bind(&id.as_bytes()[..])
            .bind(seconds(now));
        let row = self.read(DOING, select.fetch_optional(&self.reader)).await?;
        row.as_ref().map(decode).transpose().map_err(|cause| StoreError::new(DOING, cause))
    }

    async fn add_session_client(&self, id: &TokenHash, client_id: &str, now: UnixTime) -> Result<()> {
        let statement = sqlx::query(
            "UPDATE oauth_sessions SET clients = json_insert(clients, '$[#]', ?2) WHERE hash = ?1 AND expires_at > ?3 \
             AND NOT EXISTS (SELECT 1 FROM json_each(oauth_sessions.clients) WHERE value = ?2)",
        )
        .bind(&id.as_bytes()[..])
        .bind(client_id)
        .bind(seconds(now));
        self.writer.execute("add a client to a session", statement).await?;
        Ok(())
    }

    async fn end_session(&self, id: &TokenHash, now: UnixTime) -> Result<Option<Session>> {
        const DOING: &str = "end a session";
        let statement =
            sqlx::query("DELETE FROM oauth_sessions WHERE hash = ?1 RETURNING subject, auth_time, expires_at, sid, clients, second_step").bind(&id.as_bytes()[..]);
        let row = self.writer.rows(DOING, statement).await?.pop();
        let session = row.as_ref().map(decode).transpose().map_err(|cause| StoreError::new(DOING, cause))?;
        Ok(session.filter(|session| session.expires_at > now))
    }

    async fn end_sessions_of(&self, subject: &str, now: UnixTime) -> Result<Vec<Session>> {
        const DOING: &str = "end the sessions of a user";
        let statement =
            sqlx::query("DELETE FROM oauth_sessions WHERE subject = ?1 RETURNING subject, auth_time, expires_at, sid, clients, second_step").bind(subject);
        let rows = self.writer.rows(DOING, statement).await?;
        let sessions: std::result::Result<Vec<_>, _> = rows.iter().map(decode).collect();
        let mut sessions = sessions.map_err(|cause| StoreError::new(DOING, cause))?;
        sessions.retain(|session| session.expires_at > now);
        Ok(sessions)
    }
}

pub(super) fn decode(row: &SqliteRow) -> std::result::Result<Session, Cause> {
    Ok(Session {
        subject: row.text("subject")?,
        auth_time: row.time("auth_time")?,
        expires_at: row.time("expires_at")?,
        sid: row.text("sid")?,
        clients: serde_json::from_str(&row.text("clients")?)?,
        second_step: row.text("second_step")?.into(),
    })
}
