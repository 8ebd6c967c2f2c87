//! Registrations as stores keep them.

use std::time::Duration;

use oauth_core::client::ClientSource;
use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::store::{Registration, RegistrationStore, SqliteStore};
use oauth_core::time::UnixTime;
use serde_json::json;
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

fn client(client_id: &str, redirect_uri: &str) -> Client {
    Client::public(client_id).source(ClientSource::Itself).redirect_uri(redirect_uri).build().unwrap()
}

fn registration(token: &str, now: UnixTime) -> Registration {
    let hash = TokenHash::of(token);
    let record = json!({ "token": hash, "issued_at": now, "expires_at": now + Duration::from_mins(1), "members": { "a": 1 } });
    serde_json::from_value(record).unwrap()
}

async fn each(check: impl AsyncFn(&dyn Fn() -> &'static str, Box<dyn Store>)) {
    let folder = tempfile::tempdir().unwrap();
    check(&|| "memory", Box::new(MemoryStore::new())).await;
    check(&|| "SQLite", Box::new(SqliteStore::open(folder.path().join("oauth.db")).await.unwrap())).await;
}

/// What both are.
trait Store: oauth_core::store::AnyRegistrationStore {}
impl<T: RegistrationStore> Store for T {}

#[tokio::test]
async fn a_registration_is_replaced_and_deleted_by_its_token_alone() {
    each(async |name, store| {
        let now = UnixTime::now();
        let kept = registration("a", now);
        assert!(
            store.register(client("x", "cursor://x/cb"), kept.clone(), 10, now).await.unwrap(),
            "{}",
            name()
        );
        assert!(!store.register(client("x", "https://x.example/"), kept.clone(), 10, now).await.unwrap());
        let (found, registered) = store.registration("x").await.unwrap().unwrap();
        assert_eq!((found.redirect_uris[0].as_str(), &registered), ("cursor://x/cb", &kept), "{}", name());
        let (old, new) = (TokenHash::of("a"), registration("b", now));
        assert!(store.replace(&old, client("x", "https://x.example/2"), new.clone()).await.unwrap());
        assert!(!store.replace(&old, client("x", "https://x.example/3"), new.clone()).await.unwrap());
        let (found, registered) = store.registration("x").await.unwrap().unwrap();
        assert_eq!((found.redirect_uris[0].as_str(), registered), ("https://x.example/2", new));
        assert!(!store.delete("x", &old).await.unwrap());
        assert!(store.delete("x", &TokenHash::of("b")).await.unwrap());
        assert!(store.registration("x").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn what_has_expired_makes_room() {
    each(async |name, store| {
        let now = UnixTime::now();
        let add = async |id: &str, now| {
            store.register(client(id, "https://x.example/"), registration(id, now), 2, now).await.unwrap()
        };
        assert!(add("a", now).await && add("b", now).await && !add("c", now).await, "{}", name());
        store.keep("b", now + Duration::from_hours(100 * 24)).await.unwrap();
        let later = now + Duration::from_mins(1);
        assert!(add("c", later).await && !add("d", later).await, "{}", name());
        assert!(store.registration("a").await.unwrap().is_none());
        let (_, kept) = store.registration("b").await.unwrap().unwrap();
        assert_eq!(kept.expires_at, now + Duration::from_hours(100 * 24), "{}", name());
    })
    .await;
}

/// A client in use is written once a day: with its tokens in between, it does not wait for whoever writes.
#[tokio::test]
async fn what_is_kept_already_waits_for_no_writer() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("oauth.db");
    let (store, now) = (SqliteStore::open(&file).await.unwrap(), UnixTime::now());
    let until = |hours| now + Duration::from_hours(hours);
    assert!(
        store
            .register_client(client("x", "https://x.example/"), registration("a", now), 1, now)
            .await
            .unwrap()
    );
    store.keep_registration("x", until(100)).await.unwrap();
    let mut other =
        SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(&file)).await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    store.keep_registration("x", until(123)).await.unwrap();
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    let kept = async || store.registration("x").await.unwrap().unwrap().1.expires_at;
    assert_eq!(kept().await, until(100));
    store.keep_registration("x", until(125)).await.unwrap();
    assert_eq!(kept().await, until(125));
}
