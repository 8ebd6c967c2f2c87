//! Connections whose other end may be gone without a word.

use std::io;
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgQueryResult, PgRow};
use sqlx::{PgPool, Postgres};
use tokio::runtime::Handle;
use tokio::time::timeout;

use super::run::Statement;

/// The longest that an answer is waited for. The server gives up a statement before, and says so: who hears nothing has no link.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(3);

/// A connection of a pool. The pool asks each that is given back whether it is well, and would wait for the answer as long as the system
/// repeats what nobody acknowledges: a quarter of an hour, in which the connection is lent to nobody.
pub(super) struct Lent(Option<PoolConnection<Postgres>>);

impl Lent {
    pub(super) async fn from(pool: &PgPool) -> Result<Self, sqlx::Error> {
        Ok(Self(Some(pool.acquire().await?)))
    }

    /// Asks all that nobody uses whether they are well. Where one link broke, others did: whoever got them would wait in vain.
    pub(super) fn ask_all_that_are_idle(pool: &PgPool) {
        while let Some(connection) = pool.try_acquire() {
            drop(Self(Some(connection)));
        }
    }

    /// Runs a statement; the rows that it returns.
    pub(super) async fn fetch_all(&mut self, statement: Statement) -> Result<Vec<PgRow>, sqlx::Error> {
        let connection = self.0.as_deref_mut().ok_or(sqlx::Error::PoolClosed)?;
        timeout(ANSWER_TIMEOUT, statement.fetch_all(connection)).await.unwrap_or_else(|_| Err(silence()))
    }

    /// Runs a statement that returns nothing.
    pub(super) async fn execute(&mut self, statement: Statement) -> Result<PgQueryResult, sqlx::Error> {
        let connection = self.0.as_deref_mut().ok_or(sqlx::Error::PoolClosed)?;
        timeout(ANSWER_TIMEOUT, statement.execute(connection)).await.unwrap_or_else(|_| Err(silence()))
    }
}

fn silence() -> sqlx::Error {
    sqlx::Error::Io(io::Error::new(io::ErrorKind::TimedOut, "the database does not answer"))
}

/// Tells whether an answer was waited for in vain.
pub(super) fn is_silence(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Io(cause) if cause.kind() == io::ErrorKind::TimedOut)
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Ok(runtime) = Handle::try_current() else { return };
        if let Some(mut connection) = self.0.take() {
            // Where the time is over the connection is closed.
            runtime.spawn(timeout(ANSWER_TIMEOUT, connection.return_to_pool()));
        }
    }
}
