//! The audit table.

use super::job::Written;
use super::row::{Columns as _, seconds};
use super::{SqliteStore, failed};
use crate::store::{AuditEntry, AuditStore, AuditTable, Cursor, Page, Result, StoreError, decode, encode};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

const KEEP: &str = "keep events";
const LIST: &str = "list events";

impl SqliteStore {
    /// An observer that keeps the events of a server in this database.
    pub fn audit(&self) -> AuditTable {
        AuditTable::new(self.clone())
    }
}

impl AuditStore for SqliteStore {
    async fn keep_events(&self, entries: Vec<AuditEntry>) -> Result<()> {
        self.writer.transact(KEEP, move |connection| Box::pin(keep(connection, entries))).await
    }

    async fn events(&self, after: Option<&Cursor>, limit: u16) -> Result<Page<AuditEntry>> {
        let select = "SELECT key, record, expires_at FROM oauth_events WHERE key > ?1 ORDER BY key LIMIT ?2";
        self.events_by(select, Cursor::bytes(after), limit).await
    }

    async fn latest_events(&self, before: Option<&Cursor>, limit: u16) -> Result<Page<AuditEntry>> {
        let select =
            "SELECT key, record, expires_at FROM oauth_events WHERE key < ?1 ORDER BY key DESC LIMIT ?2";
        self.events_by(select, before.map_or(&AuditEntry::BEYOND, Cursor::key), limit).await
    }
}

impl SqliteStore {
    async fn events_by(&self, select: &'static str, place: &[u8], limit: u16) -> Result<Page<AuditEntry>> {
        let rows = i64::try_from(Page::<AuditEntry>::rows(limit)).unwrap_or(i64::MAX);
        let select = sqlx::query(select).bind(place).bind(rows);
        let read = self.read(LIST, select.fetch_all(&self.reader)).await?;
        let items: Result<Vec<_>> = read.iter().map(entry).collect();
        Ok(Page::of(items?, limit, AuditEntry::cursor))
    }
}

async fn keep(connection: &mut SqliteConnection, entries: Vec<AuditEntry>) -> Result<Written<()>> {
    for AuditEntry { key, record, expires_at } in entries {
        sqlx::query(
            "INSERT INTO oauth_events (key, record, expires_at) VALUES (?1, ?2, ?3) ON CONFLICT (key) DO NOTHING",
        )
        .bind(key.to_vec())
        .bind(encode(KEEP, &record)?)
        .bind(seconds(expires_at))
        .execute(&mut *connection)
        .await
        .map_err(failed(KEEP))?;
    }
    Ok(Written::Kept(()))
}

fn entry(row: &SqliteRow) -> Result<AuditEntry> {
    let key: &[u8] = row.try_get("key").map_err(failed(LIST))?;
    let key = key.try_into().map_err(|_| StoreError::new(LIST, "key is not 16 bytes"))?;
    let expires_at = row.time("expires_at").map_err(|cause| StoreError::new(LIST, cause))?;
    Ok(AuditEntry::new(key, decode(LIST, row.json(LIST)?)?, expires_at))
}
