//! Upkeep.

use super::row::{Columns as _, seconds};
use super::run::SYSTEM;
use super::sessions::session;
use super::sweep::{SESSIONS, STATEMENTS};
use super::{PostgresStore, failed};
use crate::store::measure::measured;
use crate::store::{Ready, Result, Session, StoreError, Sweep};
use crate::time::UnixTime;

const SWEEP: &str = "remove what has expired";
const READY: &str = "say that it is ready";

/// Clients that registered themselves and were not used; their registrations go with them.
const CLIENTS: &str = "DELETE FROM oauth_clients WHERE client_id = ANY (ARRAY (SELECT client_id FROM oauth_registrations \
    WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED))";

impl Sweep for PostgresStore {
    async fn sweep(&self, before: UnixTime, limit: u32) -> Result<u64> {
        let mut removed = 0;
        for statement in STATEMENTS.into_iter().chain([CLIENTS]) {
            let left = u64::from(limit).saturating_sub(removed);
            if left == 0 {
                break;
            }
            let delete =
                sqlx::query(statement).bind(seconds(before)).bind(i64::try_from(left).unwrap_or(i64::MAX));
            let swept = measured(SYSTEM, SWEEP, async {
                self.connections.execute(delete).await.map_err(failed(SWEEP))
            });
            let swept = swept.await?;
            removed += swept.rows_affected();
        }
        Ok(removed)
    }

    async fn expire_sessions(&self, before: UnixTime, limit: u32) -> Result<Vec<Session>> {
        let expire = || Ok(sqlx::query(SESSIONS).bind(seconds(before)).bind(i64::from(limit)));
        self.write(SWEEP, expire).await?.iter().map(|row| session(row, SWEEP)).collect()
    }
}

impl Ready for PostgresStore {
    const IS_SHARED: bool = true;

    async fn ready(&self) -> Result<()> {
        // A follower says `on`, whatever it is set to.
        let ask = || {
            sqlx::query(
                "SELECT current_setting('transaction_read_only') = 'off' AS takes_writes, \
                 EXISTS (SELECT 1 FROM oauth_migrations) AS is_made",
            )
        };
        let Some(row) = self.read(READY, ask).await? else { return Ok(()) };
        if row.value("takes_writes", READY)? {
            Ok(())
        } else {
            Err(StoreError::overloaded(READY, "the database takes no writes: it is a follower, or read-only"))
        }
    }
}
