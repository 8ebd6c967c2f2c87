//! Role `pushed_requests`.

use crate::conformance::store::races;
use crate::conformance::store::records::{after, hash, now, pushed};
use crate::store::{Attempt, CodeRedemption, LoadedRequest, PushedRequestStore};

pub async fn what_was_pushed_is_loaded_as_it_was<S: PushedRequestStore + Clone + 'static>(store: S) {
    let now = now();
    store.save_pushed_request(hash("one"), pushed(now)).await.unwrap();
    let loaded = store.load_pushed_request(&hash("one"), "calendar", after(now, 1)).await.unwrap();
    assert_eq!(loaded, Some(LoadedRequest { request: pushed(now), loaded_at: after(now, 1) }));
    assert_eq!(store.load_pushed_request(&hash("two"), "calendar", now).await.unwrap(), None);
}

pub async fn the_first_load_counts<S: PushedRequestStore + Clone + 'static>(store: S) {
    let now = now();
    store.save_pushed_request(hash("one"), pushed(now)).await.unwrap();
    for seconds in [10, 20, 100] {
        let loaded = store.load_pushed_request(&hash("one"), "calendar", after(now, seconds)).await.unwrap();
        assert_eq!(loaded.unwrap().loaded_at, after(now, 10));
    }
}

pub async fn an_expired_request_is_not_loaded<S: PushedRequestStore + Clone + 'static>(store: S) {
    let now = now();
    store.save_pushed_request(hash("one"), pushed(now)).await.unwrap();
    for seconds in [60, 61, 119] {
        let loaded = store.load_pushed_request(&hash("one"), "calendar", after(now, seconds)).await.unwrap();
        assert_eq!(loaded, None);
    }
}

pub async fn a_loaded_request_is_loaded_until_the_login_ends<S: PushedRequestStore + Clone + 'static>(
    store: S,
) {
    let now = now();
    store.save_pushed_request(hash("one"), pushed(now)).await.unwrap();
    let load = async |seconds| {
        store.load_pushed_request(&hash("one"), "calendar", after(now, seconds)).await.unwrap().is_some()
    };
    assert!(load(59).await && load(60).await && load(119).await);
    assert!(!load(120).await);
}

pub async fn another_clients_request_is_not_there<S: PushedRequestStore + Clone + 'static>(store: S) {
    let now = now();
    store.save_pushed_request(hash("one"), pushed(now)).await.unwrap();
    assert_eq!(store.load_pushed_request(&hash("one"), "mail", now).await.unwrap(), None);
    // Nor did that load it.
    assert_eq!(store.load_pushed_request(&hash("one"), "calendar", after(now, 60)).await.unwrap(), None);
}

pub async fn a_used_request_is_not_loaded<S: PushedRequestStore + Clone + 'static>(store: S) {
    let now = now();
    store.save_pushed_request(hash("one"), pushed(now)).await.unwrap();
    assert!(store.load_pushed_request(&hash("one"), "calendar", now).await.unwrap().is_some());
    let taken = store.take_pushed_request(&hash("one"), Attempt::random(), now).await.unwrap();
    assert_eq!(taken, CodeRedemption::Redeemed);
    assert_eq!(store.load_pushed_request(&hash("one"), "calendar", now).await.unwrap(), None);
}

pub async fn one_of_two_uses_it_up<S: PushedRequestStore + Clone + 'static>(store: S) {
    let now = now();
    store.save_pushed_request(hash("one"), pushed(now)).await.unwrap();
    let take = async || store.take_pushed_request(&hash("one"), Attempt::random(), now).await.unwrap();
    assert_eq!(take().await, CodeRedemption::Redeemed);
    assert_eq!(take().await, CodeRedemption::Taken);
}

/// A statement whose answer was lost is run again.
pub async fn the_same_attempt_uses_it_up_again<S: PushedRequestStore + Clone + 'static>(store: S) {
    let (now, attempt) = (now(), Attempt::random());
    store.save_pushed_request(hash("one"), pushed(now)).await.unwrap();
    for _ in 0..3 {
        let taken = store.take_pushed_request(&hash("one"), attempt, now).await.unwrap();
        assert_eq!(taken, CodeRedemption::Redeemed);
    }
}

pub async fn it_is_forgotten<S: PushedRequestStore + Clone + 'static>(store: S) {
    let now = now();
    store.save_pushed_request(hash("one"), pushed(now)).await.unwrap();
    let later = after(now, 120);
    let taken = store.take_pushed_request(&hash("one"), Attempt::random(), later).await.unwrap();
    assert_eq!(taken, CodeRedemption::Unknown);
}

pub async fn a_used_reference_does_not_come_back<S: PushedRequestStore + Clone + 'static>(store: S) {
    let now = now();
    store.save_pushed_request(hash("one"), pushed(now)).await.unwrap();
    store.take_pushed_request(&hash("one"), Attempt::random(), now).await.unwrap();
    store.save_pushed_request(hash("one"), pushed(now)).await.unwrap_err();
    assert_eq!(store.load_pushed_request(&hash("one"), "calendar", now).await.unwrap(), None);
}

pub async fn two_hundred_use_up_one_pushed_request<S: PushedRequestStore + Clone + 'static>(store: S) {
    races::one_pushed_request(&[store]).await;
}
