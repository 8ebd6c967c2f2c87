//! A rotation, by the clock alone.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use oauth_core::clock::Clock;
use oauth_core::event::EventKind;
use oauth_core::jose::KeySet;
use oauth_core::keys::{KeyPolicy, KeyState, StoredKeys};
use oauth_core::prelude::*;
use oauth_core::store::KeyStore;

use crate::world::{
    A, DAY, HOUR, Instance, MINUTE, Seen, active, es256, keks, open, over_every_store, states,
};

over_every_store! {
    a_verifier_with_cached_keys_refuses_nothing_while_keys_rotate,
    a_key_goes_through_its_states,
    a_key_whose_successor_is_late_signs_on_and_is_published_for_longer,
}

/// The times of a turn of the clock in which one instance reads: each does once a minute.
const TURN: Duration = Duration::from_secs(20);

/// A verifier that keeps keys as long as it may, and never asks for more because it does not know one.
struct Verifier {
    keys: KeySet,
    age: Duration,
}

async fn a_verifier_with_cached_keys_refuses_nothing_while_keys_rotate<S>(stores: [S; 3])
where
    S: KeyStore + Clone + 'static,
{
    let (clock, seen) = (Clock::manual(), Seen::default());
    let policy = || {
        KeyPolicy::new([Algorithm::RS256, Algorithm::ES256])
            .rotation(2 * HOUR)
            .propagation(15 * MINUTE)
            .retention(HOUR)
            .clock(clock.clone())
    };
    let [a, b, c] = stores;
    let instances = [
        Instance::start(a, policy().observer(seen.clone()), &clock).await,
        Instance::start(b, policy(), &clock).await,
        Instance::start(c, policy(), &clock).await,
    ];
    // Caches keep the set for five minutes, and the verifier for five more.
    let kept = 10 * MINUTE;
    let mut verifier = Verifier { keys: instances[0].published().await, age: Duration::ZERO };
    let mut tokens: VecDeque<String> = VecDeque::new();
    let (mut kids, lifetime) = (BTreeSet::new(), 55 * MINUTE);
    for turn in 0..(6 * HOUR).as_secs() / TURN.as_secs() {
        clock.advance(TURN);
        let reader = &instances[usize::try_from(turn % 3).unwrap()];
        reader.keys.reload().await.unwrap();
        verifier.age += TURN;
        if verifier.age >= kept {
            verifier = Verifier {
                keys: instances[usize::try_from(turn / 7 % 3).unwrap()].published().await,
                age: Duration::ZERO,
            };
        }
        for (index, instance) in instances.iter().enumerate() {
            let mut fresh = vec![instance.token().await];
            if turn % 30 == index as u64 {
                fresh.extend([instance.id_token("rp").await, instance.id_token("es256").await]);
            }
            for token in &fresh {
                let jws = verifier.keys.verify_jws(token).unwrap_or_else(|refusal| {
                    panic!("{refusal}, in turn {turn}, of instance {index}");
                });
                kids.extend(jws.kid);
            }
            tokens.extend(fresh.into_iter().take(usize::from(turn % 15 == 0)));
        }
        // The oldest that have not expired.
        while tokens.len() > 3 * usize::try_from(lifetime.as_secs() / TURN.as_secs() / 15).unwrap() {
            let old = tokens.pop_front().unwrap();
            assert!(verifier.keys.verify_jws(&old).is_ok(), "of an old token, in turn {turn}");
        }
    }
    // Those of 0, 2 and 4 hours, of two algorithms.
    assert!(kids.len() >= 6, "{kids:?}");
    assert!(seen.count(EventKind::KeyActivated) >= 4 && seen.count(EventKind::KeyRetired) >= 4);
    let made = instances[1].keys.list().await.unwrap();
    assert!(made.iter().all(|key| key.generation > 1), "the first is purged: {made:?}");
}

async fn a_key_goes_through_its_states<S: KeyStore + 'static>([store, _, _]: [S; 3]) {
    let clock = Clock::manual();
    let keys = open(store, &clock).await.unwrap();
    let first = active(&keys);
    assert_eq!(states(&keys).await, [KeyState::Active]);
    clock.advance(88 * DAY);
    keys.reload().await.unwrap();
    assert_eq!(states(&keys).await, [KeyState::Active], "it is not due");
    clock.advance(DAY);
    keys.reload().await.unwrap();
    assert_eq!(states(&keys).await, [KeyState::Active, KeyState::Pending]);
    assert_eq!(active(&keys), first);
    // Nothing is read: the time alone turns.
    clock.advance(DAY.saturating_sub(Duration::from_secs(1)));
    assert_eq!(active(&keys), first);
    clock.advance(Duration::from_secs(1));
    assert_ne!(active(&keys), first);
    assert_eq!(states(&keys).await, [KeyState::Retired, KeyState::Active]);
    clock.advance(30 * DAY);
    assert_eq!(states(&keys).await, [KeyState::Gone, KeyState::Active]);
    assert_eq!(keys.ring(Algorithm::ES256).unwrap().verifying_keys().iter().count(), 2);
    keys.reload().await.unwrap();
    assert_eq!(keys.ring(Algorithm::ES256).unwrap().verifying_keys().iter().count(), 1);
    clock.advance(DAY);
    keys.reload().await.unwrap();
    assert_eq!(states(&keys).await, [KeyState::Active], "what is gone is removed");
}

/// All instances were down when it should have been made.
async fn a_key_whose_successor_is_late_signs_on_and_is_published_for_longer<S>([one, two, _]: [S; 3])
where
    S: KeyStore + 'static,
{
    let clock = Clock::manual();
    let first = active(&open(one, &clock).await.unwrap());
    clock.advance(100 * DAY);
    let keys = StoredKeys::open(two, keks(A), es256(&clock)).await.unwrap();
    assert_eq!(
        (active(&keys), states(&keys).await),
        (first.clone(), vec![KeyState::Active, KeyState::Pending])
    );
    clock.advance(DAY);
    assert_ne!(active(&keys), first);
    clock.advance((30 * DAY).saturating_sub(Duration::from_secs(1)));
    assert_eq!(states(&keys).await, [KeyState::Retired, KeyState::Active], "its last token may live");
    clock.advance(Duration::from_secs(1));
    assert_eq!(states(&keys).await, [KeyState::Gone, KeyState::Active]);
}
