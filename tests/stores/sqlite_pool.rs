//! The store inside an application's own database.

use std::borrow::Cow;

use oauth_core::prelude::*;
use oauth_core::store::{Saving, TokenStore as _};
use sqlx::SqlitePool;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

use crate::support::{access_token, after, hash, now};

async fn pool(folder: &tempfile::TempDir) -> SqlitePool {
    let options = SqliteConnectOptions::new().filename(folder.path().join("app.db")).create_if_missing(true);
    SqlitePoolOptions::new().connect_with(options).await.unwrap()
}

/// The application's own migrations, in sqlx's own table and with versions like ours.
fn of_the_application() -> Migrator {
    let sql = sqlx::SqlStr::from_static("CREATE TABLE events (id INTEGER PRIMARY KEY)");
    let migration = Migration::new(1, Cow::Borrowed("events"), MigrationType::Simple, sql, false);
    Migrator::with_migrations(vec![migration])
}

#[tokio::test]
async fn it_lives_beside_the_applications_migrations() {
    for ours_first in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let pool = pool(&folder).await;
        if ours_first {
            SqliteStore::from_pool(pool.clone()).await.unwrap();
        }
        for _ in 0..2 {
            of_the_application().run(&pool).await.unwrap();
            let store = SqliteStore::from_pool(pool.clone()).await.unwrap();
            store.save_user(User::new("u1", "anna")).await.unwrap();
            assert!(store.user("u1").await.unwrap().is_some());
        }
        let foreign: Vec<String> = sqlx::query_scalar(
            "SELECT name FROM sqlite_schema WHERE name NOT LIKE 'oauth\\_%' ESCAPE '\\' AND type = 'table' ORDER BY name",
        )
        .fetch_all(&pool)
        .await
        .unwrap();
        assert_eq!(foreign, ["_sqlx_migrations", "events"], "our tables are prefixed");
    }
}

/// One connection is enough: nothing waits for a second while it holds the first.
#[tokio::test]
async fn one_connection_in_memory_is_enough() {
    let pool = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await.unwrap();
    let store = SqliteStore::from_pool(pool).await.unwrap();
    crate::agreement::exercise(&store).await;
}

/// What would be undone with a transaction that the application forgot is not written in it, and not said to be.
#[tokio::test]
async fn a_transaction_that_the_application_left_open_takes_no_write_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let options = SqliteConnectOptions::new().filename(folder.path().join("app.db")).create_if_missing(true);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
    let store = SqliteStore::from_pool(pool.clone()).await.unwrap();
    let token = |name: &str| access_token(name, None, after(now(), 60));
    sqlx::query("BEGIN").execute(&pool).await.unwrap();
    store.save_tokens(Some(token("lost")), None, now()).await.unwrap_err();
    sqlx::query("ROLLBACK").execute(&pool).await.unwrap();
    let saved = store.save_tokens(Some(token("kept")), None, now()).await.unwrap();
    assert_eq!(saved, Saving::Saved);
    assert!(store.access_token(&hash("lost"), now()).await.unwrap().is_none());
    assert!(store.access_token(&hash("kept"), now()).await.unwrap().is_some());
}

#[tokio::test]
async fn a_clashing_table_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let pool = pool(&folder).await;
    sqlx::query("CREATE TABLE oauth_users (name TEXT)").execute(&pool).await.unwrap();
    let error = SqliteStore::from_pool(pool.clone()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot open the SQLite database of the given pool: its tables could not be made: \
         table oauth_users already exists"
    );
    let tables: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema WHERE type = 'table'")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(tables, 1, "nothing is left half made");
}
