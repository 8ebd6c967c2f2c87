//! Lists, each in the order of an index.

use std::sync::Arc;

use sqlx::postgres::PgRow;

use super::markers::{is_live, mark};
use super::row::{Columns as _, bytes, is_text, seconds};
use super::run::Statement;
use super::{PostgresStore, sessions, users};
use crate::client::Client;
use crate::scope::ScopeSet;
use crate::secret::TokenHash;
use crate::store::{
    Consent, Cursor, ListClients, ListConsents, ListGrants, ListSessions, ListUsers, Marks, Page, Result,
    Revocation, Session, StandingGrant, StoreError, User,
};
use crate::time::UnixTime;

const CLIENTS: &str = "list clients";
const DELETE: &str = "delete a client";
const USERS: &str = "list users";
const SESSIONS: &str = "list sessions";
const GRANTS: &str = "list grants";
const CONSENTS: &str = "list consents";

fn rows<T>(limit: u16) -> i64 {
    i64::try_from(Page::<T>::rows(limit)).unwrap_or(i64::MAX)
}

impl PostgresStore {
    async fn list<T>(
        &self,
        doing: &'static str,
        statement: impl Fn() -> Statement,
        item: impl Fn(&PgRow) -> Result<T>,
    ) -> Result<Vec<T>> {
        self.read_all(doing, statement).await?.iter().map(item).collect()
    }
}

impl ListClients for PostgresStore {
    async fn clients(&self, after: Option<&Cursor>, limit: u16) -> Result<Page<Arc<Client>>> {
        let after = Cursor::text(after, CLIENTS)?;
        let select = || {
            sqlx::query("SELECT metadata FROM oauth_clients WHERE client_id > $1 ORDER BY client_id LIMIT $2")
                .bind(after.to_owned())
                .bind(rows::<Arc<Client>>(limit))
        };
        let client = |row: &PgRow| {
            let client: std::result::Result<Client, _> =
                serde_json::from_str(row.value("metadata", CLIENTS)?);
            client.map(Arc::new).map_err(|cause| StoreError::new(CLIENTS, cause))
        };
        let items = self.list(CLIENTS, select, client).await?;
        Ok(Page::of(items, limit, |client: &Arc<Client>| Cursor::after(client.client_id.as_str())))
    }

    async fn delete_client(&self, client_id: &str, now: UnixTime) -> Result<bool> {
        if !is_text(client_id) {
            return Ok(false);
        }
        let revocation = Revocation::Client { client_id: client_id.to_owned(), before: now };
        // Its registration goes with it.
        self.changes(DELETE, || {
            Ok(sqlx::query(concat!(
                "WITH deleted AS (DELETE FROM oauth_clients WHERE client_id = $1 RETURNING 1), \
                 forgotten AS (DELETE FROM oauth_consents WHERE client_id = $1 AND EXISTS (SELECT 1 FROM deleted)), \
                 marked AS (",
                mark!("SELECT $2::bytea, $3::bigint, $4::bigint FROM deleted"),
                ") SELECT 1 FROM deleted"
            ))
            .bind(client_id.to_owned())
            .bind(revocation.key().to_vec())
            .bind(seconds(now))
            .bind(seconds(now + Revocation::LONGEST)))
        })
        .await
    }
}

impl ListUsers for PostgresStore {
    async fn users(&self, after: Option<&Cursor>, limit: u16) -> Result<Page<User>> {
        let after = Cursor::text(after, USERS)?;
        let select = || {
            sqlx::query("SELECT subject, username, password_hash, claims FROM oauth_users WHERE subject > $1 ORDER BY subject LIMIT $2")
                .bind(after.to_owned())
                .bind(rows::<User>(limit))
        };
        let items = self.list(USERS, select, users::user).await?;
        Ok(Page::of(items, limit, |user: &User| Cursor::after(user.subject.as_str())))
    }
}

impl ListSessions for PostgresStore {
    async fn sessions_of(
        &self,
        subject: &str,
        now: UnixTime,
        after: Option<&Cursor>,
        limit: u16,
    ) -> Result<Page<(TokenHash, Session)>> {
        let select = || {
            sqlx::query(
                "SELECT hash, subject, auth_time, expires_at, sid, clients, second_step FROM oauth_sessions WHERE subject = $1 AND hash > $2 AND expires_at > $3 \
                 AND second_step IN ('none', 'otp') ORDER BY hash LIMIT $4",
            )
            .bind(subject.to_owned())
            .bind(Cursor::bytes(after).to_vec())
            .bind(seconds(now))
            .bind(rows::<Session>(limit))
        };
        let item = |row: &PgRow| Ok((row.hash("hash", SESSIONS)?, sessions::session(row, SESSIONS)?));
        let items = self.list(SESSIONS, select, item).await?;
        Ok(Page::of(items, limit, |(id, _): &(TokenHash, Session)| Cursor::after(bytes(id))))
    }
}

impl ListGrants for PostgresStore {
    async fn grants_of(
        &self,
        subject: &str,
        now: UnixTime,
        after: Option<&Cursor>,
        limit: u16,
    ) -> Result<Page<StandingGrant>> {
        // The keys of the family and of the person are at fixed places of the marks, and in an index. It is entered once a family, for
        // the last of its tokens that was not rotated: what was rotated before is many times more.
        let select = || {
            sqlx::query(concat!(
                "WITH RECURSIVE families AS (\
                 (SELECT marks[2] AS family FROM oauth_refresh_tokens WHERE marks[4] = $1 AND marks[2] > $2 \
                 ORDER BY marks[2] LIMIT 1) UNION ALL \
                 SELECT (SELECT n.marks[2] FROM oauth_refresh_tokens AS n WHERE n.marks[4] = $1 \
                 AND n.marks[2] > families.family ORDER BY n.marks[2] LIMIT 1) \
                 FROM families WHERE families.family IS NOT NULL) \
                 SELECT t.record FROM families CROSS JOIN LATERAL \
                 (SELECT c.record, c.marks, c.granted_at, c.expires_at FROM oauth_refresh_tokens AS c \
                 WHERE c.marks[4] = $1 AND c.marks[2] = families.family AND c.expires_at > $3 \
                 AND NOT EXISTS (SELECT 1 FROM oauth_rotations AS n WHERE n.presented = c.hash) \
                 ORDER BY c.expires_at DESC LIMIT 1) AS t WHERE ",
                is_live!(),
                " ORDER BY families.family LIMIT $4"
            ))
            .bind(Marks::key_of_subject(subject).to_vec())
            .bind(Cursor::bytes(after).to_vec())
            .bind(seconds(now))
            .bind(rows::<StandingGrant>(limit))
        };
        let items = self.list(GRANTS, select, |row| row.record(GRANTS)).await?;
        let items = items.iter().map(StandingGrant::of).collect();
        Ok(Page::of(items, limit, StandingGrant::cursor))
    }
}

impl ListConsents for PostgresStore {
    async fn consents_of(&self, subject: &str, after: Option<&Cursor>, limit: u16) -> Result<Page<Consent>> {
        let after = Cursor::text(after, CONSENTS)?;
        let select = || {
            sqlx::query(
                "SELECT client_id, scopes FROM oauth_consents WHERE subject = $1 AND client_id > $2 \
                 ORDER BY client_id LIMIT $3",
            )
            .bind(subject.to_owned())
            .bind(after.to_owned())
            .bind(rows::<Consent>(limit))
        };
        let consent = |row: &PgRow| {
            let scopes = ScopeSet::parse(row.value("scopes", CONSENTS)?);
            let scopes = scopes.map_err(|cause| StoreError::new(CONSENTS, cause))?;
            Ok(Consent::new(row.value::<String>("client_id", CONSENTS)?, scopes))
        };
        let items = self.list(CONSENTS, select, consent).await?;
        Ok(Page::of(items, limit, |consent: &Consent| Cursor::after(consent.client_id.as_str())))
    }
}
