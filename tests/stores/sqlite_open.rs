//! The mistakes in a file: each is one clear line that names it.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use oauth_core::prelude::*;
use oauth_core::store::{
    AuditStore, KeyStore, ListSessions, ListUsers, LogoutStore, OpenError, SessionStore,
};
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use crate::support::{after, hash, now, session, sqlite};

async fn refused(path: &Path) -> String {
    let error: OpenError = SqliteStore::open(path).await.unwrap_err();
    let line = error.to_string();
    assert_eq!(line, format!("{error:?}"), "what `main` prints is the same line");
    assert!(!line.contains('\n'), "{line}");
    let start = format!("cannot open the SQLite database `{}`: ", path.display());
    line.strip_prefix(&start).unwrap_or_else(|| panic!("{line}")).to_owned()
}

async fn raw(file: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
    SqliteConnection::connect_with(&options).await.unwrap()
}

#[tokio::test]
async fn a_directory() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(refused(folder.path()).await, "it is a directory, not a file");
}

#[tokio::test]
async fn a_missing_directory() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(refused(&folder.path().join("no/oauth.db")).await, "its directory does not exist");
    fs::write(folder.path().join("file"), "").unwrap();
    assert_eq!(refused(&folder.path().join("file/oauth.db")).await, "its directory does not exist");
}

#[tokio::test]
async fn no_path_at_all() {
    refused(Path::new("")).await;
}

#[tokio::test]
async fn another_kind_of_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("oauth.db");
    let text = "This is a letter, not a database. ".repeat(100);
    fs::write(&file, &text).unwrap();
    assert_eq!(refused(&file).await, "it is not an SQLite database");
    assert_eq!(fs::read_to_string(&file).unwrap(), text, "it was left alone");
}

#[tokio::test]
async fn a_truncated_file() {
    let (folder, store) = sqlite().await;
    let file = folder.path().join("oauth.db");
    store.close().await;
    let length = fs::metadata(&file).unwrap().len();
    fs::OpenOptions::new().write(true).open(&file).unwrap().set_len(length / 2).unwrap();
    assert_eq!(refused(&file).await, "it is corrupt: restore it from a backup");
}

#[tokio::test]
async fn a_file_with_overwritten_pages() {
    let (folder, store) = sqlite().await;
    let file = folder.path().join("oauth.db");
    store.close().await;
    // A page that is free is worth nothing to anybody, and what is still in the log would be good.
    let mut other = raw(&file).await;
    for statement in ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"] {
        sqlx::query(statement).execute(&mut other).await.unwrap();
    }
    other.close().await.unwrap();
    let intact = fs::read(&file).unwrap();
    for page in 0..intact.len() / 4096 {
        let mut bytes = intact.clone();
        // The header of the file itself stays, so that it is still recognised.
        let from = page * 4096 + if page == 0 { 100 } else { 0 };
        bytes[from..(page + 1) * 4096].fill(0xA5);
        fs::write(&file, bytes).unwrap();
        assert_eq!(refused(&file).await, "it is corrupt: restore it from a backup", "page {page}");
    }
}

#[tokio::test]
async fn a_clashing_table() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("app.db");
    let mut other = raw(&file).await;
    sqlx::query("CREATE TABLE oauth_codes (code TEXT)").execute(&mut other).await.unwrap();
    assert_eq!(refused(&file).await, "its tables could not be made: table oauth_codes already exists");
}

#[tokio::test]
async fn a_newer_version_that_does_not_say_that_this_one_can_go_on() {
    let (folder, store) = sqlite().await;
    let file = folder.path().join("oauth.db");
    store.close().await;
    let mut other = raw(&file).await;
    let newer = "INSERT INTO oauth_migrations (version, description, success, checksum, execution_time) \
                 VALUES (9999, 'to come', 1, x'00', 0)";
    sqlx::query(newer).execute(&mut other).await.unwrap();
    // One that does not say so cannot be gone on with.
    let error =
        "a newer version of this program wrote it (it has migration 9999, which this one cannot go on with)";
    assert_eq!(refused(&file).await, error);
    let mut compatible_from = async |version: i64| {
        let says = sqlx::query("UPDATE oauth_migrations SET compatible_from = ?1 WHERE version = 9999");
        says.bind(version).execute(&mut other).await.unwrap();
    };
    compatible_from(9999).await;
    assert_eq!(refused(&file).await, error);
    compatible_from(1).await;
    SqliteStore::open(&file).await.unwrap();
}

/// What a newer version adds while this one runs: a statement that returned `*` would return more than its connection knows of.
#[tokio::test]
async fn columns_that_are_added_meanwhile_break_no_statement() {
    let (folder, store) = sqlite().await;
    let read_all = async || {
        crate::agreement::exercise(&store).await;
        store.keys().await.unwrap();
        store.users(None, 10).await.unwrap();
        store.sessions_of("nobody", now(), None, 10).await.unwrap();
        store.events(None, 10).await.unwrap();
        store.save_session(hash("one"), session("anna", after(now(), 60))).await.unwrap();
        store.end_session_with_notices(&hash("one"), now(), now()).await.unwrap().unwrap();
        store.save_session(hash("other"), session("anna", after(now(), 60))).await.unwrap();
        store.end_sessions_with_notices("anna", now(), now()).await.unwrap();
        store.due_logouts(now(), after(now(), 30), 10).await.unwrap();
    };
    read_all().await;
    let mut newer = raw(&folder.path().join("oauth.db")).await;
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'oauth\\_%' ESCAPE '\\'";
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut newer).await.unwrap();
    for table in tables {
        let add = format!("ALTER TABLE {table} ADD COLUMN newer TEXT");
        sqlx::raw_sql(sqlx::AssertSqlSafe(add)).execute(&mut newer).await.unwrap();
    }
    read_all().await;
}

/// It waits for the other process, but not for ever.
#[tokio::test]
async fn a_locked_file() {
    let (folder, store) = sqlite().await;
    store.close().await;
    for (name, mode) in [("oauth.db", "BEGIN IMMEDIATE"), ("new.db", "BEGIN EXCLUSIVE")] {
        let file = folder.path().join(name);
        let mut other = raw(&file).await;
        sqlx::query(mode).execute(&mut other).await.unwrap();
        let started = Instant::now();
        let reason = refused(&file).await;
        assert_eq!(reason, "another process has locked it, and did not let go within 5 seconds");
        assert!(started.elapsed() >= Duration::from_secs(4) && started.elapsed() < Duration::from_secs(15));

        sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
        SqliteStore::open(&file).await.unwrap().close().await;
    }
}

#[tokio::test]
async fn opening_again_changes_nothing() {
    let (folder, store) = sqlite().await;
    let file = folder.path().join("oauth.db");
    store.save_user(User::new("u1", "anna")).await.unwrap();
    let applied = async || -> i64 {
        let count = sqlx::query_scalar("SELECT count(*) FROM oauth_migrations");
        count.fetch_one(&mut raw(&file).await).await.unwrap()
    };
    let once = applied().await;
    for _ in 0..3 {
        let again = SqliteStore::open(&file).await.unwrap();
        assert!(again.user("u1").await.unwrap().is_some());
    }
    assert_eq!(applied().await, once);
}

/// Instances that start together make the tables once.
#[tokio::test(flavor = "multi_thread")]
async fn eight_instances_open_a_new_file_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("oauth.db");
    let opening: Vec<_> = (0..8)
        .map(|_| {
            let file = file.clone();
            tokio::spawn(async move { SqliteStore::open(file).await })
        })
        .collect();
    for opened in opening {
        let store = opened.await.unwrap().unwrap();
        assert!(store.user("nobody").await.unwrap().is_none());
    }
}

/// SQLite reads more into some names than a file.
#[tokio::test]
async fn a_name_is_only_a_name() {
    let folder = tempfile::tempdir().unwrap();
    for name in [":memory:", "file:oauth.db", "o?mode=memory&x=%20.db", "späße '\" .db"] {
        let file = folder.path().join(name);
        SqliteStore::open(&file).await.unwrap().save_user(User::new("u1", "anna")).await.unwrap();
        assert!(file.is_file(), "{name}");
    }
}
