//! Role `codes`.

use std::sync::Arc;

use oauth_core::store::{Attempt, Authorization, AuthorizationGrant, CodeRedemption, FamilyId, PeekedCode};

use crate::support::{EveryRole, GRANTED_AT, after, grant, hash, now, over_every_store};

over_every_store!(
    a_code_redeems_once_and_is_then_taken,
    the_same_attempt_redeems_again,
    looking_at_a_code_changes_nothing,
    an_expired_code_is_unknown,
    a_taken_code_stays_until_it_would_have_expired,
    a_code_without_optional_parts_comes_back,
    a_code_is_not_kept_twice,
);

async fn take<S: EveryRole>(store: &S, code: &str, seconds: u64) -> CodeRedemption {
    store.take_code(&hash(code), Attempt::random(), after(now(), seconds)).await.unwrap()
}

async fn a_code_redeems_once_and_is_then_taken<S: EveryRole>(store: S) {
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
async fn the_same_attempt_redeems_again<S: EveryRole>(store: S) {
    let (now, attempt) = (now(), Attempt::random());
    store.save_code(hash("code"), grant(FamilyId::random(), after(now, 60))).await.unwrap();
    for _ in 0..3 {
        let redeemed = store.take_code(&hash("code"), attempt, now).await.unwrap();
        assert_eq!(redeemed, CodeRedemption::Redeemed);
    }
    assert_eq!(take(&store, "code", 0).await, CodeRedemption::Taken);
    assert_eq!(store.take_code(&hash("code"), attempt, now).await.unwrap(), CodeRedemption::Redeemed);
}

async fn looking_at_a_code_changes_nothing<S: EveryRole>(store: S) {
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

async fn an_expired_code_is_unknown<S: EveryRole>(store: S) {
    let now = now();
    store.save_code(hash("late"), grant(FamilyId::random(), after(now, 60))).await.unwrap();
    store.save_code(hash("in time"), grant(FamilyId::random(), after(now, 60))).await.unwrap();
    assert_eq!(take(&store, "late", 61).await, CodeRedemption::Unknown);
    assert_eq!(
        store.take_code(&hash("in time"), Attempt::random(), after(now, 59)).await.unwrap(),
        CodeRedemption::Redeemed
    );
}

async fn a_taken_code_stays_until_it_would_have_expired<S: EveryRole>(store: S) {
    let now = now();
    store.save_code(hash("code"), grant(FamilyId::random(), after(now, 60))).await.unwrap();
    let take =
        async |seconds| store.take_code(&hash("code"), Attempt::random(), after(now, seconds)).await.unwrap();
    assert_eq!(take(0).await, CodeRedemption::Redeemed);
    assert_eq!(take(59).await, CodeRedemption::Taken);
    assert_eq!(take(60).await, CodeRedemption::Unknown);
}

async fn a_code_without_optional_parts_comes_back<S: EveryRole>(store: S) {
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

async fn a_code_is_not_kept_twice<S: EveryRole>(store: S) {
    let (now, family) = (now(), FamilyId::random());
    store.save_code(hash("code"), grant(family, after(now, 60))).await.unwrap();
    assert_eq!(take(&store, "code", 0).await, CodeRedemption::Redeemed);
    let error = store.save_code(hash("code"), grant(family, after(now, 60))).await.unwrap_err();
    assert_eq!(error.to_string(), "the store could not save a code");
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(cause, "it is kept already: its generator repeats itself");
    assert_eq!(take(&store, "code", 0).await, CodeRedemption::Taken, "it did not come back to life");
}
