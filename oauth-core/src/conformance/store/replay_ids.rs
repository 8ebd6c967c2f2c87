//! Role `replay_ids`.

use crate::conformance::store::races;
use crate::conformance::store::records::{after, hash, now};
use crate::store::{Attempt, ReplayStore};

pub async fn an_identifier_is_claimed_once<S: ReplayStore + Clone + 'static>(store: S) {
    let now = now();
    assert!(store.claim_replay_id(&hash("one"), Attempt::random(), after(now, 60), now).await.unwrap());
    for _ in 0..3 {
        assert!(!store.claim_replay_id(&hash("one"), Attempt::random(), after(now, 60), now).await.unwrap());
    }
    assert!(store.claim_replay_id(&hash("two"), Attempt::random(), after(now, 60), now).await.unwrap());
}

pub async fn a_claim_ends<S: ReplayStore + Clone + 'static>(store: S) {
    let now = now();
    assert!(store.claim_replay_id(&hash("one"), Attempt::random(), after(now, 60), now).await.unwrap());
    assert!(
        !store
            .claim_replay_id(&hash("one"), Attempt::random(), after(now, 120), after(now, 59))
            .await
            .unwrap()
    );
    assert!(
        store
            .claim_replay_id(&hash("one"), Attempt::random(), after(now, 120), after(now, 60))
            .await
            .unwrap()
    );
}

pub async fn a_claim_that_ended_can_be_made_again<S: ReplayStore + Clone + 'static>(store: S) {
    let now = now();
    store.claim_replay_id(&hash("one"), Attempt::random(), after(now, 60), now).await.unwrap();
    assert!(
        store
            .claim_replay_id(&hash("one"), Attempt::random(), after(now, 180), after(now, 60))
            .await
            .unwrap()
    );
    assert!(
        !store
            .claim_replay_id(&hash("one"), Attempt::random(), after(now, 180), after(now, 179))
            .await
            .unwrap()
    );
}

pub async fn a_refused_claim_does_not_last_longer<S: ReplayStore + Clone + 'static>(store: S) {
    let now = now();
    store.claim_replay_id(&hash("one"), Attempt::random(), after(now, 60), now).await.unwrap();
    assert!(!store.claim_replay_id(&hash("one"), Attempt::random(), after(now, 600), now).await.unwrap());
    assert!(
        store
            .claim_replay_id(&hash("one"), Attempt::random(), after(now, 600), after(now, 60))
            .await
            .unwrap()
    );
}

/// A statement whose answer was lost is run again.
pub async fn the_same_attempt_claims_again<S: ReplayStore + Clone + 'static>(store: S) {
    let (now, attempt) = (now(), Attempt::random());
    for _ in 0..3 {
        assert!(store.claim_replay_id(&hash("one"), attempt, after(now, 60), now).await.unwrap());
    }
    assert!(!store.claim_replay_id(&hash("one"), Attempt::random(), after(now, 60), now).await.unwrap());
    // It lasts no longer than the first time.
    assert!(store.claim_replay_id(&hash("one"), attempt, after(now, 600), now).await.unwrap());
    let later = after(now, 60);
    assert!(store.claim_replay_id(&hash("one"), Attempt::random(), after(now, 600), later).await.unwrap());
}

pub async fn two_hundred_claim_one_identifier<S: ReplayStore + Clone + 'static>(store: S) {
    races::one_identifier(&[store]).await;
}
