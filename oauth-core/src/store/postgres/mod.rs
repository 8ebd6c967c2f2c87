//! A store in a `PostgreSQL` database.

mod audit;
mod clients;
mod codes;
mod connect;
mod connections;
mod consents;
mod devices;
mod examine;
mod keys;
mod limits;
mod lists;
mod logouts;
mod markers;
mod migrations;
mod pushed_requests;
mod registrations;
mod replay_ids;
mod row;
mod run;
mod sessions;
mod single_use;
mod sweep;
mod tokens;
mod upkeep;
mod users;

use sqlx::PgPool;

pub use self::connect::ConnectError;
use self::connections::Connections;
use super::StoreError;

/// Keeps everything in a `PostgreSQL` database, in every role. Clones share their connections, and any number of instances on any
/// number of machines can share the database.
///
/// Its tables are prefixed `oauth_` and made by migrations that are part of this crate. Each operation is one statement, but for
/// registrations of clients; a refresh is one commit. Codes, tokens and sessions that have expired are removed by servers that
/// [are maintained](crate::server::RunningServer::maintain), by whichever instance comes first.
///
/// What is answered is durable as far as `synchronous_commit` of the database says: leave it `on`, or a code that was redeemed may
/// be there again after a crash. The counts of [guesses](crate::limits) are not logged: a crash forgets them, and so does a follower that
/// takes over. PostgreSQL 14 is the oldest that it is meant for.
///
/// ```no_run
/// use oauth_core::prelude::*;
///
/// # async fn example() -> std::result::Result<(), Box<dyn std::error::Error>> {
/// let store = PostgresStore::connect("postgres://oauth@localhost/oauth").await?;
/// store.save_client(Client::public("notes").redirect_uri("https://notes.example/callback").build()?).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct PostgresStore {
    connections: Connections,
}

impl PostgresStore {
    /// Connects to the database of this URL, and makes the tables that are missing. It uses 32 connections at most, waits 3 seconds
    /// for one, 1 second for a lock, 2 seconds for a statement, and 3 seconds for any answer at all. `sslmode` of the URL says how far the server is trusted
    /// (`verify-full` is the whole of it), and `sslrootcert` who vouches for it.
    ///
    /// # Errors
    ///
    /// One line that names the host and the database, never the password, and says what is wrong.
    pub async fn connect(url: &str) -> Result<Self, ConnectError> {
        let pool = connect::connect(url).await?;
        Ok(Self { connections: Connections::of(pool) })
    }

    /// Keeps its tables in an application's own database, beside the application's tables and migrations. The pool's own options
    /// apply.
    ///
    /// # Errors
    ///
    /// If the tables cannot be made: another part of the application has a table of that name.
    pub async fn from_pool(pool: PgPool) -> Result<Self, ConnectError> {
        migrations::migrate(&pool).await.map_err(ConnectError::of_pool)?;
        Ok(Self { connections: Connections::of(pool) })
    }

    /// Closes the connections, those of clones too, once what is under way is done. Operations fail from then on.
    pub async fn close(&self) {
        self.connections.close().await;
    }
}

/// A failure of the database while `doing` something.
fn failed(doing: &'static str) -> impl FnOnce(sqlx::Error) -> StoreError {
    move |cause| {
        if run::is_passing(&cause) {
            StoreError::overloaded(doing, cause)
        } else {
            StoreError::new(doing, cause)
        }
    }
}
