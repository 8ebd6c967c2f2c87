//! Role `replay_ids`.

use crate::support::{EveryRole, after, hash, now, over_every_store};

over_every_store!(
    an_identifier_is_claimed_once,
    a_claim_ends,
    a_claim_that_ended_can_be_made_again,
    a_refused_claim_does_not_last_longer,
);

async fn an_identifier_is_claimed_once<S: EveryRole>(store: S) {
    let now = now();
    assert!(store.claim_replay_id(&hash("one"), after(now, 60), now).await.unwrap());
    for _ in 0..3 {
        assert!(!store.claim_replay_id(&hash("one"), after(now, 60), now).await.unwrap());
    }
    assert!(store.claim_replay_id(&hash("two"), after(now, 60), now).await.unwrap());
}

async fn a_claim_ends<S: EveryRole>(store: S) {
    let now = now();
    assert!(store.claim_replay_id(&hash("one"), after(now, 60), now).await.unwrap());
    assert!(!store.claim_replay_id(&hash("one"), after(now, 120), after(now, 59)).await.unwrap());
    assert!(store.claim_replay_id(&hash("one"), after(now, 120), after(now, 60)).await.unwrap());
}

async fn a_claim_that_ended_can_be_made_again<S: EveryRole>(store: S) {
    let now = now();
    store.claim_replay_id(&hash("one"), after(now, 60), now).await.unwrap();
    assert!(store.claim_replay_id(&hash("one"), after(now, 180), after(now, 60)).await.unwrap());
    assert!(!store.claim_replay_id(&hash("one"), after(now, 180), after(now, 179)).await.unwrap());
}

async fn a_refused_claim_does_not_last_longer<S: EveryRole>(store: S) {
    let now = now();
    store.claim_replay_id(&hash("one"), after(now, 60), now).await.unwrap();
    assert!(!store.claim_replay_id(&hash("one"), after(now, 600), now).await.unwrap());
    assert!(store.claim_replay_id(&hash("one"), after(now, 600), after(now, 60)).await.unwrap());
}
