//! Markers: what was revoked.

use sqlx::{SqliteConnection, SqliteExecutor};

use super::SqliteStore;
use super::row::seconds;
use super::writer::Statement;
use crate::store::{Marks, Result, Revocation, RevocationStore};
use crate::time::UnixTime;

/// The condition that no marker ends the row `t`: its marks are the keys, one after the other.
macro_rules! is_live {
    () => {
        "NOT EXISTS (SELECT 1 FROM oauth_revocations AS r WHERE r.granted_before >= t.granted_at AND r.key IN \
         (substr(t.marks, 1, 16), substr(t.marks, 17, 16), substr(t.marks, 33, 16), substr(t.marks, 49, 16), \
         substr(t.marks, 65, 16), substr(t.marks, 81, 16)))"
    };
}
pub(super) use is_live;

/// Tells whether a marker ends what is not in a row of its own.
pub(super) async fn is_revoked<'c>(
    executor: impl SqliteExecutor<'c>,
    marks: &Marks,
    granted_at: UnixTime,
) -> std::result::Result<bool, sqlx::Error> {
    let [own, family, session, subject, client, grant] = marks.keys();
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM oauth_revocations \
         WHERE granted_before >= ?1 AND key IN (?2, ?3, ?4, ?5, ?6, ?7))",
    )
    .bind(seconds(granted_at))
    .bind(&own[..])
    .bind(&family[..])
    .bind(&session[..])
    .bind(&subject[..])
    .bind(&client[..])
    .bind(&grant[..])
    .fetch_one(executor)
    .await
}

pub(super) async fn mark(
    connection: &mut SqliteConnection,
    revocation: &Revocation,
    until: UnixTime,
) -> std::result::Result<(), sqlx::Error> {
    marking(revocation, until).execute(connection).await?;
    Ok(())
}

fn marking(revocation: &Revocation, until: UnixTime) -> Statement {
    sqlx::query(
        "INSERT INTO oauth_revocations (key, granted_before, expires_at) VALUES (?1, ?2, ?3) \
         ON CONFLICT (key) DO UPDATE SET granted_before = max(granted_before, excluded.granted_before), \
         expires_at = max(expires_at, excluded.expires_at)",
    )
    .bind(&revocation.key()[..])
    .bind(seconds(revocation.before()))
    .bind(seconds(until))
}

impl RevocationStore for SqliteStore {
    async fn is_revoked(&self, marks: &Marks, granted_at: UnixTime) -> Result<bool> {
        self.read("look up revocations", is_revoked(&self.reader, marks, granted_at)).await
    }
}

impl SqliteStore {
    pub(super) async fn keep_marker(&self, revocation: &Revocation, until: UnixTime) -> Result<()> {
        self.writer.execute("revoke", marking(revocation, until)).await?;
        Ok(())
    }
}
