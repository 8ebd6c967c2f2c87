//! Instances of one server over one database.

use oauth_core::binding::NonceKey;
use oauth_core::clock::Clock;
use oauth_core::prelude::*;

use crate::world::{HEALING, ME, REQUIRED, Server, World, clients};

/// Two instances, each with a connection of its own to the same file, and with the same key of nonces or each with its own.
async fn pair<const NONCES: u8>(
    file: &std::path::Path,
    keys: [Option<&[u8; 32]>; 2],
) -> [World<SqliteStore, NONCES>; 2] {
    let clock = Clock::manual();
    let mut worlds = Vec::new();
    for key in keys {
        let store = SqliteStore::open(file).await.unwrap();
        for client in clients() {
            store.save_client(client).await.unwrap();
        }
        let server = Server { nonces: key.map(|key| NonceKey::new(key).unwrap()), ..Server::over(store) };
        worlds.push(World::start(server, clock.clone()));
    }
    let [Some(one), Some(two)] = [worlds.pop(), worlds.pop()] else { panic!("there are two") };
    [one, two]
}

#[tokio::test]
async fn instances_with_one_key_take_each_others_nonces() {
    let folder = tempfile::tempdir().unwrap();
    let [one, two] = pair::<REQUIRED>(&folder.path().join("a.db"), [Some(&[7; 32]); 2]).await;
    let nonce = one.machine(&[&one.draft().sign()]).await.header("dpop-nonce").to_owned();
    assert_eq!(two.machine(&[&one.draft().claim("nonce", nonce.as_str()).sign()]).await.status, 200);

    let [one, two] = pair::<REQUIRED>(&folder.path().join("b.db"), [None, None]).await;
    let nonce = one.machine(&[&one.draft().sign()]).await.header("dpop-nonce").to_owned();
    let other = two.machine(&[&one.draft().claim("nonce", nonce.as_str()).sign()]).await;
    other.assert_error(400, "use_dpop_nonce");
    assert_eq!(
        two.machine(&[&one.draft().claim("nonce", other.header("dpop-nonce")).sign()]).await.status,
        200
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_concurrent_replays_one_wins() {
    let folder = tempfile::tempdir().unwrap();
    let [one, two] = pair::<HEALING>(&folder.path().join("a.db"), [None, None]).await;
    for _ in 0..5 {
        let proof = one.draft().sign();
        let at_once = [&one, &two, &one, &two].map(|world| {
            let proof = proof.clone();
            async move { world.machine(&[&proof]).await.status.as_u16() }
        });
        let [a, b, c, d] = at_once;
        let (a, b, c, d) = tokio::join!(a, b, c, d);
        let mut answers = [a, b, c, d];
        answers.sort_unstable();
        assert_eq!(answers, [200, 400, 400, 400]);
    }
    let token = one.token().await;
    let proof = one.proof(ME, &token).sign();
    let (a, b) = tokio::join!(one.present("/me", &token, &proof), two.present("/me", &token, &proof));
    let mut answers = [a.status.as_u16(), b.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [200, 401]);
}
