//! Policies that cannot work.

use std::time::Duration;

use oauth_core::keys::{KeyPolicy, StoredKeys};
use oauth_core::prelude::*;

use crate::world::{A, HOUR, MINUTE, keks};

async fn refusal(policy: KeyPolicy) -> String {
    StoredKeys::open(MemoryStore::new(), keks(A), policy).await.map(|_| ()).unwrap_err().to_string()
}

#[tokio::test]
async fn a_propagation_below_what_caches_keep_is_refused_with_the_sum() {
    let es256 = || KeyPolicy::new([Algorithm::ES256]);
    let refused = refusal(es256().propagation(10 * MINUTE)).await;
    for part in [
        "of 600 s",
        "66 s until every instance",
        "300 s in HTTP caches",
        "300 s at verifiers",
        "60 s for clocks",
        "is 726 s",
    ] {
        assert!(refused.contains(part), "{part}: {refused}");
    }
    let enough = es256().propagation(Duration::from_secs(726));
    assert!(StoredKeys::open(MemoryStore::new(), keks(A), enough.clone()).await.is_ok());
    let refused = refusal(enough.verifier_cache(HOUR)).await;
    assert!(refused.contains("3600 s at verifiers") && refused.contains("is 4026 s"), "{refused}");
    let refused = refusal(es256().rotation(HOUR)).await;
    assert!(
        refused.contains("the rotation of 3600 s is shorter than the propagation of 86400 s"),
        "{refused}"
    );
    let refused = refusal(es256().retention(HOUR)).await;
    assert!(refused.contains("the retention of 3600 s"), "{refused}");
}

#[tokio::test]
async fn algorithms_are_asymmetric_and_named_once() {
    assert!(refusal(KeyPolicy::new([])).await.contains("no algorithm"));
    assert!(refusal(KeyPolicy::new([Algorithm::HS256])).await.contains("HS256 signs with a secret"));
    let twice = KeyPolicy::new([Algorithm::ES256, Algorithm::EdDSA, Algorithm::ES256]);
    assert!(refusal(twice).await.contains("ES256 is named twice"));
}

#[tokio::test]
async fn keys_of_each_algorithm_are_kept_and_read_again() {
    let algorithms = Algorithm::ALL.into_iter().filter(|algorithm| !algorithm.is_symmetric());
    let (store, policy) = (MemoryStore::new(), KeyPolicy::new(algorithms));
    let made = StoredKeys::open(store.clone(), keks(A), policy.clone()).await.unwrap();
    let read = StoredKeys::open(store, keks(A), policy).await.unwrap();
    for algorithm in Algorithm::ALL.into_iter().filter(|algorithm| !algorithm.is_symmetric()) {
        let key = |keys: &StoredKeys| oauth_core::jose::SigningKeys::active(&keys.ring(algorithm).unwrap());
        let (made, read) = (key(&made), key(&read));
        assert_eq!((made.algorithm(), made.kid()), (algorithm, read.kid()));
        assert!(made.verify(b"text", &read.sign(b"text").await.unwrap()), "{algorithm}");
    }
    assert!(read.ring(Algorithm::HS256).unwrap_err().to_string().contains("does not name HS256"));
}
