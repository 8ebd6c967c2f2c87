//! The outbox of logouts.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::job::Written;
use super::row::{Cause, Columns as _, seconds};
use super::sessions::decode as session;
use super::{SqliteStore, failed};
use crate::secret::TokenHash;
use crate::store::{LogoutNotice, LogoutStore, Result, Session, StoreError};
use crate::time::UnixTime;

/// The statement that keeps a notice for each client of sessions that have not ended: `?1` names the sessions.
macro_rules! keep {
    ($which:literal) => {
        concat!(
            "INSERT INTO oauth_logouts (sid, client_id, subject, ended_at, due_at, attempts, expires_at) \
             SELECT s.sid, c.value, s.subject, ?2, ?3, ?4, ?5 FROM oauth_sessions AS s, json_each(s.clients) AS c WHERE s.",
            $which,
            " = ?1 AND s.expires_at > ?2 ON CONFLICT (sid, client_id) DO NOTHING"
        )
    };
}

/// The notices of sessions whose end is about to be committed.
#[derive(Clone, Copy)]
struct Notices {
    ended_at: UnixTime,
    due_at: UnixTime,
    attempts: i64,
}

impl Notices {
    /// Notices that whoever ends the session takes up.
    const fn leased(now: UnixTime, until: UnixTime) -> Self {
        Self { ended_at: now, due_at: until, attempts: 1 }
    }

    async fn keep<'q, K>(
        self,
        connection: &mut SqliteConnection,
        statement: &'static str,
        key: K,
    ) -> std::result::Result<(), sqlx::Error>
    where
        K: sqlx::Encode<'q, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite> + Send + 'q,
    {
        sqlx::query(statement)
            .bind(key)
            .bind(seconds(self.ended_at))
            .bind(seconds(self.due_at))
            .bind(self.attempts)
            .bind(seconds(self.ended_at + LogoutNotice::LIFETIME))
            .execute(connection)
            .await?;
        Ok(())
    }
}

/// Keeps notices for the clients of a person whom the store itself signs out, due at once. Their sessions end next.
pub(super) async fn keep_due(
    connection: &mut SqliteConnection,
    subject: &str,
    now: UnixTime,
) -> std::result::Result<(), sqlx::Error> {
    let notices = Notices { ended_at: now, due_at: now, attempts: 0 };
    notices.keep(connection, keep!("subject"), subject.to_owned()).await
}

impl LogoutStore for SqliteStore {
    async fn end_session_with_notices(
        &self,
        id: &TokenHash,
        now: UnixTime,
        leased_until: UnixTime,
    ) -> Result<Option<Session>> {
        const DOING: &str = "end a session";
        let (id, notices) = (id.as_bytes().to_vec(), Notices::leased(now, leased_until));
        let row = self
            .writer
            .transact(DOING, move |connection| {
                Box::pin(async move {
                    let kept = notices.keep(&mut *connection, keep!("hash"), id.clone()).await;
                    kept.map_err(failed(DOING))?;
                    let end = sqlx::query("DELETE FROM oauth_sessions WHERE hash = ?1 RETURNING subject, auth_time, expires_at, sid, clients, second_step").bind(id);
                    end.fetch_all(connection).await.map(Written::Kept).map_err(failed(DOING))
                })
            })
            .await?
            .pop();
        let ended = row.as_ref().map(session).transpose().map_err(|cause| StoreError::new(DOING, cause))?;
        Ok(ended.filter(|session| session.expires_at > now))
    }

    async fn end_sessions_with_notices(
        &self,
        subject: &str,
        now: UnixTime,
        leased_until: UnixTime,
    ) -> Result<Vec<Session>> {
        const DOING: &str = "end the sessions of a user";
        let (subject, notices) = (subject.to_owned(), Notices::leased(now, leased_until));
        let rows = self
            .writer
            .transact(DOING, move |connection| {
                Box::pin(async move {
                    let kept = notices.keep(&mut *connection, keep!("subject"), subject.clone()).await;
                    kept.map_err(failed(DOING))?;
                    let end = sqlx::query("DELETE FROM oauth_sessions WHERE subject = ?1 RETURNING subject, auth_time, expires_at, sid, clients, second_step")
                        .bind(subject);
                    end.fetch_all(connection).await.map(Written::Kept).map_err(failed(DOING))
                })
            })
            .await?;
        let ended: std::result::Result<Vec<_>, _> = rows.iter().map(session).collect();
        let mut ended = ended.map_err(|cause| StoreError::new(DOING, cause))?;
        ended.retain(|session| session.expires_at > now);
        Ok(ended)
    }

    async fn keep_notices(&self, session: &Session, now: UnixTime, leased_until: UnixTime) -> Result<()> {
        const DOING: &str = "keep who must hear of a logout";
        let clients =
            serde_json::to_string(&session.clients).map_err(|cause| StoreError::new(DOING, cause))?;
        let keep = sqlx::query(
            "INSERT INTO oauth_logouts (sid, client_id, subject, ended_at, due_at, attempts, expires_at) \
             SELECT ?1, c.value, ?2, ?3, ?4, 1, ?5 FROM json_each(?6) AS c WHERE true \
             ON CONFLICT (sid, client_id) DO NOTHING",
        )
        .bind(session.sid.clone())
        .bind(session.subject.clone())
        .bind(seconds(now))
        .bind(seconds(leased_until))
        .bind(seconds(now + LogoutNotice::LIFETIME))
        .bind(clients);
        self.writer.execute(DOING, keep).await?;
        Ok(())
    }

    async fn due_logouts(
        &self,
        now: UnixTime,
        leased_until: UnixTime,
        limit: u32,
    ) -> Result<Vec<LogoutNotice>> {
        const DOING: &str = "read who must hear of a logout";
        // Hardly ever is one due, and then the writer is left alone.
        let is_due = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM oauth_logouts WHERE due_at <= ?1)");
        let is_due: bool = self.read(DOING, is_due.bind(seconds(now)).fetch_one(&self.reader)).await?;
        if !is_due {
            return Ok(Vec::new());
        }
        let lease = sqlx::query(
            "UPDATE oauth_logouts SET due_at = ?2, attempts = attempts + 1 WHERE rowid IN \
             (SELECT rowid FROM oauth_logouts WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3) RETURNING client_id, subject, sid, ended_at, attempts",
        )
        .bind(seconds(now))
        .bind(seconds(leased_until))
        .bind(i64::from(limit));
        let rows = self.writer.rows(DOING, lease).await?;
        let notices: std::result::Result<Vec<_>, _> = rows.iter().map(notice).collect();
        notices.map_err(|cause| StoreError::new(DOING, cause))
    }

    async fn told(&self, notice: &LogoutNotice) -> Result<()> {
        let forget = sqlx::query("DELETE FROM oauth_logouts WHERE sid = ?1 AND client_id = ?2");
        let forget = forget.bind(notice.sid.clone()).bind(notice.client_id.clone());
        self.writer.execute("forget who has heard of a logout", forget).await?;
        Ok(())
    }

    async fn retry(&self, notice: &LogoutNotice, at: UnixTime) -> Result<()> {
        let retry = sqlx::query(
            "UPDATE oauth_logouts SET due_at = ?3 WHERE sid = ?1 AND client_id = ?2 AND attempts = ?4",
        )
        .bind(notice.sid.clone())
        .bind(notice.client_id.clone())
        .bind(seconds(at))
        .bind(i64::from(notice.attempts));
        self.writer.execute("note who must hear of a logout again", retry).await?;
        Ok(())
    }
}

fn notice(row: &SqliteRow) -> std::result::Result<LogoutNotice, Cause> {
    Ok(LogoutNotice::new(
        row.text("client_id")?,
        row.text("subject")?,
        row.text("sid")?,
        row.time("ended_at")?,
        row.try_get("attempts")?,
    ))
}
