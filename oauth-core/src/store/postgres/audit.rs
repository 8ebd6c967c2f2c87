//! The audit table.

use sqlx::postgres::PgRow;

use super::PostgresStore;
use super::row::{Columns as _, seconds};
use crate::store::{AuditEntry, AuditStore, AuditTable, Cursor, Page, Result, StoreError, encode};

const KEEP: &str = "keep events";
const LIST: &str = "list events";

impl PostgresStore {
    /// An observer that keeps the events of a server in this database.
    pub fn audit(&self) -> AuditTable {
        AuditTable::new(self.clone())
    }
}

impl AuditStore for PostgresStore {
    async fn keep_events(&self, entries: Vec<AuditEntry>) -> Result<()> {
        let keys: Vec<_> = entries.iter().map(|entry| entry.key.to_vec()).collect();
        let ends: Vec<_> = entries.iter().map(|entry| seconds(entry.expires_at)).collect();
        let records: Result<Vec<_>> = entries.iter().map(|entry| encode(KEEP, &entry.record)).collect();
        let records = records?;
        let keep = || {
            Ok(sqlx::query(
                "INSERT INTO oauth_events (key, record, expires_at) \
                 SELECT * FROM unnest($1::bytea[], $2::text[], $3::bigint[]) ON CONFLICT (key) DO NOTHING",
            )
            .bind(keys.clone())
            .bind(records.clone())
            .bind(ends.clone()))
        };
        self.write_again(KEEP, keep).await.map(drop)
    }

    async fn events(&self, after: Option<&Cursor>, limit: u16) -> Result<Page<AuditEntry>> {
        let select = "SELECT key, record, expires_at FROM oauth_events WHERE key > $1 ORDER BY key LIMIT $2";
        self.events_by(select, Cursor::bytes(after), limit).await
    }

    async fn latest_events(&self, before: Option<&Cursor>, limit: u16) -> Result<Page<AuditEntry>> {
        let select =
            "SELECT key, record, expires_at FROM oauth_events WHERE key < $1 ORDER BY key DESC LIMIT $2";
        self.events_by(select, before.map_or(&AuditEntry::BEYOND, Cursor::key), limit).await
    }
}

impl PostgresStore {
    async fn events_by(&self, select: &'static str, place: &[u8], limit: u16) -> Result<Page<AuditEntry>> {
        let rows = i64::try_from(Page::<AuditEntry>::rows(limit)).unwrap_or(i64::MAX);
        let select = || sqlx::query(select).bind(place.to_vec()).bind(rows);
        let items: Result<Vec<_>> = self.read_all(LIST, select).await?.iter().map(entry).collect();
        Ok(Page::of(items?, limit, AuditEntry::cursor))
    }
}

fn entry(row: &PgRow) -> Result<AuditEntry> {
    let key: &[u8] = row.value("key", LIST)?;
    let key = key.try_into().map_err(|_| StoreError::new(LIST, "key is not 16 bytes"))?;
    Ok(AuditEntry::new(key, row.record(LIST)?, row.time("expires_at", LIST)?))
}
