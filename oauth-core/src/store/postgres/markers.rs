//! Markers: what was revoked.

use super::PostgresStore;
use super::row::{Columns as _, array, seconds};
use super::run::Statement;
use crate::store::{Marks, Result, Revocation, RevocationStore};
use crate::time::UnixTime;

/// The condition that no marker ends the row `t`.
macro_rules! is_live {
    () => {
        "NOT EXISTS (SELECT 1 FROM oauth_revocations AS r WHERE r.key = ANY (t.marks) AND r.granted_before >= t.granted_at)"
    };
    ($marks:literal, $granted_at:literal) => {
        concat!(
            "NOT EXISTS (SELECT 1 FROM oauth_revocations AS r WHERE r.key = ANY (",
            $marks,
            "::bytea[]) AND r.granted_before >= ",
            $granted_at,
            "::bigint)"
        )
    };
}
pub(super) use is_live;

/// The insertion of a marker, as the head of a statement: `key`, `granted_before` and `expires_at` follow as a `VALUES` or `SELECT`.
macro_rules! mark {
    ($values:literal) => {
        concat!(
            "INSERT INTO oauth_revocations AS r (key, granted_before, expires_at) ",
            $values,
            " ON CONFLICT (key) DO UPDATE SET granted_before = greatest(r.granted_before, excluded.granted_before), \
             expires_at = greatest(r.expires_at, excluded.expires_at)"
        )
    };
}
pub(super) use mark;

impl RevocationStore for PostgresStore {
    async fn is_revoked(&self, marks: &Marks, granted_at: UnixTime) -> Result<bool> {
        self.is_marked(marks, granted_at, "look up revocations").await
    }
}

impl PostgresStore {
    /// Tells whether a marker ends what is not in a row of its own.
    pub(super) async fn is_marked(
        &self,
        marks: &Marks,
        granted_at: UnixTime,
        doing: &'static str,
    ) -> Result<bool> {
        let ask = || -> Statement {
            sqlx::query(concat!("SELECT NOT ", is_live!("$1", "$2"), " AS is_revoked"))
                .bind(array(marks))
                .bind(seconds(granted_at))
        };
        let row = self.read(doing, ask).await?;
        row.map_or(Ok(false), |row| row.value("is_revoked", doing))
    }

    pub(super) async fn keep_marker(&self, revocation: &Revocation, until: UnixTime) -> Result<()> {
        self.write_again("revoke", || {
            Ok(sqlx::query(mark!("VALUES ($1, $2, $3)"))
                .bind(revocation.key().to_vec())
                .bind(seconds(revocation.before()))
                .bind(seconds(until)))
        })
        .await?;
        Ok(())
    }
}
