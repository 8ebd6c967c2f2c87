//! Opening a database, and what can be wrong with it.

use std::error::Error as StdError;
use std::fmt;
use std::path::Path;
use std::time::{Duration, Instant};

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions, SqliteSynchronous};

use super::migrations::migrate;
use super::row::Cause;
use crate::secret_file::warn_if_shared;
use crate::store::migrations::Refusal;

const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const RETRY_EVERY: Duration = Duration::from_millis(20);
const READERS: u32 = 4;
/// The largest file that is checked from end to end: a larger one would delay the start.
const CHECKED_BYTES: u64 = 256 << 20;

/// Opens the readers and the writer of a file.
pub(super) async fn open(path: &Path) -> Result<(SqlitePool, SqlitePool), OpenError> {
    let fail = |reason: Reason| OpenError { database: format!("`{}`", path.display()), reason };
    // Absolute, because `:memory:` and `file:…` would mean something else to SQLite.
    let file = std::path::absolute(path).map_err(|cause| fail(Reason::Path(cause.to_string())))?;
    check_path(&file).map_err(|reason| fail(Reason::Path(reason.to_owned())))?;
    create(&file).map_err(|cause| fail(Reason::Path(cause.to_string())))?;
    warn_if_shared(&file, "password hashes and what is known of people");
    let options = SqliteConnectOptions::new()
        .filename(&file)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .synchronous(SqliteSynchronous::Full);
    let prepare = async {
        let writer = pool(1).connect_with(options.clone()).await?;
        use_wal(&writer).await?;
        check_content(&writer, &file).await?;
        migrate(&writer).await?;
        Ok(writer)
    };
    let writer = prepare.await.map_err(fail)?;
    let reader = pool(READERS).connect_lazy_with(options);
    Ok((reader, writer))
}

/// So many connections to a file, which is there each time: nobody asks it.
fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new().max_connections(connections).test_before_acquire(false)
}

/// `SQLite` says "unable to open database file" to all of these.
fn check_path(file: &Path) -> Result<(), &'static str> {
    if file.is_dir() {
        return Err("it is a directory, not a file");
    }
    if file.parent().is_some_and(|directory| !directory.is_dir()) {
        return Err("its directory does not exist");
    }
    Ok(())
}

/// Makes the file if it is not there, readable by its owner only: it will hold password hashes and what is known of people.
/// The files that `SQLite` adds beside it get the same permissions.
fn create(file: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Err(cause) if cause.kind() != std::io::ErrorKind::AlreadyExists => Err(cause),
        _ => Ok(()),
    }
}

/// Lets readers go on while one writes. The file remembers it.
async fn use_wal(writer: &SqlitePool) -> Result<(), Reason> {
    let started = Instant::now();
    loop {
        match sqlx::query("PRAGMA journal_mode = WAL").execute(writer).await {
            Ok(_) => return Ok(()),
            // Two that open a new file at once: this change fails without waiting for the other.
            Err(cause) if is_locked(&cause) && started.elapsed() < BUSY_TIMEOUT => {
                tokio::time::sleep(RETRY_EVERY).await;
            }
            Err(cause) => return Err(cause.into()),
        }
    }
}

async fn check_content(writer: &SqlitePool, file: &Path) -> Result<(), Reason> {
    if file.metadata().is_ok_and(|metadata| metadata.len() > CHECKED_BYTES) {
        return Ok(());
    }
    let finding: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(writer).await?;
    if finding == "ok" { Ok(()) } else { Err(Reason::Corrupt) }
}

/// The reason that a database cannot be used. One line; `Debug`, which `main` prints, is the same line.
pub struct OpenError {
    database: String,
    reason: Reason,
}

impl OpenError {
    pub(super) fn of_pool(reason: Reason) -> Self {
        Self { database: "of the given pool".to_owned(), reason }
    }
}

pub(super) enum Reason {
    Path(String),
    Corrupt,
    Database(sqlx::Error),
    Refused(Refusal),
    Tables(sqlx::Error),
    Content(Cause),
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

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot open the SQLite database {}: ", self.database)?;
        match &self.reason {
            Reason::Path(reason) => f.write_str(reason),
            Reason::Corrupt => f.write_str(CORRUPT),
            Reason::Refused(refusal) => fmt::Display::fmt(refusal, f),
            Reason::Tables(cause) => write!(f, "its tables could not be made: {}", message(cause)),
            Reason::Content(cause) => {
                write!(f, "what an older version wrote could not be carried over: {cause}")
            }
            Reason::Database(cause) => match primary_code(cause) {
                Some(BUSY | LOCKED) => write!(
                    f,
                    "another process has locked it, and did not let go within {} seconds",
                    BUSY_TIMEOUT.as_secs()
                ),
                Some(NOT_A_DATABASE) => f.write_str("it is not an SQLite database"),
                Some(MALFORMED) => f.write_str(CORRUPT),
                Some(READ_ONLY) => f.write_str(
                    "it cannot be written: check the permissions of the file and of its directory",
                ),
                Some(CANNOT_OPEN) => f.write_str("check the permissions of the file and of its directory"),
                _ => f.write_str(&message(cause)),
            },
        }
    }
}

impl fmt::Debug for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl StdError for OpenError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.reason {
            Reason::Path(_) | Reason::Corrupt | Reason::Refused(_) => None,
            Reason::Database(cause) | Reason::Tables(cause) => Some(cause),
            Reason::Content(cause) => Some(cause.as_ref()),
        }
    }
}

const CORRUPT: &str = "it is corrupt: restore it from a backup";

// Primary result codes, https://www.sqlite.org/rescode.html
const BUSY: i32 = 5;
const LOCKED: i32 = 6;
const READ_ONLY: i32 = 8;
const MALFORMED: i32 = 11;
const CANNOT_OPEN: i32 = 14;
const NOT_A_DATABASE: i32 = 26;

const FULL: i32 = 13;
/// The codes of a statement that could not do what it was asked, after which the transaction goes on: an error of its own, a value that is
/// too large, a constraint that does not hold, a type that does not fit, an index out of range.
const REFUSALS: [i32; 5] = [1, 18, 19, 20, 25];

/// Tells whether it may be better in a moment: the file is locked, the disk is full, or all connections are in use.
pub(super) fn is_passing(error: &sqlx::Error) -> bool {
    is_locked(error) || primary_code(error) == Some(FULL) || matches!(error, sqlx::Error::PoolTimedOut)
}

/// Tells whether a statement did not do what it was asked, or returned what was not expected, and nothing else is wrong.
pub(super) fn is_refusal(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Database(_) => primary_code(error).is_some_and(|code| REFUSALS.contains(&code)),
        sqlx::Error::Io(_)
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::PoolClosed
        | sqlx::Error::PoolTimedOut => false,
        _ => true,
    }
}

fn primary_code(error: &sqlx::Error) -> Option<i32> {
    let extended: i32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(extended & 0xFF)
}

fn is_locked(error: &sqlx::Error) -> bool {
    matches!(primary_code(error), Some(BUSY | LOCKED))
}

/// The message of `SQLite` itself.
fn message(error: &sqlx::Error) -> String {
    error.as_database_error().map_or_else(|| error.to_string(), |error| error.message().to_owned())
}
