//! The state of the store.

use super::PostgresStore;
use super::migrations::newest;
use super::row::{Columns as _, seconds};
use crate::store::{Backlog, Examination, Examine, Result, Schema, Setting, StoreError};
use crate::time::UnixTime;

const DOING: &str = "tell of its state";

macro_rules! expired {
    ($table:literal, $expiry:literal) => {
        expired!($table, $expiry, $expiry, "$1")
    };
    ($table:literal, $expiry:literal, $ended:literal, $now:literal) => {
        (
            $table,
            concat!(
                "SELECT count(*) AS entries, min(ended) AS oldest FROM (SELECT ",
                $ended,
                " AS ended FROM ",
                $table,
                " WHERE ",
                $expiry,
                " <= ",
                $now,
                " ORDER BY ",
                $expiry,
                " LIMIT $2) AS expired"
            ),
        )
    };
}

const BACKLOG: [(&str, &str); 14] = [
    expired!("oauth_codes", "expires_at"),
    expired!("oauth_access_tokens", "expires_at"),
    expired!("oauth_refresh_tokens", "expires_at"),
    expired!("oauth_rotations", "expires_at"),
    expired!("oauth_sealed_successors", "expires_at"),
    expired!("oauth_revocations", "expires_at"),
    expired!("oauth_sessions", "expires_at"),
    expired!("oauth_device_codes", "kept_until"),
    expired!("oauth_replay_ids", "expires_at"),
    expired!("oauth_pushed_requests", "kept_until"),
    expired!("oauth_registrations", "expires_at"),
    expired!("oauth_logouts", "expires_at"),
    // In milliseconds.
    expired!("oauth_limits", "empty_at", "empty_at / 1000", "$1::bigint * 1000"),
    expired!("oauth_events", "expires_at"),
];

/// Settings on which rests what an answer means, with the values that keep it, and what another one does.
const SETTINGS: [(&str, &[&str], &str); 3] = [
    ("fsync", &["on"], "a crash of the machine may lose everything: set `fsync` to on"),
    (
        "synchronous_commit",
        &["on", "remote_apply", "remote_write", "local"],
        "a crash may bring back what was used up or revoked: set `synchronous_commit` to on",
    ),
    ("full_page_writes", &["on"], "a crash of the machine may tear pages: set `full_page_writes` to on"),
];

impl Examine for PostgresStore {
    async fn examine(&self, now: UnixTime) -> Result<Examination> {
        let ask = || {
            sqlx::query(
                "SELECT current_setting('server_version') AS version, \
                 floor(extract(epoch FROM clock_timestamp()))::bigint AS time, \
                 (SELECT coalesce(max(version), 0) FROM oauth_migrations) AS made, \
                 pg_database_size(current_database()) AS bytes",
            )
        };
        let row = self.read(DOING, ask).await?.ok_or_else(|| StoreError::new(DOING, "it says nothing"))?;
        let version: String = row.value("version", DOING)?;
        let mut examination = Examination::of(format!("PostgreSQL {version}"));
        examination.time = Some(row.time("time", DOING)?);
        let known = newest();
        examination.schema = Some(Schema { made: row.value("made", DOING)?, known });
        let bytes: i64 = row.value("bytes", DOING)?;
        examination.settings.push(Setting { name: "bytes", value: bytes.to_string(), fault: None });
        for (name, good, fault) in SETTINGS {
            let ask = || sqlx::query("SELECT current_setting($1, true) AS value").bind(name);
            let row = self.read(DOING, ask).await?;
            // What speaks like PostgreSQL may not know it.
            let value: Option<String> = row.map_or(Ok(None), |row| row.value("value", DOING))?;
            let Some(value) = value else { continue };
            let fault = (!good.contains(&value.as_str())).then_some(fault);
            examination.settings.push(Setting { name, value, fault });
        }
        for (kind, statement) in BACKLOG {
            let ask = || sqlx::query(statement).bind(seconds(now)).bind(i64::from(Backlog::MOST));
            let Some(row) = self.read(DOING, ask).await? else { continue };
            let entries: i64 = row.value("entries", DOING)?;
            let oldest = row.time_or_null("oldest", DOING)?;
            if entries > 0 {
                examination.backlog.push(Backlog { kind, entries: entries.unsigned_abs(), oldest });
            }
        }
        Ok(examination)
    }
}
