//! A key that was stolen.

use std::time::Duration;

use oauth_core::clock::Clock;
use oauth_core::event::EventKind;
use oauth_core::keys::KeyState;
use oauth_core::prelude::*;
use oauth_core::store::KeyStore;

use crate::world::{DAY, Instance, Seen, active, es256, open, over_every_store, states};

over_every_store! {
    a_revoked_key_goes_and_no_verifier_sees_a_token_of_a_key_that_is_not_published,
    a_successor_that_waits_takes_over_at_once,
    after_both_were_stolen_a_third_key_signs_that_every_instance_has_read_of,
    another_policy_leaves_no_stolen_key_signing_for_days,
    a_key_that_has_not_signed_yet_never_does,
    keys_that_are_not_there_or_do_not_sign_are_not_revoked,
}

const TURN: Duration = Duration::from_secs(20);

async fn a_revoked_key_goes_and_no_verifier_sees_a_token_of_a_key_that_is_not_published<S>(stores: [S; 3])
where
    S: KeyStore + Clone + 'static,
{
    let (clock, seen) = (Clock::manual(), Seen::default());
    let [a, b, c] = stores;
    let instances = [
        Instance::start(a, es256(&clock).observer(seen.clone()), &clock).await,
        Instance::start(b, es256(&clock), &clock).await,
        Instance::start(c, es256(&clock), &clock).await,
    ];
    let stolen = active(&instances[0].keys);
    let old = instances[0].token().await;
    instances[0].keys.revoke(&stolen).await.unwrap();
    assert_eq!(seen.count(EventKind::KeyRevoked), 1);
    for turn in 0..15 {
        for instance in &instances {
            let token = instance.token().await;
            for other in &instances {
                assert!(other.published().await.verify_jws(&token).is_ok(), "in turn {turn}");
            }
        }
        clock.advance(TURN);
        instances[turn % 3].keys.reload().await.unwrap();
    }
    for instance in &instances {
        assert_ne!(active(&instance.keys), stolen);
        assert!(instance.published().await.verify_jws(&old).is_err());
    }
    assert_eq!(states(&instances[1].keys).await, [KeyState::Gone, KeyState::Active]);
    clock.advance(DAY);
    instances[2].keys.reload().await.unwrap();
    assert_eq!(states(&instances[1].keys).await, [KeyState::Active]);
}

async fn a_successor_that_waits_takes_over_at_once<S: KeyStore + 'static>([one, two, _]: [S; 3]) {
    let clock = Clock::manual();
    let (keys, others) = (open(one, &clock).await.unwrap(), open(two, &clock).await.unwrap());
    let stolen = active(&keys);
    keys.rotate(Algorithm::ES256).await.unwrap();
    clock.advance(Duration::from_hours(1));
    keys.revoke(&stolen).await.unwrap();
    assert_ne!(active(&keys), stolen);
    others.reload().await.unwrap();
    assert_eq!(active(&others), active(&keys));
    assert_eq!(states(&keys).await, [KeyState::Gone, KeyState::Active]);
    assert_eq!(others.ring(Algorithm::ES256).unwrap().verifying_keys().iter().count(), 1);
    // A second time, nothing more happens.
    keys.revoke(&stolen).await.unwrap();
    assert_eq!(states(&keys).await, [KeyState::Gone, KeyState::Active]);
    // Neither does the next key take its turn twice.
    clock.advance(2 * DAY);
    keys.reload().await.unwrap();
    assert_eq!((active(&keys), states(&keys).await), (active(&others), vec![KeyState::Active]));
}

async fn after_both_were_stolen_a_third_key_signs_that_every_instance_has_read_of<S>([one, two, _]: [S; 3])
where
    S: KeyStore + 'static,
{
    let clock = Clock::manual();
    let (keys, others) = (open(one, &clock).await.unwrap(), open(two, &clock).await.unwrap());
    let first = active(&keys);
    keys.rotate(Algorithm::ES256).await.unwrap();
    clock.advance(Duration::from_hours(1));
    keys.revoke(&first).await.unwrap();
    let second = active(&keys);
    keys.revoke(&second).await.unwrap();
    // Others have not read of the third yet: it waits, and the second is there until then.
    assert_eq!(active(&keys), second);
    others.reload().await.unwrap();
    assert_eq!(active(&others), second);
    clock.advance(Duration::from_secs(80));
    for keys in [&keys, &others] {
        assert!(![&first, &second].contains(&&active(keys)));
        keys.reload().await.unwrap();
        assert_eq!(keys.ring(Algorithm::ES256).unwrap().verifying_keys().iter().count(), 1);
    }
    assert_eq!(active(&keys), active(&others));
}

async fn another_policy_leaves_no_stolen_key_signing_for_days<S: KeyStore + 'static>([one, two, _]: [S; 3]) {
    let clock = Clock::manual();
    let slow = es256(&clock).propagation(7 * DAY);
    let servers = Instance::start(one, slow, &clock).await.keys;
    let stolen = active(&servers);
    servers.rotate(Algorithm::ES256).await.unwrap();
    clock.advance(Duration::from_hours(1));
    // Whoever revokes it believes that a successor was made a day before it signs.
    open(two, &clock).await.unwrap().revoke(&stolen).await.unwrap();
    clock.advance(Duration::from_mins(3));
    servers.reload().await.unwrap();
    assert_ne!(active(&servers), stolen);
}

async fn a_key_that_has_not_signed_yet_never_does<S: KeyStore + 'static>([store, _, _]: [S; 3]) {
    let clock = Clock::manual();
    let keys = open(store, &clock).await.unwrap();
    let first = active(&keys);
    keys.rotate(Algorithm::ES256).await.unwrap();
    let pending = keys.list().await.unwrap()[1].kid.clone();
    keys.revoke(&pending).await.unwrap();
    assert_eq!(states(&keys).await, [KeyState::Active, KeyState::Gone]);
    clock.advance(89 * DAY);
    keys.reload().await.unwrap();
    assert_eq!(active(&keys), first);
    clock.advance(DAY);
    assert!(![first, pending].contains(&active(&keys)), "the third");
}

async fn keys_that_are_not_there_or_do_not_sign_are_not_revoked<S: KeyStore + 'static>(
    [store, _, _]: [S; 3],
) {
    let clock = Clock::manual();
    let keys = open(store, &clock).await.unwrap();
    keys.pairwise_key().await.unwrap();
    let unknown = keys.revoke("k-2026").await.unwrap_err();
    assert!(unknown.is_unknown() && !unknown.is_of_store());
    let expected = format!("no key that signs is called `k-2026`: there are {}", active(&keys));
    assert_eq!(unknown.to_string(), expected);
    let pairwise = keys.list().await.unwrap().into_iter().find(|key| key.purpose == "pairwise").unwrap();
    assert!(keys.revoke(&pairwise.kid).await.unwrap_err().is_unknown(), "it signs nothing");
}
