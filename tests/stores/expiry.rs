//! Checks that what has expired goes away by itself, and nothing else does.

use std::path::Path;

use oauth_core::store::{MemoryStore, Session, SessionStore, SqliteStore, Usage};
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use crate::support::{after, hash, now, past, save_all, session, sqlite};

const EXPIRING_TABLES: [&str; 9] = [
    "oauth_codes",
    "oauth_access_tokens",
    "oauth_refresh_tokens",
    "oauth_sealed_successors",
    "oauth_revocations",
    "oauth_device_codes",
    "oauth_replay_ids",
    "oauth_pushed_requests",
    "oauth_sessions",
];

fn total(usage: Usage) -> [usize; 9] {
    [
        usage.codes,
        usage.access_tokens,
        usage.refresh_tokens,
        usage.sealed_successors,
        usage.revocations,
        usage.devices,
        usage.replay_ids,
        usage.pushed_requests,
        usage.sessions,
    ]
}

#[tokio::test]
async fn memory_follows_what_is_live() {
    let store = MemoryStore::new();
    for number in 0..10 {
        save_all(&store, &format!("live {number}"), after(now(), 600)).await;
    }
    assert_eq!(total(store.usage()), [10, 10, 20, 10, 10, 10, 10, 10, 10]);
    for number in 0..5_000 {
        save_all(&store, &format!("dead {number}"), past()).await;
        // Each insertion removes what expired before it. Access tokens are spread over 256 places, and each removes its own now and
        // then.
        let [codes, access, refresh, sealed, families, devices, replay_ids, pushed, sessions] =
            total(store.usage());
        assert!(
            codes <= 11
                && devices <= 11
                && replay_ids <= 11
                && pushed <= 11
                && refresh <= 22
                && sealed <= 11
                && families <= 11
                && sessions <= 11
        );
        assert!(access <= 10 + 3 * 256, "{access} access tokens");
    }
    for number in 0..10 {
        assert!(store.session(&hash(&format!("live {number}")), now()).await.unwrap().is_some());
    }
}

/// Sessions that are ended or extended leave nothing behind.
#[tokio::test]
async fn a_replaced_expiry_does_not_take_the_entry_away() {
    let store = MemoryStore::new();
    let extended = Session { expires_at: after(now(), 60), ..session("user-1", past()) };
    store.save_session(hash("s"), session("user-1", past())).await.unwrap();
    store.save_session(hash("s"), extended.clone()).await.unwrap();
    for number in 0..1_000 {
        let id = hash(&format!("{number}"));
        store.save_session(id, session("user-1", after(now(), 60))).await.unwrap();
        store.end_session(&id, now()).await.unwrap();
    }
    assert_eq!(store.session(&hash("s"), now()).await.unwrap(), Some(extended));
    assert_eq!(store.usage().sessions, 1);
}

/// A sweep comes after so many writes.
const WRITES: i64 = 128;

#[tokio::test]
async fn rows_follow_what_is_live() {
    let (folder, store) = sqlite().await;
    let file = folder.path().join("oauth.db");
    for number in 0..5 {
        save_all(&store, &format!("live {number}"), after(now(), 600)).await;
    }
    for number in 0..40 {
        save_all(&store, &format!("dead {number}"), past()).await;
    }
    for number in 0..WRITES {
        store.save_session(hash(&format!("{number}")), session("user-1", after(now(), 60))).await.unwrap();
    }
    store.close().await;
    assert_eq!(rows(&file).await, [5, 5, 10, 5, 5, 5, 5, 5, 5 + WRITES]);
}

#[tokio::test]
async fn a_backlog_shrinks_after_reopening() {
    let (folder, store) = sqlite().await;
    let file = folder.path().join("oauth.db");
    store.save_session(hash("first"), session("user-1", after(now(), 60))).await.unwrap();
    // With the sweep that follows its write.
    store.close().await;
    let mut second = connect(&file).await;
    sqlx::query(
        "INSERT INTO oauth_sessions (hash, subject, auth_time, expires_at) \
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) \
         SELECT randomblob(32), 'user-1', 0, 1 FROM n",
    )
    .execute(&mut second)
    .await
    .unwrap();

    let store = SqliteStore::open(&file).await.unwrap();
    store.save_session(hash("second"), session("user-1", after(now(), 60))).await.unwrap();
    store.close().await;
    let [.., sessions] = rows(&file).await;
    assert_eq!(sessions, 2 + 1500 - 1000, "the first write is followed by as much as one sweep removes");

    let store = SqliteStore::open(&file).await.unwrap();
    for number in 0..WRITES {
        store.save_session(hash(&format!("{number}")), session("user-1", after(now(), 60))).await.unwrap();
    }
    store.close().await;
    let [.., sessions] = rows(&file).await;
    assert_eq!(sessions, 2 + WRITES);
}

async fn connect(file: &Path) -> SqliteConnection {
    SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(file)).await.unwrap()
}

async fn rows(file: &Path) -> [i64; 9] {
    let mut second = connect(file).await;
    let mut counts = [0; 9];
    for (count, table) in counts.iter_mut().zip(EXPIRING_TABLES) {
        let statement = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        *count = sqlx::query_scalar(statement).fetch_one(&mut second).await.unwrap();
    }
    counts
}
