//! Secrets that instances share beside the keys that sign.

use oauth_core::binding::NonceKey;
use oauth_core::clock::Clock;
use oauth_core::openid::PairwiseKey;
use oauth_core::prelude::*;
use oauth_core::store::KeyStore;
use oauth_tests::{Accounts, App, basic, clients};
use tokio::task::JoinSet;

use crate::world::{DAY, open, over_every_store};

over_every_store! {
    the_pairwise_key_and_that_of_nonces_are_made_once_and_stay,
}

#[authorization_server(
    grants(client_credentials),
    scopes("jobs"),
    dpop(nonces = "required"),
    issuer = "https://auth.example.com"
)]
struct Server {
    #[validator]
    accounts: Accounts<MemoryStore>,
    #[dpop_nonce_key]
    nonces: NonceKey,
}

/// The nonce that a server with this key hands out, at this time.
async fn nonce(key: NonceKey, clock: &Clock) -> String {
    let store = MemoryStore::default();
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    let server = Server { accounts: Accounts(store), nonces: key };
    let environment = oauth_core::server::Environment::new().clock(clock.clone());
    let app = App::in_environment(server, environment);
    let form = [("grant_type", "client_credentials")];
    app.post("/token", &basic("machine"), &form).await.header("dpop-nonce").to_owned()
}

async fn the_pairwise_key_and_that_of_nonces_are_made_once_and_stay<S>(stores: [S; 3])
where
    S: KeyStore + Clone + 'static,
{
    let clock = Clock::manual();
    let mut tasks = JoinSet::new();
    for store in stores.iter().cycle().take(12).cloned() {
        let clock = clock.clone();
        tasks.spawn(async move {
            let keys = open(store, &clock).await.unwrap();
            let _: PairwiseKey = keys.pairwise_key().await.unwrap();
            nonce(keys.nonce_key().await.unwrap(), &clock).await
        });
    }
    let nonces = tasks.join_all().await;
    assert!(nonces.iter().all(|nonce| *nonce == nonces[0]), "{nonces:?}");
    let sealed = async || {
        let mut keys = stores[0].keys().await.unwrap();
        keys.retain(|key| !key.purpose.starts_with("sign:"));
        keys.sort_by(|a, b| a.purpose.cmp(&b.purpose));
        keys
    };
    let before = sealed().await;
    let purposes: Vec<_> = before.iter().map(|key| key.purpose.as_str()).collect();
    assert_eq!(purposes, ["dpop_nonces", "pairwise"]);
    clock.advance(1000 * DAY);
    let keys = open(stores[1].clone(), &clock).await.unwrap();
    keys.reload().await.unwrap();
    keys.pairwise_key().await.unwrap();
    assert_eq!(sealed().await, before, "neither rotates");
}
