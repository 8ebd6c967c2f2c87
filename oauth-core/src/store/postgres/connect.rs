//! Connecting to a database, and what can be wrong with it.

use std::error::Error as StdError;
use std::fmt;
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection as _, PgConnection, PgPool};

use super::migrations::migrate;
use crate::store::migrations::Refusal;

const CONNECTIONS: u32 = 32;
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);

/// Connects, and makes what is missing.
pub(super) async fn connect(url: &str) -> Result<PgPool, ConnectError> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| ConnectError { database: "of the given URL".to_owned(), reason: Reason::Url })?;
    let database = options.get_database().unwrap_or_else(|| options.get_username());
    let database = format!("`{database}` at `{}:{}`", options.get_host(), options.get_port());
    let options = options.application_name("oauth-core").options([
        ("statement_timeout", "2s"),
        ("lock_timeout", "1s"),
        ("idle_in_transaction_session_timeout", "10s"),
    ]);
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // A round trip for each statement; a read that finds its connection gone is repeated instead.
        .test_before_acquire(false);
    let prepare = async {
        // A pool goes on trying, and then knows no more than that it took too long.
        PgConnection::connect_with(&options).await?.close().await?;
        let pool = pool.connect_with(options).await?;
        migrate(&pool).await?;
        Ok(pool)
    };
    prepare.await.map_err(|reason| ConnectError { database, reason })
}

/// The reason that a database cannot be used. One line, without a password; `Debug`, which `main` prints, is the same line.
pub struct ConnectError {
    database: String,
    reason: Reason,
}

impl ConnectError {
    pub(super) fn of_pool(reason: Reason) -> Self {
        Self { database: "of the given pool".to_owned(), reason }
    }
}

pub(super) enum Reason {
    Url,
    Database(sqlx::Error),
    Refused(Refusal),
    Tables(sqlx::Error),
    /// A pool is too small to build an index.
    OneConnection,
}

impl From<sqlx::Error> for Reason {
    fn from(cause: sqlx::Error) -> Self {
        Self::Database(cause)
    }
}

impl From<Refusal> for Reason {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot use the PostgreSQL database {}: ", self.database)?;
        match &self.reason {
            Reason::Url => f.write_str("it is no URL such as `postgres://user:password@host:5432/database`"),
            Reason::Refused(refusal) => fmt::Display::fmt(refusal, f),
            Reason::Tables(cause) => write!(f, "its tables could not be made: {}", message(cause)),
            Reason::OneConnection => f.write_str(
                "an index is missing, and the pool has one connection where building it takes two: give it `max_connections(2)` or more",
            ),
            Reason::Database(cause) => f.write_str(&message(cause)),
        }
    }
}

impl fmt::Debug for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl StdError for ConnectError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.reason {
            Reason::Database(cause) | Reason::Tables(cause) => Some(cause),
            Reason::Url | Reason::Refused(_) | Reason::OneConnection => None,
        }
    }
}

/// The message of the database itself, or of the connection.
fn message(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => error.message().to_owned(),
        sqlx::Error::Io(error) => format!("it cannot be reached: {error}"),
        sqlx::Error::PoolTimedOut => {
            format!("it gave no connection within {} seconds", ACQUIRE_TIMEOUT.as_secs())
        }
        other => other.to_string(),
    }
}
