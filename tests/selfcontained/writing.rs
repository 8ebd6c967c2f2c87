//! What is written when a token is issued: nothing of the token.

use oauth_core::prelude::*;
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use crate::world::{InMemory, KeepingOp, Op, Shared, World};

/// The rows of a table, as another connection sees them.
async fn rows(connection: &mut SqliteConnection, table: &str) -> i64 {
    let count = format!("SELECT count(*) FROM {table}");
    sqlx::query_scalar(sqlx::AssertSqlSafe(count)).fetch_one(connection).await.unwrap()
}

#[tokio::test]
async fn client_credentials_write_nothing_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("oauth.db");
    let world = World::<Op<SqliteStore>>::over(SqliteStore::open(&path).await.unwrap(), &Shared::new()).await;
    let mut other =
        SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(&path)).await.unwrap();
    // SQLite: it is another one after each commit of another connection.
    let version = "PRAGMA data_version";
    let before: i64 = sqlx::query_scalar(version).fetch_one(&mut other).await.unwrap();
    let token = world.own_token("machine").await;
    assert_eq!(world.introspect(&token).await["active"], true);
    let after: i64 = sqlx::query_scalar(version).fetch_one(&mut other).await.unwrap();
    assert_eq!(before, after);
    world.revoke("machine", &token).await;
    let after: i64 = sqlx::query_scalar(version).fetch_one(&mut other).await.unwrap();
    assert_ne!(before, after, "a revocation is written");
}

#[tokio::test]
async fn a_code_and_a_refresh_write_the_refresh_token_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("oauth.db");
    let world = World::<Op<SqliteStore>>::over(SqliteStore::open(&path).await.unwrap(), &Shared::new()).await;
    let mut other =
        SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(&path)).await.unwrap();
    let tokens = world.tokens("web").await;
    assert_eq!(rows(&mut other, "oauth_refresh_tokens").await, 1);
    let refreshed = world.refresh("web", &tokens.member("refresh_token")).await;
    assert!(world.is_alive(&refreshed.member("access_token")).await);
    assert_eq!(rows(&mut other, "oauth_refresh_tokens").await, 2);
    assert_eq!(rows(&mut other, "oauth_access_tokens").await, 0);
}

#[tokio::test]
async fn memory_keeps_none_either() {
    let (world, store) = InMemory::with_store().await;
    let tokens = world.tokens("web").await;
    world.refresh("web", &tokens.member("refresh_token")).await;
    world.tokens("once").await;
    world.own_token("machine").await;
    world.exchange(&tokens.member("access_token")).await;
    assert_eq!((store.usage().access_tokens, store.usage().refresh_tokens), (0, 2));
    let (world, store) = World::<KeepingOp<MemoryStore>>::with_store().await;
    world.own_token("machine").await;
    assert_eq!(store.usage().access_tokens, 1, "that is how it would be seen");
}

/// Between the use of a code and the answer, another request revokes. Nothing is kept that would be looked at then.
#[tokio::test]
async fn what_was_revoked_meanwhile_is_not_answered_with() {
    let world = InMemory::new().await;
    for (client_id, marker) in [("once", "family"), ("web", "family"), ("once", "subject"), ("web", "client")]
    {
        let code = world.code(client_id, &[]).await;
        let answer = world.redeem_with(client_id, &code, &[("x-test-revoke", marker)]).await;
        answer.assert_error(400, "invalid_grant");
        world.wait(1);
    }
    let form = [("grant_type", "client_credentials")];
    let answer = world.ask("machine", &[("x-test-revoke", "client")], &form).await;
    answer.assert_error(400, "invalid_grant");
    // Within the grace for a lost response, only the access token is new; here there is none, and a refresh rotates.
    let tokens = world.tokens("web").await;
    let form = [("grant_type", "refresh_token"), ("refresh_token", &tokens.member("refresh_token"))];
    world.ask("web", &[("x-test-revoke", "family")], &form).await.assert_error(400, "invalid_grant");
}
