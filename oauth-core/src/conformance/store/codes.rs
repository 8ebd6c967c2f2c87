//! Role `codes`.

use std::sync::Arc;

use crate::conformance::store::races;
use crate::conformance::store::records::{GRANTED_AT, after, grant, hash, now};
use crate::store::{
    Attempt, Authorization, AuthorizationGrant, CodeRedemption, CodeStore, FamilyId, PeekedCode,
};

async fn take<S: CodeStore>(store: &S, code: &str, seconds: u64) -> CodeRedemption {
    store.take_code(&hash(code), Attempt::random(), after(now(), seconds)).await.unwrap()
}

pub async fn a_code_redeems_once_and_is_then_taken<S: CodeStore + Clone + 'static>(store: S) {
    let now = now();
    let saved = grant(FamilyId::random(), after(now, 60));
    store.save_code(hash("code"), saved.clone()).await.unwrap();
    store.save_code(hash("other"), grant(FamilyId::random(), after(now, 60))).await.unwrap();
    assert_eq!(take(&store, "unknown", 0).await, CodeRedemption::Unknown);
    assert_eq!(take(&store, "code", 0).await, CodeRedemption::Redeemed);
    for _ in 0..3 {
        assert_eq!(take(&store, "code", 0).await, CodeRedemption::Taken);
    }
    let peeked = store.peek_code(&hash("code"), now).await.unwrap();
    assert_eq!(peeked, Some(PeekedCode { grant: saved, is_taken: true }), "who replays it can be checked");
    assert_eq!(take(&store, "other", 0).await, CodeRedemption::Redeemed);
}

/// A statement whose answer was lost is run again.
pub async fn the_same_attempt_redeems_again<S: CodeStore + Clone + 'static>(store: S) {
    let (now, attempt) = (now(), Attempt::random());
    store.save_code(hash("code"), grant(FamilyId::random(), after(now, 60))).await.unwrap();
    for _ in 0..3 {
        let redeemed = store.take_code(&hash("code"), attempt, now).await.unwrap();
        assert_eq!(redeemed, CodeRedemption::Redeemed);
    }
    assert_eq!(take(&store, "code", 0).await, CodeRedemption::Taken);
    assert_eq!(store.take_code(&hash("code"), attempt, now).await.unwrap(), CodeRedemption::Redeemed);
}

pub async fn looking_at_a_code_changes_nothing<S: CodeStore + Clone + 'static>(store: S) {
    let now = now();
    let saved = grant(FamilyId::random(), after(now, 60));
    store.save_code(hash("code"), saved.clone()).await.unwrap();
    for _ in 0..3 {
        let peeked = store.peek_code(&hash("code"), now).await.unwrap();
        assert_eq!(peeked, Some(PeekedCode { grant: saved.clone(), is_taken: false }));
    }
    assert_eq!(store.peek_code(&hash("unknown"), now).await.unwrap(), None);
    assert_eq!(store.peek_code(&hash("code"), after(now, 60)).await.unwrap(), None);
    assert_eq!(take(&store, "code", 0).await, CodeRedemption::Redeemed);
}

pub async fn an_expired_code_is_unknown<S: CodeStore + Clone + 'static>(store: S) {
    let now = now();
    store.save_code(hash("late"), grant(FamilyId::random(), after(now, 60))).await.unwrap();
    store.save_code(hash("in time"), grant(FamilyId::random(), after(now, 60))).await.unwrap();
    assert_eq!(take(&store, "late", 61).await, CodeRedemption::Unknown);
    assert_eq!(
        store.take_code(&hash("in time"), Attempt::random(), after(now, 59)).await.unwrap(),
        CodeRedemption::Redeemed
    );
}

pub async fn a_taken_code_stays_until_it_would_have_expired<S: CodeStore + Clone + 'static>(store: S) {
    let now = now();
    store.save_code(hash("code"), grant(FamilyId::random(), after(now, 60))).await.unwrap();
    let take =
        async |seconds| store.take_code(&hash("code"), Attempt::random(), after(now, seconds)).await.unwrap();
    assert_eq!(take(0).await, CodeRedemption::Redeemed);
    assert_eq!(take(59).await, CodeRedemption::Taken);
    assert_eq!(take(60).await, CodeRedemption::Unknown);
}

pub async fn a_code_without_optional_parts_comes_back<S: CodeStore + Clone + 'static>(store: S) {
    let now = now();
    let saved = AuthorizationGrant {
        authorization: Arc::new(Authorization::new("calendar", GRANTED_AT)),
        redirect_uri: None,
        code_challenge: None,
        dpop_jkt: None,
        expires_at: after(now, 60),
    };
    store.save_code(hash("code"), saved.clone()).await.unwrap();
    let peeked = store.peek_code(&hash("code"), now).await.unwrap();
    assert_eq!(peeked, Some(PeekedCode { grant: saved, is_taken: false }));
}

pub async fn a_code_is_not_kept_twice<S: CodeStore + Clone + 'static>(store: S) {
    let (now, family) = (now(), FamilyId::random());
    store.save_code(hash("code"), grant(family, after(now, 60))).await.unwrap();
    assert_eq!(take(&store, "code", 0).await, CodeRedemption::Redeemed);
    store.save_code(hash("code"), grant(family, after(now, 60))).await.unwrap_err();
    assert_eq!(take(&store, "code", 0).await, CodeRedemption::Taken, "it did not come back to life");
}

pub async fn two_hundred_redeem_one_code<S: CodeStore + Clone + 'static>(store: S) {
    races::one_code(&[store]).await;
}
