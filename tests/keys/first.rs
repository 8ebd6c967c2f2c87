//! The first key, which many instances make at once.

use std::collections::BTreeSet;

use oauth_core::clock::Clock;
use oauth_core::event::EventKind;
use oauth_core::keys::StoredKeys;
use oauth_core::prelude::*;
use oauth_core::store::KeyStore;
use tokio::task::JoinSet;

use crate::world::{A, Instance, MINUTE, Seen, active, es256, keks, over_every_store};

over_every_store! {
    of_64_that_make_the_first_key_one_wins_and_all_sign_with_it,
    what_one_instance_makes_another_uses_at_its_next_read,
    a_token_with_an_unknown_key_makes_an_instance_read_again,
}

async fn of_64_that_make_the_first_key_one_wins_and_all_sign_with_it<S>(stores: [S; 3])
where
    S: KeyStore + Clone + 'static,
{
    let (clock, seen) = (Clock::manual(), Seen::default());
    let mut tasks = JoinSet::new();
    for store in stores.iter().cycle().take(64).cloned() {
        let policy = es256(&clock).observer(seen.clone());
        tasks.spawn(async move { active(&StoredKeys::open(store, keks(A), policy).await.unwrap()) });
    }
    let kids: BTreeSet<_> = tasks.join_all().await.into_iter().collect();
    assert_eq!(kids.len(), 1);
    assert_eq!(stores[1].keys().await.unwrap().len(), 1);
    assert_eq!(seen.count(EventKind::KeyCreated), 1);
}

async fn what_one_instance_makes_another_uses_at_its_next_read<S>([one, two, _]: [S; 3])
where
    S: KeyStore + Clone + 'static,
{
    let clock = Clock::manual();
    let one = Instance::start(one, es256(&clock), &clock).await;
    let two = Instance::start(two, es256(&clock), &clock).await;
    let (of_one, of_two) = (one.token().await, two.token().await);
    assert!(one.is_active(&of_two).await && two.is_active(&of_one).await);
    let from = one.keys.rotate(Algorithm::ES256).await.unwrap();
    assert_eq!(two.keys.rotate(Algorithm::ES256).await.unwrap(), from, "one is pending");
    for published in [one.published().await, two.published().await] {
        assert_eq!(published.iter().count(), 2);
    }
}

/// The next key has been revoked at one instance, and the other meets a token of its successor.
async fn a_token_with_an_unknown_key_makes_an_instance_read_again<S>([one, two, _]: [S; 3])
where
    S: KeyStore + Clone + 'static,
{
    let clock = Clock::manual();
    let one = Instance::start(one, es256(&clock), &clock).await;
    let two = Instance::start(two, es256(&clock), &clock).await;
    let maintained = tokio::spawn(two.maintain());
    one.keys.revoke(&active(&one.keys)).await.unwrap();
    clock.advance(2 * MINUTE);
    let token = one.token().await;
    let deadline = std::time::Instant::now() + 30 * std::time::Duration::from_secs(1);
    while !two.is_active(&token).await {
        assert!(std::time::Instant::now() < deadline, "it does not read again");
        tokio::task::yield_now().await;
    }
    maintained.abort();
}
