//! Secrets that instances share beside the keys that sign.

use std::time::Duration;

use oauth_core::binding::NonceKey;
use oauth_core::clock::Clock;
use oauth_core::keys::StoredKeys;
use oauth_core::openid::PairwiseKey;
use oauth_core::prelude::*;
use oauth_core::store::KeyStore;
use oauth_tests::{Accounts, Answer, App, Prover, basic, clients};
use tokio::task::JoinSet;

use crate::world::{A, B, DAY, es256, keks, open, over_every_store};

const SECOND: Duration = Duration::from_secs(1);

over_every_store! {
    the_pairwise_key_and_that_of_nonces_are_made_once,
    the_key_of_nonces_turns_and_nobody_is_refused,
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

async fn app(key: NonceKey, clock: &Clock) -> App {
    let store = MemoryStore::default();
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    let server = Server { accounts: Accounts(store), nonces: key };
    App::in_environment(server, oauth_core::server::Environment::new().clock(clock.clone()))
}

/// Asks for a token with a proof that has this nonce.
async fn ask(app: &App, nonce: Option<&str>, clock: &Clock) -> Answer {
    let prover = Prover::new();
    let draft = prover.draft("POST", "https://auth.example.com/token", clock.now());
    let draft = match nonce {
        Some(nonce) => draft.claim("nonce", nonce),
        None => draft,
    };
    let request = http::Request::post("/token")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("authorization", basic("machine"))
        .header("dpop", draft.sign());
    app.send(request, "grant_type=client_credentials".to_owned()).await
}

/// The nonce that a server hands out at this time.
async fn nonce(app: &App, clock: &Clock) -> String {
    let nonce = ask(app, None, clock).await.header("dpop-nonce").to_owned();
    assert_eq!(nonce.len(), 43);
    nonce
}

/// Tells whether a server takes a nonce.
async fn takes(app: &App, nonce: &str, clock: &Clock) -> bool {
    ask(app, Some(nonce), clock).await.status == 200
}

async fn the_pairwise_key_and_that_of_nonces_are_made_once<S>(stores: [S; 3])
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
            nonce(&app(keys.nonce_key().await.unwrap(), &clock).await, &clock).await
        });
    }
    let nonces = tasks.join_all().await;
    assert!(nonces.iter().all(|nonce| *nonce == nonces[0]), "{nonces:?}");
    let sealed = async |purpose: &str| {
        let mut keys = stores[0].keys().await.unwrap();
        keys.retain(|key| key.purpose == purpose);
        keys
    };
    assert_eq!(sealed("dpop_nonces").await.len(), 1);
    let before = sealed("pairwise").await;
    assert_eq!(before.len(), 1);
    clock.advance(1000 * DAY);
    let keys = open(stores[1].clone(), &clock).await.unwrap();
    keys.reload().await.unwrap();
    keys.pairwise_key().await.unwrap();
    assert_eq!(sealed("pairwise").await, before, "it never rotates");
}

async fn the_key_of_nonces_turns_and_nobody_is_refused<S>([one, two, three]: [S; 3])
where
    S: KeyStore + Clone + 'static,
{
    let clock = Clock::manual();
    let generations = async || {
        let mut keys = three.keys().await.unwrap();
        keys.retain(|key| key.purpose == "dpop_nonces");
        let mut generations: Vec<_> = keys.iter().map(|key| key.generation).collect();
        generations.sort_unstable();
        generations
    };
    let [a, b] = [open(one, &clock).await.unwrap(), open(two, &clock).await.unwrap()];
    let of_a = app(a.nonce_key().await.unwrap(), &clock).await;
    let of_b = app(b.nonce_key().await.unwrap(), &clock).await;
    for (first, second) in [(1, 2), (2, 3)] {
        assert_eq!(generations().await, [first]);
        // A day before its end the next one is made, and known to both before it is used.
        clock.advance(89 * DAY);
        a.reload().await.unwrap();
        b.reload().await.unwrap();
        assert_eq!(generations().await, [first, second]);
        clock.advance(DAY.saturating_sub(SECOND));
        let before = nonce(&of_a, &clock).await;
        assert_eq!(nonce(&of_b, &clock).await, before);
        clock.advance(SECOND);
        let after = nonce(&of_a, &clock).await;
        assert_ne!(after, before);
        assert_eq!(nonce(&of_b, &clock).await, after, "time alone turns, for all at once");
        assert!(takes(&of_a, &before, &clock).await && takes(&of_b, &before, &clock).await, "it goes on");
        assert!(takes(&of_b, &after, &clock).await);
        assert!(!takes(&of_b, "nobody's", &clock).await);
        // What is over is removed.
        clock.advance(DAY);
        a.reload().await.unwrap();
        b.reload().await.unwrap();
        assert_eq!(generations().await, [second]);
        assert!(
            !takes(&of_a, &before, &clock).await && !takes(&of_b, &after, &clock).await,
            "they are a day old"
        );
        let newest = nonce(&of_b, &clock).await;
        assert!(takes(&of_a, &newest, &clock).await);
    }
}

/// An instance that lacks a KEK leaves out what is sealed by it, and goes on with the others.
#[tokio::test]
async fn a_key_of_nonces_that_does_not_open_keeps_no_other_out() {
    let (clock, store) = (Clock::manual(), MemoryStore::new());
    let a = open(store.clone(), &clock).await.unwrap();
    let both = keks(&format!("{B},{A}"));
    let b = StoredKeys::open(store.clone(), both, es256(&clock)).await.unwrap();
    let of_a = app(a.nonce_key().await.unwrap(), &clock).await;
    let of_b = app(b.nonce_key().await.unwrap(), &clock).await;
    // The second is made by the one that has both, and the third by the other.
    clock.advance(89 * DAY);
    b.reload().await.unwrap();
    clock.advance(90 * DAY);
    a.reload().await.unwrap();
    b.reload().await.unwrap();
    let mut sealed = store.keys().await.unwrap();
    sealed.retain(|key| key.purpose == "dpop_nonces" && key.generation > 1);
    sealed.sort_by_key(|key| key.generation);
    assert_eq!(sealed.iter().map(|key| key.kek.as_str()).collect::<Vec<_>>(), ["b", "a"]);
    clock.advance(DAY);
    let newest = nonce(&of_a, &clock).await;
    assert_eq!(nonce(&of_b, &clock).await, newest);
    assert!(takes(&of_a, &newest, &clock).await && takes(&of_b, &newest, &clock).await);
}
