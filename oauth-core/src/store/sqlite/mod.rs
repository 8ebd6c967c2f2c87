//! A store in an `SQLite` file.

mod audit;
mod backup;
mod clients;
mod codes;
mod consents;
mod devices;
mod examine;
#[cfg(feature = "metrics")]
mod figures;
mod insert;
mod job;
mod keys;
mod legacy;
mod limits;
mod lists;
mod logouts;
mod markers;
mod migrations;
mod open;
mod pushed_requests;
mod registrations;
mod replay_ids;
mod row;
mod sessions;
mod single_use;
mod sweep;
mod tokens;
mod upkeep;
mod users;
mod writer;

use std::path::Path;
use std::sync::Arc;

use sqlx::SqlitePool;

pub use self::open::OpenError;
use self::writer::Writer;
use super::measure::measured;
use super::{Result, StoreError};

/// Keeps everything in an `SQLite` database, in every role. Clones share their connections, and any number of instances
/// on one machine can share the file.
///
/// Its tables are prefixed `oauth_` and made by migrations that are part of this crate. Codes, tokens and sessions that
/// have expired go away by themselves, some after every few writes.
///
/// What is written is written to the disk before it is answered (`synchronous = FULL`): a code that was redeemed or a
/// token that was revoked must stay so after a power cut. What is asked for while the disk is busy shares the next commit, so that
/// many callers cost little more than one; where more than 1,024 wait, or the file is locked or full, the answer is 503 with
/// `Retry-After`.
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
    writer: Arc<Writer>,
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
        Ok(Self { reader, writer: Arc::new(Writer::of_own_file(writer)) })
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
        Ok(Self { reader: pool.clone(), writer: Arc::new(Writer::of_application(pool)) })
    }

    /// Waits for what is read, beside the writer.
    async fn read<T>(
        &self,
        doing: &'static str,
        read: impl Future<Output = std::result::Result<T, sqlx::Error>>,
    ) -> Result<T> {
        measured(SYSTEM, doing, async { read.await.map_err(failed(doing)) }).await
    }

    /// Closes the connections, those of clones too, once what is under way is done. Operations fail from then on.
    pub async fn close(&self) {
        self.writer.close().await;
        self.reader.close().await;
    }
}

/// `db.system.name` of OpenTelemetry.
const SYSTEM: &str = "sqlite";

/// A failure of the database while `doing` something.
fn failed(doing: &'static str) -> impl FnOnce(sqlx::Error) -> StoreError {
    move |cause| {
        if open::is_passing(&cause) {
            StoreError::overloaded(doing, cause)
        } else {
            StoreError::new(doing, cause)
        }
    }
}

/// The same as [`failed`], where the one constraint is that a hash is kept once.
fn failed_or_kept(doing: &'static str) -> impl FnOnce(sqlx::Error) -> StoreError {
    move |cause| {
        if cause.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation) {
            StoreError::already_kept(doing)
        } else {
            failed(doing)(cause)
        }
    }
}
