//! Whom keys that instances share are told to.

use oauth_core::event::EventKind;
use oauth_core::keys::{Keks, KeyPolicy, StoredKeys};
use oauth_core::prelude::*;
use oauth_core::server::{Environment, RunningServer};

use crate::world::Seen;

#[validator]
struct Accounts {
    #[store]
    store: SqliteStore,
}

#[token_generator(jwt, issuer = "https://auth.example.com")]
struct Tokens {
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(grants(client_credentials))]
struct Server {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: Tokens,
}

fn start(store: &SqliteStore, keys: &StoredKeys, environment: Environment<Server>) -> RunningServer<Server> {
    let (accounts, tokens) =
        (Accounts { store: store.clone() }, Tokens { keys: keys.ring(Algorithm::ES256).unwrap() });
    Server { accounts, tokens }.start_in(environment.keys(keys.clone()).instance("a")).unwrap()
}

async fn open(policy: KeyPolicy) -> (tempfile::TempDir, SqliteStore, StoredKeys) {
    let directory = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(directory.path().join("oauth.db")).await.unwrap();
    let kek = Keks::parse("a:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap();
    let keys = StoredKeys::open(store.clone(), kek, policy).await.unwrap();
    (directory, store, keys)
}

fn policy() -> KeyPolicy {
    KeyPolicy::new([Algorithm::ES256])
}

/// Also of what became of them before it started: the first are made then.
#[tokio::test]
async fn a_server_hears_of_its_keys() {
    let (_directory, store, keys) = open(policy()).await;
    let (seen, other, table) = (Seen::default(), Seen::default(), store.audit());
    let _one = start(&store, &keys, Environment::new().observer(seen.clone()).audit(table.clone()));
    assert_eq!(seen.kinds(), ["key.created", "key.activated"]);
    let _other = start(&store, &keys, Environment::new().observer(other.clone()));
    keys.rotate(Algorithm::ES256).await.unwrap();
    assert_eq!(other.kinds(), ["key.created"]);
    assert_eq!(seen.one(EventKind::KeyCreated).instance.as_deref(), Some("a"));
    table.flush().await.unwrap();
    let kept = table.events(None, 10).await.unwrap().items;
    let names: Vec<_> = kept.iter().map(|entry| entry.record.event.as_ref()).collect();
    assert_eq!(names, ["key.created", "key.activated", "key.created"]);
    assert!(kept.iter().all(|entry| entry.record.instance.as_deref() == Some("a")));
}

#[tokio::test]
async fn an_observer_of_the_policy_hears_in_place_of_servers() {
    let (seen, of_server) = (Seen::default(), Seen::default());
    let (_directory, store, keys) = open(policy().observer(seen.clone())).await;
    let _server = start(&store, &keys, Environment::new().observer(of_server.clone()));
    keys.rotate(Algorithm::ES256).await.unwrap();
    assert_eq!(seen.kinds(), ["key.created", "key.activated", "key.created"]);
    assert!(of_server.kinds().is_empty());
}
