//! A store in an `SQLite` file.

mod clients;
mod codes;
mod consents;
mod devices;
mod legacy;
mod markers;
mod migrations;
mod open;
mod purge;
mod pushed_requests;
mod registrations;
mod replay_ids;
mod row;
mod sessions;
mod single_use;
mod tokens;
mod users;

use std::path::Path;
use std::sync::Arc;

use sqlx::{Sqlite, SqlitePool, Transaction};

pub use self::open::OpenError;
use self::purge::Purge;
use super::{Result, StoreError};

/// Keeps everything in an `SQLite` database, in every role. Clones share their connections, and any number of instances
/// on one machine can share the file.
///
/// Its tables are prefixed `oauth_` and made by migrations that are part of this crate. Codes, tokens and sessions that
/// have expired go away by themselves, some with every few writes.
///
/// What is written is written to the disk before it is answered (`synchronous = FULL`): a code that was redeemed or a
/// token that was revoked must stay so after a power cut.
///
/// ```no_run
/// use oauth_core::prelude::*;
///
/// # async fn example() -> std::result::Result<(), Box<dyn std::error::Error>> {
/// let store = SqliteStore::open("oauth.db").await?;
/// store.save_client(Client::public("notes").redirect_uri("https://notes.example/callback").build()?).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct SqliteStore {
    reader: SqlitePool,
    /// One connection where the pool is our own: `SQLite` has one writer at a time, and waiting for a connection is
    /// fairer and cheaper than waiting for the file's lock.
    writer: SqlitePool,
    purge: Arc<Purge>,
}

impl SqliteStore {
    /// Opens the database in this file, and makes what is missing of it: the file, its tables. Waits at most five
    /// seconds for another process that has locked it.
    ///
    /// # Errors
    ///
    /// One line that names the file and says what is wrong with it.
    pub async fn open(path: impl AsRef<Path>) -> std::result::Result<Self, OpenError> {
        let (reader, writer) = open::open(path.as_ref()).await?;
        Ok(Self { reader, writer, purge: Arc::default() })
    }

    /// Keeps its tables in an application's own database, beside the application's tables and migrations.
    ///
    /// The pool's own options apply. A `busy_timeout` above zero is needed where the database has other writers.
    ///
    /// # Errors
    ///
    /// If the tables cannot be made: another part of the application has a table of that name.
    pub async fn from_pool(pool: SqlitePool) -> std::result::Result<Self, OpenError> {
        migrations::migrate(&pool).await.map_err(OpenError::of_pool)?;
        Ok(Self { reader: pool.clone(), writer: pool, purge: Arc::default() })
    }

    /// Closes the connections, those of clones too, once what is under way is done. Operations fail from then on.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }

    /// A transaction that may write. It takes the file's write lock at once: one that started by reading could not get
    /// it any more after another has written (`SQLITE_BUSY_SNAPSHOT`).
    async fn begin(&self, doing: &'static str) -> Result<Transaction<'static, Sqlite>> {
        self.writer.begin_with("BEGIN IMMEDIATE").await.map_err(failed(doing))
    }
}

/// A failure of the database while `doing` something.
fn failed(doing: &'static str) -> impl FnOnce(sqlx::Error) -> StoreError {
    move |cause| StoreError::new(doing, cause)
}

/// The same as [`failed`], where the one constraint is that a hash is kept once.
fn failed_or_kept(doing: &'static str) -> impl FnOnce(sqlx::Error) -> StoreError {
    move |cause| {
        if cause.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation) {
            StoreError::already_kept(doing)
        } else {
            StoreError::new(doing, cause)
        }
    }
}
