//! Statements, and which of their failures are worth another try.

use sqlx::Postgres;
use sqlx::postgres::{PgArguments, PgRow};

use super::connections::is_silence;
use super::{PostgresStore, failed};
use crate::store::measure::measured;
use crate::store::{Result, StoreError};

/// `db.system.name` of OpenTelemetry.
pub(super) const SYSTEM: &str = "postgresql";

pub(super) type Statement = sqlx::query::Query<'static, Postgres, PgArguments>;

/// A database that serialises by retries says so this often at most before it is an error. Whatever is repeated has done nothing.
const TRIES: usize = 3;

/// The use of a statement, for where nobody knows whether it ran.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// It changes nothing, or the same as before and answers the same: it is repeated.
    Again,
    /// A second time it would answer something else.
    Once,
}

impl PostgresStore {
    /// Runs one statement that changes nothing; the row that it returns.
    pub(super) async fn read(
        &self,
        doing: &'static str,
        statement: impl Fn() -> Statement,
    ) -> Result<Option<PgRow>> {
        Ok(self.run(doing, Use::Again, || Ok(statement())).await?.pop())
    }

    /// Runs one statement that changes nothing; the rows that it returns.
    pub(super) async fn read_all(
        &self,
        doing: &'static str,
        statement: impl Fn() -> Statement,
    ) -> Result<Vec<PgRow>> {
        self.run(doing, Use::Again, || Ok(statement())).await
    }

    /// Runs one statement that may change something; the rows that it returns.
    pub(super) async fn write(
        &self,
        doing: &'static str,
        statement: impl Fn() -> Result<Statement>,
    ) -> Result<Vec<PgRow>> {
        self.run(doing, Use::Once, statement).await
    }

    /// Runs one statement that knows its own [`Attempt`](crate::store::Attempt) again, or that comes to the same if it is run twice;
    /// the rows that it returns.
    pub(super) async fn write_again(
        &self,
        doing: &'static str,
        statement: impl Fn() -> Result<Statement>,
    ) -> Result<Vec<PgRow>> {
        self.run(doing, Use::Again, statement).await
    }

    /// Runs one statement that changes something or nothing: true if it returns a row.
    pub(super) async fn changes(
        &self,
        doing: &'static str,
        statement: impl Fn() -> Result<Statement>,
    ) -> Result<bool> {
        Ok(!self.write(doing, statement).await?.is_empty())
    }

    async fn run(
        &self,
        doing: &'static str,
        usage: Use,
        statement: impl Fn() -> Result<Statement>,
    ) -> Result<Vec<PgRow>> {
        // After the server has started again, each connection that nobody uses is gone.
        let idle = if usage == Use::Again { self.connections.idle() } else { 0 };
        let (mut tries, most) = (1, TRIES + idle);
        let ran = async {
            loop {
                match self.connections.fetch_all(statement()?).await {
                    Ok(rows) => return Ok(rows),
                    Err(cause) if tries < most && has_done_nothing(&cause, usage) => tries += 1,
                    Err(cause) if is_kept_already(&cause) => return Err(StoreError::already_kept(doing)),
                    Err(cause) => return Err(failed(doing)(cause)),
                }
            }
        };
        measured(SYSTEM, doing, ran).await
    }
}

// SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html
const SERIALIZATION_FAILURE: &str = "40001";
const DEADLOCK_DETECTED: &str = "40P01";
const LOCK_NOT_AVAILABLE: &str = "55P03";
const QUERY_CANCELED: &str = "57014";
const CLASS_INSUFFICIENT_RESOURCES: &str = "53";
const CLASS_OPERATOR_INTERVENTION: &str = "57P";
const READ_ONLY_TRANSACTION: &str = "25006";

fn state(error: &sqlx::Error) -> Option<std::borrow::Cow<'_, str>> {
    error.as_database_error()?.code()
}

/// Tells whether a statement can be run again. Its connection may have been gone before it: nobody asks it first.
fn has_done_nothing(error: &sqlx::Error, usage: Use) -> bool {
    match error {
        sqlx::Error::Database(_) => state(error).is_some_and(|state| {
            state == SERIALIZATION_FAILURE
                || state == DEADLOCK_DETECTED
                || (usage == Use::Again && state.starts_with(CLASS_OPERATOR_INTERVENTION))
        }),
        // Who waited in vain has waited long enough.
        _ if is_silence(error) => false,
        sqlx::Error::Io(_) | sqlx::Error::Protocol(_) => usage == Use::Again,
        _ => false,
    }
}

/// Tells whether it may be better in a moment: the database cannot be reached, starts or stops, is full, is a follower until it leads, or waits for a
/// lock; or all connections are in use.
pub(super) fn is_passing(error: &sqlx::Error) -> bool {
    match error {
        // A connection that is cut while it is made is a breach of the protocol to sqlx.
        sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) | sqlx::Error::Protocol(_) => true,
        sqlx::Error::Database(_) => state(error).is_some_and(|state| {
            [
                SERIALIZATION_FAILURE,
                DEADLOCK_DETECTED,
                LOCK_NOT_AVAILABLE,
                QUERY_CANCELED,
                READ_ONLY_TRANSACTION,
            ]
            .contains(&state.as_ref())
                || state.starts_with(CLASS_INSUFFICIENT_RESOURCES)
                || state.starts_with(CLASS_OPERATOR_INTERVENTION)
        }),
        _ => false,
    }
}

/// Tells whether somebody else has a lock that was not waited for any longer, or waited for us meanwhile.
pub(super) fn is_locked(error: &sqlx::Error) -> bool {
    state(error).is_some_and(|state| state == LOCK_NOT_AVAILABLE || state == DEADLOCK_DETECTED)
}

fn is_kept_already(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}
