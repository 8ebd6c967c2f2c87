//! The commit that many share: what one of them does wrong is its own, and what the commit does is everybody's.

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use oauth_core::prelude::*;
use oauth_core::store::{
    AccessToken, CodeStore, ConsentStore as _, FamilyId, Revocation, Saving, StoreError, TokenStore,
};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqlitePoolOptions};
use sqlx::{Connection as _, SqlitePool};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::support::{access_token, after, grant, hash, now, save_access, sqlite};

/// A file that another process has locked, and a store that waits so long for it.
async fn locked(patience: Duration) -> (tempfile::TempDir, SqliteStore, SqliteConnection) {
    let folder = tempfile::tempdir().unwrap();
    let options =
        SqliteConnectOptions::new().filename(folder.path().join("oauth.db")).create_if_missing(true);
    let pool: SqlitePool = SqlitePoolOptions::new()
        .max_connections(2)
        .connect_with(options.clone().busy_timeout(patience))
        .await
        .unwrap();
    let store = SqliteStore::from_pool(pool).await.unwrap();
    let mut other = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    (folder, store, other)
}

async fn unlock(mut other: SqliteConnection) {
    sqlx::query("COMMIT").execute(&mut other).await.unwrap();
}

/// Saves so many access tokens at once: that of each even number is kept already.
async fn save_at_once(store: &SqliteStore, callers: usize) -> Vec<(usize, Result<(), StoreError>)> {
    let barrier = Arc::new(Barrier::new(callers));
    let mut tasks = JoinSet::new();
    for caller in 0..callers {
        let (store, barrier) = (store.clone(), barrier.clone());
        tasks.spawn(async move {
            barrier.wait().await;
            let token = access_token(&format!("token {}", caller | 1), None, after(now(), 60));
            let saved = store.save_tokens(Some(token), None, now()).await.map(|_| ());
            (caller, saved)
        });
    }
    tasks.join_all().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_already_is_the_failure_of_its_caller_alone() {
    let (_folder, store) = sqlite().await;
    let saved = save_at_once(&store, 200).await;
    // Of each pair that saves one token, one does.
    for pair in 0..100 {
        let of_pair = saved.iter().filter(|(caller, saved)| caller / 2 == pair && saved.is_ok());
        assert_eq!(of_pair.count(), 1, "pair {pair}");
    }
}

/// What waits is written by few calls of the database. Each hears of its own row.
#[tokio::test(flavor = "multi_thread")]
async fn of_many_rows_at_once_each_has_its_own_answer() {
    let (_folder, store, other) = locked(Duration::from_mins(1)).await;
    let kept = |number: usize| access_token(&format!("token {number}"), None, after(now(), 60));
    let mut waiting = JoinSet::new();
    let save = |waiting: &mut JoinSet<_>, number: usize, token: AccessToken| {
        let store = store.clone();
        waiting.spawn(async move { (number, store.save_tokens(Some(token), None, now()).await) });
    };
    let family = FamilyId::random();
    let revocation = Revocation::Family(family);
    let ended = store.revoke(&revocation, after(now(), 60));
    let unlocked = async {
        for number in 0..300 {
            match number % 3 {
                0 => save(&mut waiting, number, kept(number)),
                1 => save(
                    &mut waiting,
                    number,
                    access_token(&format!("token {number}"), Some(family), after(now(), 60)),
                ),
                // The token before the one before this one: it is kept already, or will be.
                _ => save(&mut waiting, number, kept(number - 2)),
            }
        }
        unlock(other).await;
    };
    // The marker was asked for first: it is there when the rows come.
    let (ended, ()) = tokio::join!(ended, unlocked);
    ended.unwrap();
    let mut saved: Vec<_> = waiting.join_all().await;
    saved.sort_by_key(|(number, _)| *number);
    for three in saved.chunks(3) {
        let [(number, first), (_, revoked), (_, second)] = three else { panic!("300 are 100 times three") };
        assert_eq!(*revoked.as_ref().unwrap(), Saving::Revoked, "{number}");
        let is_saved = |saving: &Result<Saving, StoreError>| matches!(saving, Ok(Saving::Saved));
        assert!(is_saved(first) != is_saved(second), "{number}: {first:?}, {second:?}");
        assert!(store.access_token(&hash(&format!("token {number}")), now()).await.unwrap().is_some());
        assert!(store.access_token(&hash(&format!("token {}", number + 1)), now()).await.unwrap().is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_name_that_is_taken_undoes_nothing_of_others() {
    let (_folder, store) = sqlite().await;
    store.save_user(User::new("first", "anna")).await.unwrap();
    let mut tasks = JoinSet::new();
    for caller in 0..60 {
        let store = store.clone();
        tasks.spawn(async move {
            let name = if caller % 3 == 0 { "anna".to_owned() } else { format!("user {caller}") };
            (caller, store.save_user(User::new(format!("{caller}"), name)).await.is_ok())
        });
    }
    for (caller, is_saved) in tasks.join_all().await {
        assert_eq!(is_saved, caller % 3 != 0);
        assert_eq!(store.user(&caller.to_string()).await.unwrap().is_some(), is_saved);
    }
}

/// RFC 6749 §4.1.2.1 `temporarily_unavailable`, and RFC 9110 §10.2.3 `Retry-After`.
#[tokio::test]
async fn a_locked_file_is_no_failure_of_the_server() {
    let (_folder, store, other) = locked(Duration::from_millis(1)).await;
    let error = store.save_code(hash("code"), grant(FamilyId::random(), after(now(), 60))).await.unwrap_err();
    assert!(error.is_overloaded());
    let error = Error::from(error);
    assert_eq!(error.code(), ErrorCode::TemporarilyUnavailable);
    unlock(other).await;
    store.save_code(hash("code"), grant(FamilyId::random(), after(now(), 60))).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_can_wait_are_told_so_at_once() {
    let (_folder, store, other) = locked(Duration::from_mins(1)).await;
    let mut waiting = JoinSet::new();
    for caller in 0..2000 {
        let store = store.clone();
        waiting.spawn(async move {
            let token = access_token(&format!("token {caller}"), None, after(now(), 60));
            (caller, store.save_tokens(Some(token), None, now()).await.map(|_| ()))
        });
    }
    let mut refused = Vec::new();
    // A batch is under way and a queue is full; the others are refused while the file is still locked.
    while refused.len() < 2000 - 1024 - 256 {
        let (caller, saved) = waiting.join_next().await.unwrap().unwrap();
        assert!(saved.unwrap_err().is_overloaded());
        refused.push(caller);
    }
    unlock(other).await;
    for (caller, saved) in waiting.join_all().await {
        let is_kept = store.access_token(&hash(&format!("token {caller}")), now()).await.unwrap().is_some();
        assert_eq!(is_kept, saved.is_ok());
    }
    for caller in refused {
        assert!(store.access_token(&hash(&format!("token {caller}")), now()).await.unwrap().is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_for_who_went_away_before_its_turn() {
    let (_folder, store, other) = locked(Duration::from_mins(1)).await;
    let save = |name: String| {
        let store = store.clone();
        async move { save_access(&store, access_token(&name, None, after(now(), 60))).await }
    };
    let first = tokio::spawn(save("first".to_owned()));
    let gone = |number: usize| format!("gone {number}");
    for number in 0..100 {
        let mut gone = Box::pin(save(gone(number)));
        let is_waiting =
            std::future::poll_fn(|context| std::task::Poll::Ready(gone.as_mut().poll(context).is_pending()));
        assert!(is_waiting.await);
    }
    let last = tokio::spawn(save("last".to_owned()));
    unlock(other).await;
    first.await.unwrap();
    last.await.unwrap();
    let is_kept = async |name: &str| store.access_token(&hash(name), now()).await.unwrap().is_some();
    assert!(is_kept("first").await && is_kept("last").await);
    let mut kept = 0;
    for number in 0..100 {
        kept += usize::from(is_kept(&gone(number)).await);
    }
    assert!(
        kept <= 1,
        "{kept} were written: but for the one whose turn came just then, nobody waits for them"
    );
}

/// A store that is opened before the server's runtime begins, as a `main` may do.
#[test]
fn a_store_writes_in_whatever_runtime_asks() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let first = runtime();
    let (_folder, store) = first.block_on(sqlite());
    first.block_on(save_access(&store, access_token("first", None, after(now(), 60))));
    // One that is there, and that nobody runs any more.
    let second = runtime();
    second.block_on(save_access(&store, access_token("second", None, after(now(), 60))));
    drop(first);
    second.block_on(save_access(&store, access_token("third", None, after(now(), 60))));
    for name in ["first", "second", "third"] {
        assert!(second.block_on(store.access_token(&hash(name), now())).unwrap().is_some());
    }
}

/// `SQLite` ends the transaction of a write that did not fit by itself: the next one must find a connection that is in none.
#[tokio::test]
async fn a_disk_that_was_full_is_written_again() {
    let folder = tempfile::tempdir().unwrap();
    let options =
        SqliteConnectOptions::new().filename(folder.path().join("oauth.db")).create_if_missing(true);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
    let store = SqliteStore::from_pool(pool.clone()).await.unwrap();
    for kind in ["a statement", "several"] {
        let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&pool).await.unwrap();
        let limit = sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"));
        sqlx::query(limit).execute(&pool).await.unwrap();
        let save = async |number: usize| {
            let name = format!("{kind} {number} {}", "x".repeat(2000));
            let mut user = User::new(name.clone(), name.clone());
            user.password_hash = Some("y".repeat(2000));
            match kind {
                "several" => store.save_user(user).await,
                _ => store.save_consent(&name, "client", ScopeSet::new()).await,
            }
        };
        let mut number = 0;
        let error = loop {
            number += 1;
            assert!(number < 1000, "it never fills");
            if let Err(error) = save(number).await {
                break error;
            }
        };
        assert!(error.is_overloaded(), "{:?}", error.source());
        // The limit is one of the connection, which is closed.
        save(0).await.unwrap();
    }
}

#[tokio::test]
async fn what_waits_is_written_before_a_store_closes() {
    let (folder, store) = sqlite().await;
    let saving = tokio::spawn({
        let store = store.clone();
        async move { save_at_once(&store, 20).await }
    });
    tokio::task::yield_now().await;
    store.close().await;
    tokio::join!(store.close(), store.close());
    let saved = saving.await.unwrap();
    let store = SqliteStore::open(folder.path().join("oauth.db")).await.unwrap();
    for (caller, saved) in saved {
        let is_kept =
            store.access_token(&hash(&format!("token {}", caller | 1)), now()).await.unwrap().is_some();
        assert!(is_kept || saved.is_err(), "who was told that it is kept can rely on it");
    }
}
