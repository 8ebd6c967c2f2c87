//! Role `sessions`.

use sqlx::postgres::PgRow;

use super::PostgresStore;
use super::row::{Columns as _, bytes, seconds};
use crate::secret::TokenHash;
use crate::store::{AnyLogoutStore, Result, Session, SessionStore};
use crate::time::UnixTime;

impl SessionStore for PostgresStore {
    fn logouts(&self) -> Option<&dyn AnyLogoutStore> {
        Some(self)
    }

    async fn save_session(&self, id: TokenHash, session: Session) -> Result<()> {
        let upsert = || {
            Ok(sqlx::query(
                "INSERT INTO oauth_sessions (hash, subject, auth_time, expires_at, sid, clients, second_step) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (hash) DO UPDATE SET subject = excluded.subject, \
                 auth_time = excluded.auth_time, expires_at = excluded.expires_at, sid = excluded.sid, \
                 clients = excluded.clients, second_step = excluded.second_step",
            )
            .bind(bytes(&id))
            .bind(session.subject.clone())
            .bind(seconds(session.auth_time))
            .bind(seconds(session.expires_at))
            .bind(session.sid.clone())
            .bind(session.clients.clone())
            .bind(session.second_step.as_str()))
        };
        self.write("save a session", upsert).await?;
        Ok(())
    }

    async fn session(&self, id: &TokenHash, now: UnixTime) -> Result<Option<Session>> {
        const DOING: &str = "read a session";
        let select = || {
            sqlx::query("SELECT subject, auth_time, expires_at, sid, clients, second_step FROM oauth_sessions WHERE hash = $1 AND expires_at > $2")
                .bind(bytes(id))
                .bind(seconds(now))
        };
        self.read(DOING, select).await?.map(|row| session(&row, DOING)).transpose()
    }

    async fn add_session_client(&self, id: &TokenHash, client_id: &str, now: UnixTime) -> Result<()> {
        let add = || {
            Ok(sqlx::query(
                "UPDATE oauth_sessions SET clients = array_append(clients, $2) \
                 WHERE hash = $1 AND expires_at > $3 AND NOT $2 = ANY (clients)",
            )
            .bind(bytes(id))
            .bind(client_id.to_owned())
            .bind(seconds(now)))
        };
        self.write("add a client to a session", add).await?;
        Ok(())
    }

    async fn end_session(&self, id: &TokenHash, now: UnixTime) -> Result<Option<Session>> {
        const DOING: &str = "end a session";
        let delete = || {
            Ok(sqlx::query("DELETE FROM oauth_sessions WHERE hash = $1 RETURNING subject, auth_time, expires_at, sid, clients, second_step").bind(bytes(id)))
        };
        let ended = self.write(DOING, delete).await?.pop();
        let ended = ended.map(|row| session(&row, DOING)).transpose()?;
        Ok(ended.filter(|session| session.expires_at > now))
    }

    async fn end_sessions_of(&self, subject: &str, now: UnixTime) -> Result<Vec<Session>> {
        const DOING: &str = "end the sessions of a user";
        let delete = || {
            Ok(sqlx::query("DELETE FROM oauth_sessions WHERE subject = $1 RETURNING subject, auth_time, expires_at, sid, clients, second_step")
                .bind(subject.to_owned()))
        };
        let ended: Result<Vec<_>> =
            self.write(DOING, delete).await?.iter().map(|row| session(row, DOING)).collect();
        let mut ended = ended?;
        ended.retain(|session| session.expires_at > now);
        Ok(ended)
    }
}

pub(super) fn session(row: &PgRow, doing: &'static str) -> Result<Session> {
    Ok(Session {
        subject: row.value("subject", doing)?,
        auth_time: row.time("auth_time", doing)?,
        expires_at: row.time("expires_at", doing)?,
        sid: row.value("sid", doing)?,
        clients: row.value("clients", doing)?,
        second_step: row.value::<String>("second_step", doing)?.into(),
    })
}
