//! Role `pushed_requests`.

use oauth_core::store::{Attempt, CodeRedemption, FamilyId, LoadedRequest, Revocation};

use crate::support::{EveryRole, after, hash, now, over_every_store, pushed};

over_every_store!(
    what_was_pushed_is_loaded_as_it_was,
    the_first_load_counts,
    an_expired_request_is_not_loaded,
    a_loaded_request_is_loaded_until_the_login_ends,
    another_clients_request_is_not_there,
    a_used_request_is_not_loaded,
    one_of_two_uses_it_up,
    the_same_attempt_uses_it_up_again,
    it_is_forgotten,
    a_used_reference_does_not_come_back,
    a_revocation_of_the_client_ends_it,
);

async fn what_was_pushed_is_loaded_as_it_was<S: EveryRole>(store: S) {
    let now = now();
    store.save_pushed_request(hash("one"), pushed(now)).await.unwrap();
    let loaded = store.load_pushed_request(&hash("one"), "calendar", after(now, 1)).await.unwrap();
    assert_eq!(loaded, Some(LoadedRequest { request: pushed(now), loaded_at: after(now, 1) }));
    assert_eq!(store.load_pushed_request(&hash("two"), "calendar", now).await.unwrap(), None);
}

async fn the_first_load_counts<S: EveryRole>(store: S) {
    let now = now();
    store.save_pushed_request(hash("one"), pushed(now)).await.unwrap();
    for seconds in [10, 20, 100] {
        let loaded = store.load_pushed_request(&hash("one"), "calendar", after(now, seconds)).await.unwrap();
        assert_eq!(loaded.unwrap().loaded_at, after(now, 10));
    }
}

async fn an_expired_request_is_not_loaded<S: EveryRole>(store: S) {
    let now = now();
    store.save_pushed_request(hash("one"), pushed(now)).await.unwrap();
    for seconds in [60, 61, 119] {
        let loaded = store.load_pushed_request(&hash("one"), "calendar", after(now, seconds)).await.unwrap();
        assert_eq!(loaded, None);
    }
}

async fn a_loaded_request_is_loaded_until_the_login_ends<S: EveryRole>(store: S) {
    let now = now();
    store.save_pushed_request(hash("one"), pushed(now)).await.unwrap();
    let load = async |seconds| {
        store.load_pushed_request(&hash("one"), "calendar", after(now, seconds)).await.unwrap().is_some()
    };
    assert!(load(59).await && load(60).await && load(119).await);
    assert!(!load(120).await);
}

async fn another_clients_request_is_not_there<S: EveryRole>(store: S) {
    let now = now();
    store.save_pushed_request(hash("one"), pushed(now)).await.unwrap();
    assert_eq!(store.load_pushed_request(&hash("one"), "mail", now).await.unwrap(), None);
    // Nor did that load it.
    assert_eq!(store.load_pushed_request(&hash("one"), "calendar", after(now, 60)).await.unwrap(), None);
}

async fn a_used_request_is_not_loaded<S: EveryRole>(store: S) {
    let now = now();
    store.save_pushed_request(hash("one"), pushed(now)).await.unwrap();
    assert!(store.load_pushed_request(&hash("one"), "calendar", now).await.unwrap().is_some());
    let taken = store.take_pushed_request(&hash("one"), Attempt::random(), now).await.unwrap();
    assert_eq!(taken, CodeRedemption::Redeemed);
    assert_eq!(store.load_pushed_request(&hash("one"), "calendar", now).await.unwrap(), None);
}

async fn one_of_two_uses_it_up<S: EveryRole>(store: S) {
    let now = now();
    store.save_pushed_request(hash("one"), pushed(now)).await.unwrap();
    let take = async || store.take_pushed_request(&hash("one"), Attempt::random(), now).await.unwrap();
    assert_eq!(take().await, CodeRedemption::Redeemed);
    assert_eq!(take().await, CodeRedemption::Taken);
}

/// A statement whose answer was lost is run again.
async fn the_same_attempt_uses_it_up_again<S: EveryRole>(store: S) {
    let (now, attempt) = (now(), Attempt::random());
    store.save_pushed_request(hash("one"), pushed(now)).await.unwrap();
    for _ in 0..3 {
        let taken = store.take_pushed_request(&hash("one"), attempt, now).await.unwrap();
        assert_eq!(taken, CodeRedemption::Redeemed);
    }
}

async fn it_is_forgotten<S: EveryRole>(store: S) {
    let now = now();
    store.save_pushed_request(hash("one"), pushed(now)).await.unwrap();
    let later = after(now, 120);
    let taken = store.take_pushed_request(&hash("one"), Attempt::random(), later).await.unwrap();
    assert_eq!(taken, CodeRedemption::Unknown);
}

async fn a_used_reference_does_not_come_back<S: EveryRole>(store: S) {
    let now = now();
    store.save_pushed_request(hash("one"), pushed(now)).await.unwrap();
    store.take_pushed_request(&hash("one"), Attempt::random(), now).await.unwrap();
    store.save_pushed_request(hash("one"), pushed(now)).await.unwrap_err();
    assert_eq!(store.load_pushed_request(&hash("one"), "calendar", now).await.unwrap(), None);
}

async fn a_revocation_of_the_client_ends_it<S: EveryRole>(store: S) {
    let now = now();
    for name in ["one", "two"] {
        store.save_pushed_request(hash(name), pushed(now)).await.unwrap();
    }
    store.revoke(&Revocation::Family(FamilyId::random()), after(now, 600)).await.unwrap();
    assert!(store.load_pushed_request(&hash("one"), "calendar", now).await.unwrap().is_some());
    let client = Revocation::Client { client_id: "calendar".into(), before: now };
    store.revoke(&client, after(now, 600)).await.unwrap();
    for name in ["one", "two"] {
        assert_eq!(store.load_pushed_request(&hash(name), "calendar", now).await.unwrap(), None);
        let taken = store.take_pushed_request(&hash(name), Attempt::random(), now).await.unwrap();
        assert_eq!(taken, CodeRedemption::Unknown);
    }
}
