//! Role `devices`.

use std::sync::Arc;
use std::time::Duration;

use crate::conformance::store::races::{self, at_once};
use crate::conformance::store::records::{after, device, hash, now, scopes};
use crate::store::{
    Attempt, Authorization, CodeRedemption, DeviceAuthorization, DeviceDecision, DeviceGrant, DevicePoll,
    DeviceStore, FamilyId,
};
use crate::time::UnixTime;

fn approval() -> DeviceDecision {
    DeviceDecision::approve("user-1", UnixTime::from_secs(1_700_000_000), scopes("profile calendar"))
}

async fn save<S: DeviceStore>(store: &S, name: &str, authorization: DeviceAuthorization) {
    assert!(store.save_device_code(hash(name), hash(&format!("{name} user")), authorization).await.unwrap());
}

pub async fn an_approved_code_is_used_up_once<S: DeviceStore + Clone + 'static>(store: S) {
    let now = now();
    let saved = device(after(now, 600));
    save(&store, "tv", saved.clone()).await;
    save(&store, "other", device(after(now, 600))).await;
    let user_code = hash("tv user");
    let poll = async |name| store.poll_device_code(&hash(name), "calendar", now).await.unwrap();
    assert_eq!(store.device_authorization(&user_code, now).await.unwrap(), Some(saved.clone()));
    assert_eq!(
        store.device_authorization(&hash("tv"), now).await.unwrap(),
        None,
        "that is the device's code"
    );
    assert_eq!(poll("unknown").await, DevicePoll::Unknown);
    assert_eq!(poll("tv").await, DevicePoll::Pending);
    assert!(store.decide_device_code(&user_code, approval(), now).await.unwrap());
    assert_eq!(
        store.device_authorization(&user_code, now).await.unwrap(),
        None,
        "there is nothing to decide"
    );
    let mut authorization = Authorization::new("calendar", now);
    authorization.subject = Some("user-1".to_owned());
    authorization.auth_time = Some(UnixTime::from_secs(1_700_000_000));
    authorization.scopes = scopes("profile calendar");
    authorization.resources = saved.resources;
    authorization.claims = saved.claims;
    authorization.family = Some(FamilyId::of_code(&hash("tv")));
    let approved = DevicePoll::Approved(DeviceGrant { authorization: Arc::new(authorization) });
    for _ in 0..3 {
        assert_eq!(poll("tv").await, approved, "as soon as it is approved, however soon and often it asks");
    }
    let attempt = Attempt::random();
    let take = async |attempt| store.take_device_code(&hash("tv"), attempt, now).await.unwrap();
    assert_eq!(take(attempt).await, CodeRedemption::Redeemed);
    assert_eq!(take(Attempt::random()).await, CodeRedemption::Taken);
    assert_eq!(take(attempt).await, CodeRedemption::Redeemed, "its answer may have been lost");
    assert_eq!(poll("tv").await, DevicePoll::Unknown);
    assert!(!store.decide_device_code(&user_code, approval(), now).await.unwrap());
    assert_eq!(poll("other").await, DevicePoll::Pending);
}

pub async fn a_refusal_is_told_until_the_code_expires<S: DeviceStore + Clone + 'static>(store: S) {
    let now = now();
    save(&store, "tv", device(after(now, 600))).await;
    assert!(store.decide_device_code(&hash("tv user"), DeviceDecision::Deny, now).await.unwrap());
    for seconds in [0, 1, 599] {
        let poll = store.poll_device_code(&hash("tv"), "calendar", after(now, seconds)).await.unwrap();
        assert_eq!(poll, DevicePoll::Denied);
    }
    let poll = store.poll_device_code(&hash("tv"), "calendar", after(now, 600)).await.unwrap();
    assert_eq!(poll, DevicePoll::Expired);
}

pub async fn a_device_that_asks_too_often_is_slowed_down_more_each_time<S: DeviceStore + Clone + 'static>(
    store: S,
) {
    let now = now();
    save(&store, "tv", device(after(now, 600))).await;
    let interval =
        async || store.device_authorization(&hash("tv user"), now).await.unwrap().unwrap().interval.as_secs();
    for (seconds, poll, expected) in [
        (0, DevicePoll::Pending, 5),
        (4, DevicePoll::SlowDown, 10),
        (13, DevicePoll::SlowDown, 15),
        (28, DevicePoll::Pending, 15),
        (43, DevicePoll::Pending, 15),
    ] {
        let answer = store.poll_device_code(&hash("tv"), "calendar", after(now, seconds)).await.unwrap();
        assert_eq!((answer, interval().await), (poll, expected), "after {seconds} seconds");
    }
}

pub async fn a_code_is_decided_on_once<S: DeviceStore + Clone + 'static>(store: S) {
    let now = now();
    save(&store, "tv", device(after(now, 600))).await;
    assert!(store.decide_device_code(&hash("tv user"), DeviceDecision::Deny, now).await.unwrap());
    assert!(!store.decide_device_code(&hash("tv user"), approval(), now).await.unwrap());
    assert!(!store.decide_device_code(&hash("unknown"), approval(), now).await.unwrap());
    let poll = store.poll_device_code(&hash("tv"), "calendar", now).await.unwrap();
    assert_eq!(poll, DevicePoll::Denied);
}

pub async fn an_expired_code_is_told_so_and_then_forgotten<S: DeviceStore + Clone + 'static>(store: S) {
    let now = now();
    let end = after(now, 600);
    save(&store, "tv", device(end)).await;
    save(&store, "approved", device(end)).await;
    assert!(store.decide_device_code(&hash("approved user"), approval(), now).await.unwrap());
    assert_eq!(store.device_authorization(&hash("tv user"), end).await.unwrap(), None);
    assert!(!store.decide_device_code(&hash("tv user"), approval(), end).await.unwrap());
    for name in ["tv", "approved"] {
        let poll = async |seconds| {
            store.poll_device_code(&hash(name), "calendar", after(end, seconds)).await.unwrap()
        };
        assert_eq!(poll(0).await, DevicePoll::Expired, "{name}");
        assert_eq!(poll(59).await, DevicePoll::Expired, "{name}");
        assert_eq!(poll(60).await, DevicePoll::Unknown, "{name}");
    }
}

pub async fn a_code_belongs_to_its_client<S: DeviceStore + Clone + 'static>(store: S) {
    let now = now();
    save(&store, "tv", device(after(now, 600))).await;
    assert!(store.decide_device_code(&hash("tv user"), approval(), now).await.unwrap());
    let poll = async |client| store.poll_device_code(&hash("tv"), client, now).await.unwrap();
    assert_eq!(poll("another").await, DevicePoll::Unknown);
    assert!(matches!(poll("calendar").await, DevicePoll::Approved(_)), "the other one used nothing up");
}

pub async fn a_user_code_is_not_given_to_two_devices<S: DeviceStore + Clone + 'static>(store: S) {
    let now = now();
    save(&store, "tv", device(after(now, 600))).await;
    let again = device(after(now, 600));
    assert!(!store.save_device_code(hash("second"), hash("tv user"), again.clone()).await.unwrap());
    assert!(store.save_device_code(hash("second"), hash("another code"), again).await.unwrap());
    assert!(store.decide_device_code(&hash("tv user"), approval(), now).await.unwrap());
    let second = store.poll_device_code(&hash("second"), "calendar", now).await.unwrap();
    assert_eq!(second, DevicePoll::Pending);
    let first = store.poll_device_code(&hash("tv"), "calendar", now).await.unwrap();
    assert!(matches!(first, DevicePoll::Approved(_)));
}

pub async fn a_device_code_is_not_kept_twice<S: DeviceStore + Clone + 'static>(store: S) {
    let now = now();
    save(&store, "tv", device(after(now, 600))).await;
    let twice = store.save_device_code(hash("tv"), hash("another code"), device(after(now, 600))).await;
    twice.unwrap_err();
}

pub async fn the_person_may_grant_less<S: DeviceStore + Clone + 'static>(store: S) {
    let now = now();
    let mut saved = device(after(now, 600));
    saved.claims.clear();
    saved.interval = Duration::from_secs(30);
    save(&store, "tv", saved).await;
    let less = DeviceDecision::approve("user-2", now, scopes("profile"));
    assert!(store.decide_device_code(&hash("tv user"), less, now).await.unwrap());
    let poll = store.poll_device_code(&hash("tv"), "calendar", now).await.unwrap();
    let DevicePoll::Approved(grant) = poll else { panic!("{poll:?}") };
    let granted = &grant.authorization;
    assert_eq!((&granted.scopes, granted.subject.as_deref()), (&scopes("profile"), Some("user-2")));
    assert!(granted.claims.is_empty());
}

pub async fn what_nobody_approved_is_not_redeemed<S: DeviceStore + Clone + 'static>(store: S) {
    let now = now();
    let end = after(now, 600);
    for name in ["pending", "denied", "expired"] {
        save(&store, name, device(end)).await;
    }
    assert!(store.decide_device_code(&hash("denied user"), DeviceDecision::Deny, now).await.unwrap());
    assert!(store.decide_device_code(&hash("expired user"), approval(), now).await.unwrap());
    for (name, moment) in [("pending", now), ("denied", now), ("unknown", now), ("expired", end)] {
        let redemption = store.take_device_code(&hash(name), Attempt::random(), moment).await.unwrap();
        assert_eq!(redemption, CodeRedemption::Unknown, "{name}");
    }
}

pub async fn two_hundred_redeem_one_approved_device<S: DeviceStore + Clone + 'static>(store: S) {
    races::one_device(&[store]).await;
}

pub async fn two_hundred_decide_on_one_device<S: DeviceStore + Clone + 'static>(store: S) {
    let now = now();
    assert!(store.save_device_code(hash("tv"), hash("tv user"), device(after(now, 600))).await.unwrap());
    let answers = at_once(&[store], move |store, caller| async move {
        let decision = match caller % 2 {
            0 => DeviceDecision::approve(format!("user-{caller}"), now, scopes("profile")),
            _ => DeviceDecision::Deny,
        };
        store.decide_device_code(&hash("tv user"), decision, now).await.unwrap()
    })
    .await;
    assert_eq!(answers.iter().filter(|decided| **decided).count(), 1);
}
