//! The state of the store.

use sqlx::Row as _;

use super::migrations::newest;
use super::row::{Columns as _, seconds};
use super::{SqliteStore, failed};
use crate::store::{Backlog, Examination, Examine, Result, Schema, Setting, StoreError};
use crate::time::UnixTime;

const DOING: &str = "tell of its state";

macro_rules! expired {
    ($table:literal, $expiry:literal) => {
        expired!($table, $expiry, $expiry, "?1")
    };
    ($table:literal, $expiry:literal, $ended:literal, $now:literal) => {
        (
            $table,
            concat!(
                "SELECT count(*) AS entries, min(end) AS oldest FROM (SELECT ",
                $ended,
                " AS end FROM ",
                $table,
                " WHERE ",
                $expiry,
                " <= ",
                $now,
                " ORDER BY ",
                $expiry,
                " LIMIT ?2)"
            ),
        )
    };
}

const BACKLOG: [(&str, &str); 13] = [
    expired!("oauth_codes", "expires_at"),
    expired!("oauth_access_tokens", "expires_at"),
    expired!("oauth_refresh_tokens", "expires_at"),
    expired!("oauth_sealed_successors", "expires_at"),
    expired!("oauth_revocations", "expires_at"),
    expired!("oauth_sessions", "expires_at"),
    expired!("oauth_device_codes", "kept_until"),
    expired!("oauth_replay_ids", "expires_at"),
    expired!("oauth_pushed_requests", "kept_until"),
    expired!("oauth_registrations", "expires_at"),
    expired!("oauth_logouts", "expires_at"),
    // In milliseconds.
    expired!("oauth_limits", "empty_at", "empty_at / 1000", "?1 * 1000"),
    expired!("oauth_events", "expires_at"),
];

impl Examine for SqliteStore {
    async fn examine(&self, now: UnixTime) -> Result<Examination> {
        let version: String = self.ask("SELECT sqlite_version()").await?;
        let mut examination = Examination::of(format!("SQLite {version}"));
        let made = self.ask("SELECT coalesce(max(version), 0) FROM oauth_migrations").await?;
        let known = newest();
        examination.schema = Some(Schema { made, known });
        let journal: String = self.ask("PRAGMA journal_mode").await?;
        let is_wal = journal == "wal";
        examination.settings.push(Setting {
            name: "journal_mode",
            value: journal,
            fault: (!is_wal).then_some("readers wait for writers: `PRAGMA journal_mode = WAL`"),
        });
        let synchronous: i64 = self.ask("PRAGMA synchronous").await?;
        examination.settings.push(Setting {
            name: "synchronous",
            value: ["OFF", "NORMAL", "FULL", "EXTRA"]
                .get(usize::try_from(synchronous).unwrap_or(usize::MAX))
                .map_or_else(|| synchronous.to_string(), |name| (*name).to_owned()),
            fault: (synchronous < 2).then_some(
                "a power cut may bring back what was used up or revoked: set `synchronous` to FULL",
            ),
        });
        let bytes: i64 =
            self.ask("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()").await?;
        examination.settings.push(Setting { name: "bytes", value: bytes.to_string(), fault: None });
        for (kind, statement) in BACKLOG {
            examination.backlog.extend(self.backlog(kind, statement, now).await?);
        }
        Ok(examination)
    }
}

impl SqliteStore {
    async fn ask<T>(&self, question: &'static str) -> Result<T>
    where
        T: for<'r> sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite> + Send + Unpin,
    {
        let select = sqlx::query_scalar(question);
        self.read(DOING, select.fetch_one(&self.reader)).await
    }

    async fn backlog(
        &self,
        kind: &'static str,
        statement: &'static str,
        now: UnixTime,
    ) -> Result<Option<Backlog>> {
        let select = sqlx::query(statement).bind(seconds(now)).bind(Backlog::MOST);
        let row = self.read(DOING, select.fetch_one(&self.reader)).await?;
        let entries: i64 = row.try_get("entries").map_err(failed(DOING))?;
        if entries == 0 {
            return Ok(None);
        }
        let oldest = row.time("oldest").map_err(|cause| StoreError::new(DOING, cause))?;
        Ok(Some(Backlog { kind, entries: entries.unsigned_abs(), oldest: Some(oldest) }))
    }
}
