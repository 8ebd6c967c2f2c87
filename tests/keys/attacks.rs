//! Attackers who write to the store.

use oauth_core::clock::Clock;
use oauth_core::keys::StoredKeys;
use oauth_core::prelude::*;
use oauth_core::store::{KeyStore, StoredKey};
use serde_json::json;

use crate::world::{B, active, es256, keks, open, over_every_store};

over_every_store! {
    a_key_that_was_written_into_the_store_is_not_published_and_does_not_sign,
    what_was_sealed_for_one_key_is_not_taken_for_another,
    a_public_half_that_was_replaced_is_not_published,
}

/// A record with other members.
fn changed(key: &StoredKey, members: &serde_json::Value) -> StoredKey {
    let mut json = serde_json::to_value(key).unwrap();
    for (name, value) in members.as_object().unwrap() {
        json[name] = value.clone();
    }
    serde_json::from_value(json).unwrap()
}

async fn a_key_that_was_written_into_the_store_is_not_published_and_does_not_sign<S>([store, _, _]: [S; 3])
where
    S: KeyStore + Clone + 'static,
{
    let clock = Clock::manual();
    let keys = open(store.clone(), &clock).await.unwrap();
    let good = active(&keys);
    // Sealed by a KEK of the attacker's own, under the name of ours.
    let memory = MemoryStore::new();
    StoredKeys::open(memory.clone(), keks(&B.replace("b:", "a:")), es256(&clock)).await.unwrap();
    let foreign = memory.keys().await.unwrap().remove(0);
    assert!(store.add_key(changed(&foreign, &json!({"generation": 2}))).await.unwrap());
    keys.reload().await.unwrap();
    let verifying = keys.ring(Algorithm::ES256).unwrap().verifying_keys();
    assert_eq!(verifying.iter().filter_map(|key| key.kid()).collect::<Vec<_>>(), [&good]);
    assert_eq!(active(&keys), good);
}

async fn what_was_sealed_for_one_key_is_not_taken_for_another<S: KeyStore + Clone + 'static>(
    [store, _, _]: [S; 3],
) {
    let clock = Clock::manual();
    let keys = open(store.clone(), &clock).await.unwrap();
    keys.rotate(Algorithm::ES256).await.unwrap();
    let stored = store.keys().await.unwrap();
    let [one, two] = &stored[..] else { panic!("there are two") };
    assert!(store.rewrap_key(&one.kid, &one.sealed, &two.kek, &two.sealed).await.unwrap());
    let refused = open(store, &clock).await.unwrap_err().to_string();
    assert!(refused.contains(&one.kid) && refused.contains("the row was changed"), "{refused}");
}

async fn a_public_half_that_was_replaced_is_not_published<S: KeyStore + Clone + 'static>(
    [store, _, _]: [S; 3],
) {
    let clock = Clock::manual();
    let good = active(&open(store.clone(), &clock).await.unwrap());
    let key = store.keys().await.unwrap().remove(0);
    assert!(store.remove_key(&key.kid).await.unwrap());
    let public = SigningKey::generate(Algorithm::ES256).unwrap().public_jwk();
    assert!(store.add_key(changed(&key, &json!({"public_jwk": public}))).await.unwrap());
    let ring = open(store, &clock).await.unwrap().ring(Algorithm::ES256).unwrap();
    let published = ring.verifying_keys();
    assert_eq!(published.iter().map(|key| key.public_jwk().cloned()).collect::<Vec<_>>(), [key.public_jwk]);
    assert_eq!(published.iter().filter_map(|key| key.kid()).collect::<Vec<_>>(), [&good]);
}
