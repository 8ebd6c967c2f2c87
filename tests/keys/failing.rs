//! A store that fails.

use oauth_core::clock::Clock;
use oauth_core::keys::{KeyState, StoredKeys};
use oauth_core::prelude::*;
use oauth_core::store::KeyStore as _;
use oauth_tests::{CAUSE, Failing, Role};

use crate::world::{A, DAY, Instance, active, es256, keks, states};

#[tokio::test]
async fn a_server_goes_on_and_turns_to_the_successor_while_the_store_is_down() {
    let (clock, store) = (Clock::manual(), Failing::default());
    let instance = Instance::start(store.clone(), es256(&clock), &clock).await;
    let first = active(&instance.keys);
    clock.advance(89 * DAY);
    instance.keys.reload().await.unwrap();
    store.fail(Role::Keys);
    let failure = instance.keys.reload().await.unwrap_err();
    assert!(failure.is_of_store() && format!("{failure:?}").contains(CAUSE), "{failure:?}");
    assert!(!failure.to_string().contains(CAUSE));
    assert_eq!(active(&instance.keys), first);
    // Through all that would be due.
    for _ in 0..10 {
        clock.advance(20 * DAY);
        instance.keys.reload().await.unwrap_err();
        let token = instance.token().await;
        assert!(instance.published().await.verify_jws(&token).is_ok());
        assert_ne!(active(&instance.keys), first);
    }
    store.fail(Role::None);
    assert_eq!(store.keys().await.unwrap().len(), 2, "none was made because a read failed");
    instance.keys.reload().await.unwrap();
    assert_eq!(states(&instance.keys).await, [KeyState::Active, KeyState::Pending], "the first is gone");
}

#[tokio::test]
async fn a_start_needs_the_store_and_makes_nothing_without_it() {
    let (clock, store) = (Clock::manual(), Failing::default());
    store.fail(Role::Keys);
    let failure = StoredKeys::open(store.clone(), keks(A), es256(&clock)).await.unwrap_err();
    assert!(failure.is_of_store());
    store.fail(Role::None);
    assert!(store.keys().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_store_that_has_lost_its_keys_is_given_no_others() {
    let (clock, store) = (Clock::manual(), MemoryStore::new());
    let instance = Instance::start(store.clone(), es256(&clock), &clock).await;
    let first = active(&instance.keys);
    store.remove_key(&first).await.unwrap();
    let failure = instance.keys.reload().await.unwrap_err().to_string();
    assert!(failure.contains("no key for ES256"), "{failure}");
    assert_eq!(active(&instance.keys), first);
    let token = instance.token().await;
    assert!(instance.published().await.verify_jws(&token).is_ok());
    assert!(store.keys().await.unwrap().is_empty());
}
