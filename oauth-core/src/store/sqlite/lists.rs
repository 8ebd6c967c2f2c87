//! Lists, each in the order of an index.

use std::sync::Arc;

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::job::Written;
use super::markers::{is_live, mark};
use super::row::{Columns, seconds};
use super::{SqliteStore, failed, sessions, users};
use crate::client::Client;
use crate::secret::TokenHash;
use crate::store::{
    Consent, Cursor, ListClients, ListConsents, ListGrants, ListSessions, ListUsers, Marks, Page,
    RefreshToken, Result, Revocation, Session, StandingGrant, StoreError, User, decode,
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

fn undecodable<C: Into<Box<dyn std::error::Error + Send + Sync>>>(
    doing: &'static str,
) -> impl Fn(C) -> StoreError {
    move |cause| StoreError::new(doing, cause)
}

impl ListClients for SqliteStore {
    async fn clients(&self, after: Option<&Cursor>, limit: u16) -> Result<Page<Arc<Client>>> {
        let select = sqlx::query_scalar::<_, String>(
            "SELECT metadata FROM oauth_clients WHERE client_id > ?1 ORDER BY client_id LIMIT ?2",
        )
        .bind(Cursor::text(after, CLIENTS)?)
        .bind(rows::<Arc<Client>>(limit));
        let read = self.read(CLIENTS, select.fetch_all(&self.reader)).await?;
        let items: std::result::Result<Vec<Client>, _> =
            read.iter().map(|metadata| serde_json::from_str(metadata)).collect();
        let items = items.map_err(undecodable(CLIENTS))?.into_iter().map(Arc::new).collect();
        Ok(Page::of(items, limit, |client: &Arc<Client>| Cursor::after(client.client_id.as_str())))
    }

    async fn delete_client(&self, client_id: &str, now: UnixTime) -> Result<bool> {
        let client_id = client_id.to_owned();
        self.writer
            .transact(DELETE, move |connection| Box::pin(delete_client(connection, client_id, now)))
            .await
    }
}

async fn delete_client(
    connection: &mut SqliteConnection,
    client_id: String,
    now: UnixTime,
) -> Result<Written<bool>> {
    // Its registration and its origins go with it.
    let deleted = sqlx::query("DELETE FROM oauth_clients WHERE client_id = ?1")
        .bind(&client_id)
        .execute(&mut *connection)
        .await
        .map_err(failed(DELETE))?;
    if deleted.rows_affected() == 0 {
        return Ok(Written::Kept(false));
    }
    sqlx::query("DELETE FROM oauth_consents WHERE client_id = ?1")
        .bind(&client_id)
        .execute(&mut *connection)
        .await
        .map_err(failed(DELETE))?;
    let revocation = Revocation::Client { client_id, before: now };
    mark(connection, &revocation, now + Revocation::LONGEST).await.map_err(failed(DELETE))?;
    Ok(Written::Kept(true))
}

impl ListUsers for SqliteStore {
    async fn users(&self, after: Option<&Cursor>, limit: u16) -> Result<Page<User>> {
        let select = sqlx::query("SELECT subject, username, password_hash, claims FROM oauth_users WHERE subject > ?1 ORDER BY subject LIMIT ?2")
            .bind(Cursor::text(after, USERS)?)
            .bind(rows::<User>(limit));
        let read = self.read(USERS, select.fetch_all(&self.reader)).await?;
        let items: std::result::Result<Vec<_>, _> = read.iter().map(users::decode).collect();
        let items = items.map_err(undecodable(USERS))?;
        Ok(Page::of(items, limit, |user: &User| Cursor::after(user.subject.as_str())))
    }
}

impl ListSessions for SqliteStore {
    async fn sessions_of(
        &self,
        subject: &str,
        now: UnixTime,
        after: Option<&Cursor>,
        limit: u16,
    ) -> Result<Page<(TokenHash, Session)>> {
        let select = sqlx::query(
            "SELECT hash, subject, auth_time, expires_at, sid, clients, second_step FROM oauth_sessions WHERE subject = ?1 AND hash > ?2 AND expires_at > ?3 \
             AND second_step IN ('none', 'otp') ORDER BY hash LIMIT ?4",
        )
        .bind(subject)
        .bind(Cursor::bytes(after))
        .bind(seconds(now))
        .bind(rows::<Session>(limit));
        let read = self.read(SESSIONS, select.fetch_all(&self.reader)).await?;
        let item = |row: &SqliteRow| Ok((row.hash("hash")?, sessions::decode(row)?));
        let items: std::result::Result<Vec<_>, _> = read.iter().map(item).collect();
        let items = items.map_err(undecodable::<super::row::Cause>(SESSIONS))?;
        Ok(Page::of(items, limit, |(id, _): &(TokenHash, Session)| Cursor::after(*id.as_bytes())))
    }
}

impl ListGrants for SqliteStore {
    async fn grants_of(
        &self,
        subject: &str,
        now: UnixTime,
        after: Option<&Cursor>,
        limit: u16,
    ) -> Result<Page<StandingGrant>> {
        // The keys of the family and of the person are at fixed places of the marks, and in an index; all but the newest token of a
        // family were rotated.
        let select = sqlx::query(concat!(
            "SELECT record, max(expires_at) FROM oauth_refresh_tokens AS t WHERE is_rotated = 0 \
             AND substr(marks, 49, 16) = ?1 AND substr(marks, 17, 16) > ?2 AND expires_at > ?3 AND ",
            is_live!(),
            " GROUP BY substr(marks, 17, 16) ORDER BY substr(marks, 17, 16) LIMIT ?4"
        ))
        .bind(Marks::key_of_subject(subject).to_vec())
        .bind(Cursor::bytes(after))
        .bind(seconds(now))
        .bind(rows::<StandingGrant>(limit));
        let read = self.read(GRANTS, select.fetch_all(&self.reader)).await?;
        let mut items = Vec::with_capacity(read.len());
        for row in read {
            let token: RefreshToken = decode(GRANTS, row.json(GRANTS)?)?;
            items.push(StandingGrant::of(&token));
        }
        Ok(Page::of(items, limit, StandingGrant::cursor))
    }
}

impl ListConsents for SqliteStore {
    async fn consents_of(&self, subject: &str, after: Option<&Cursor>, limit: u16) -> Result<Page<Consent>> {
        let select = sqlx::query(
            "SELECT client_id, scopes FROM oauth_consents WHERE subject = ?1 AND client_id > ?2 \
             ORDER BY client_id LIMIT ?3",
        )
        .bind(subject)
        .bind(Cursor::text(after, CONSENTS)?)
        .bind(rows::<Consent>(limit));
        let read = self.read(CONSENTS, select.fetch_all(&self.reader)).await?;
        let mut items = Vec::with_capacity(read.len());
        for row in read {
            let client_id: String = row.try_get("client_id").map_err(failed(CONSENTS))?;
            items.push(Consent::new(client_id, row.scopes("scopes").map_err(undecodable(CONSENTS))?));
        }
        Ok(Page::of(items, limit, |consent: &Consent| Cursor::after(consent.client_id.as_str())))
    }
}
