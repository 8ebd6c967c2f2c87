//! The outbox of logouts.

use sqlx::postgres::PgRow;

use super::PostgresStore;
use super::row::{Columns as _, bytes, seconds};
use super::sessions::session;
use crate::secret::TokenHash;
use crate::store::{LogoutNotice, LogoutStore, Result, Session, StoreError};
use crate::time::UnixTime;

/// The part of a statement that keeps a notice for each client of the sessions that its part `ended` deleted, unless those had expired
/// before.
macro_rules! notices {
    ($now:literal, $due:literal, $attempts:literal, $until:literal) => {
        concat!(
            "noticed AS (INSERT INTO oauth_logouts (sid, client_id, subject, ended_at, due_at, attempts, expires_at) \
             SELECT e.sid, c.client_id, e.subject, ",
            $now,
            "::bigint, ",
            $due,
            "::bigint, ",
            $attempts,
            ", ",
            $until,
            "::bigint FROM ended AS e CROSS JOIN LATERAL unnest(e.clients) AS c (client_id) WHERE e.expires_at > ",
            $now,
            "::bigint ON CONFLICT (sid, client_id) DO NOTHING)"
        )
    };
}
pub(super) use notices;

impl LogoutStore for PostgresStore {
    async fn end_session_with_notices(
        &self,
        id: &TokenHash,
        now: UnixTime,
        leased_until: UnixTime,
    ) -> Result<Option<Session>> {
        const DOING: &str = "end a session";
        let end = || {
            Ok(sqlx::query(concat!(
                "WITH ended AS (DELETE FROM oauth_sessions WHERE hash = $1 RETURNING subject, auth_time, expires_at, sid, clients, second_step), ",
                notices!("$2", "$3", "1", "$4"),
                " SELECT * FROM ended"
            ))
            .bind(bytes(id))
            .bind(seconds(now))
            .bind(seconds(leased_until))
            .bind(seconds(now + LogoutNotice::LIFETIME)))
        };
        let ended = self.write(DOING, end).await?.pop();
        let ended = ended.map(|row| session(&row, DOING)).transpose()?;
        Ok(ended.filter(|session| session.expires_at > now))
    }

    async fn end_sessions_with_notices(
        &self,
        subject: &str,
        now: UnixTime,
        leased_until: UnixTime,
    ) -> Result<Vec<Session>> {
        const DOING: &str = "end the sessions of a user";
        let end = || {
            Ok(sqlx::query(concat!(
                "WITH ended AS (DELETE FROM oauth_sessions WHERE subject = $1 RETURNING subject, auth_time, expires_at, sid, clients, second_step), ",
                notices!("$2", "$3", "1", "$4"),
                " SELECT * FROM ended"
            ))
            .bind(subject.to_owned())
            .bind(seconds(now))
            .bind(seconds(leased_until))
            .bind(seconds(now + LogoutNotice::LIFETIME)))
        };
        let ended: Result<Vec<_>> =
            self.write(DOING, end).await?.iter().map(|row| session(row, DOING)).collect();
        let mut ended = ended?;
        ended.retain(|session| session.expires_at > now);
        Ok(ended)
    }

    async fn keep_notices(&self, session: &Session, now: UnixTime, leased_until: UnixTime) -> Result<()> {
        let keep = || {
            Ok(sqlx::query(
                "INSERT INTO oauth_logouts (sid, client_id, subject, ended_at, due_at, attempts, expires_at) \
                 SELECT $1, c.client_id, $2, $3::bigint, $4::bigint, 1, $5::bigint \
                 FROM unnest($6::text[]) AS c (client_id) ON CONFLICT (sid, client_id) DO NOTHING",
            )
            .bind(session.sid.clone())
            .bind(session.subject.clone())
            .bind(seconds(now))
            .bind(seconds(leased_until))
            .bind(seconds(now + LogoutNotice::LIFETIME))
            .bind(session.clients.clone()))
        };
        self.write_again("keep who must hear of a logout", keep).await?;
        Ok(())
    }

    async fn due_logouts(
        &self,
        now: UnixTime,
        leased_until: UnixTime,
        limit: u32,
    ) -> Result<Vec<LogoutNotice>> {
        const DOING: &str = "read who must hear of a logout";
        let lease = || {
            Ok(sqlx::query(
                "WITH due AS (SELECT sid, client_id FROM oauth_logouts WHERE due_at <= $1 ORDER BY due_at LIMIT $3 \
                 FOR UPDATE SKIP LOCKED) \
                 UPDATE oauth_logouts AS l SET due_at = $2, attempts = l.attempts + 1 FROM due \
                 WHERE l.sid = due.sid AND l.client_id = due.client_id RETURNING l.client_id, l.subject, l.sid, l.ended_at, l.attempts",
            )
            .bind(seconds(now))
            .bind(seconds(leased_until))
            .bind(i64::from(limit)))
        };
        self.write(DOING, lease).await?.iter().map(|row| notice(row, DOING)).collect()
    }

    async fn told(&self, notice: &LogoutNotice) -> Result<()> {
        let forget = || {
            Ok(sqlx::query("DELETE FROM oauth_logouts WHERE sid = $1 AND client_id = $2")
                .bind(notice.sid.clone())
                .bind(notice.client_id.clone()))
        };
        self.write_again("forget who has heard of a logout", forget).await?;
        Ok(())
    }

    async fn retry(&self, notice: &LogoutNotice, at: UnixTime) -> Result<()> {
        let retry = || {
            Ok(sqlx::query(
                "UPDATE oauth_logouts SET due_at = $3 WHERE sid = $1 AND client_id = $2 AND attempts = $4",
            )
            .bind(notice.sid.clone())
            .bind(notice.client_id.clone())
            .bind(seconds(at))
            .bind(i64::from(notice.attempts)))
        };
        self.write_again("note who must hear of a logout again", retry).await?;
        Ok(())
    }
}

fn notice(row: &PgRow, doing: &'static str) -> Result<LogoutNotice> {
    let attempts: i64 = row.value("attempts", doing)?;
    Ok(LogoutNotice::new(
        row.value("client_id", doing)?,
        row.value("subject", doing)?,
        row.value("sid", doing)?,
        row.time("ended_at", doing)?,
        u32::try_from(attempts).map_err(|cause| StoreError::new(doing, cause))?,
    ))
}
