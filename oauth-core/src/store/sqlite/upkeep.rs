//! Upkeep.

use sqlx::SqliteConnection;

use super::job::Written;
use super::row::seconds;
use super::sweep::STATEMENTS;
use super::{SqliteStore, failed};
use crate::store::{Ready, Result, Sweep};
use crate::time::UnixTime;

const SWEEP: &str = "remove what has expired";
const READY: &str = "say that it is ready";

/// Clients that registered themselves and were not used; their registrations go with them.
const CLIENTS: &str = "DELETE FROM oauth_clients WHERE client_id IN \
    (SELECT client_id FROM oauth_registrations WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)";

impl Sweep for SqliteStore {
    const SWEEPS_ITSELF: bool = true;

    async fn sweep(&self, before: UnixTime, limit: u32) -> Result<u64> {
        self.writer.transact(SWEEP, move |connection| Box::pin(sweep(connection, before, limit))).await
    }
}

async fn sweep(connection: &mut SqliteConnection, before: UnixTime, limit: u32) -> Result<Written<u64>> {
    let mut removed = 0;
    for statement in STATEMENTS.into_iter().chain([CLIENTS]) {
        let left = u64::from(limit).saturating_sub(removed);
        let swept = sqlx::query(statement)
            .bind(seconds(before))
            .bind(i64::try_from(left).unwrap_or(i64::MAX))
            .execute(&mut *connection)
            .await
            .map_err(failed(SWEEP))?;
        removed += swept.rows_affected();
    }
    Ok(Written::Kept(removed))
}

impl Ready for SqliteStore {
    async fn ready(&self) -> Result<()> {
        let is_made = "SELECT count(*) FROM oauth_migrations";
        sqlx::query(is_made).execute(&self.reader).await.map_err(failed(READY))?;
        // The writer takes the lock of the file for it, and a commit without changes writes nothing.
        self.writer.rows(READY, sqlx::query(is_made)).await?;
        Ok(())
    }
}
