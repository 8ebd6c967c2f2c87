//! Role `codes`.

use oauth_core::store::{CodeRedemption, FamilyId};

use crate::support::{EveryRole, after, grant, hash, now, over_every_store};

over_every_store!(
    a_code_redeems_once_and_then_is_a_replay,
    an_expired_code_is_unknown,
    a_replay_is_recognised_until_the_code_would_have_expired,
    a_code_without_optional_parts_comes_back,
    a_code_is_not_kept_twice,
);

async fn a_code_redeems_once_and_then_is_a_replay<S: EveryRole>(store: S) {
    let (now, family) = (now(), FamilyId::random());
    let saved = grant(family, after(now, 60));
    store.save_code(hash("code"), saved.clone()).await.unwrap();
    store.save_code(hash("other"), grant(FamilyId::random(), after(now, 60))).await.unwrap();
    assert_eq!(store.take_code(&hash("unknown"), now).await.unwrap(), CodeRedemption::Unknown);
    assert_eq!(store.take_code(&hash("code"), now).await.unwrap(), CodeRedemption::Redeemed(saved));
    for _ in 0..3 {
        assert_eq!(store.take_code(&hash("code"), now).await.unwrap(), CodeRedemption::Replayed { family });
    }
    assert!(matches!(store.take_code(&hash("other"), now).await.unwrap(), CodeRedemption::Redeemed(_)));
}

async fn an_expired_code_is_unknown<S: EveryRole>(store: S) {
    let (now, family) = (now(), FamilyId::random());
    store.save_code(hash("late"), grant(family, after(now, 60))).await.unwrap();
    store.save_code(hash("in time"), grant(family, after(now, 60))).await.unwrap();
    assert_eq!(store.take_code(&hash("late"), after(now, 60)).await.unwrap(), CodeRedemption::Unknown);
    let redeemed = store.take_code(&hash("in time"), after(now, 59)).await.unwrap();
    assert!(matches!(redeemed, CodeRedemption::Redeemed(_)));
}

async fn a_replay_is_recognised_until_the_code_would_have_expired<S: EveryRole>(store: S) {
    let (now, family) = (now(), FamilyId::random());
    store.save_code(hash("code"), grant(family, after(now, 60))).await.unwrap();
    store.take_code(&hash("code"), now).await.unwrap();
    let replayed = CodeRedemption::Replayed { family };
    assert_eq!(store.take_code(&hash("code"), after(now, 59)).await.unwrap(), replayed);
    assert_eq!(store.take_code(&hash("code"), after(now, 60)).await.unwrap(), CodeRedemption::Unknown);
}

async fn a_code_without_optional_parts_comes_back<S: EveryRole>(store: S) {
    let now = now();
    let mut saved = grant(FamilyId::random(), after(now, 60));
    saved.redirect_uri = None;
    saved.code_challenge = None;
    saved.claims.clear();
    store.save_code(hash("code"), saved.clone()).await.unwrap();
    assert_eq!(store.take_code(&hash("code"), now).await.unwrap(), CodeRedemption::Redeemed(saved));
}

async fn a_code_is_not_kept_twice<S: EveryRole>(store: S) {
    let (now, family) = (now(), FamilyId::random());
    store.save_code(hash("code"), grant(family, after(now, 60))).await.unwrap();
    store.take_code(&hash("code"), now).await.unwrap();
    let error = store.save_code(hash("code"), grant(family, after(now, 60))).await.unwrap_err();
    assert_eq!(error.to_string(), "the store could not save a code");
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(cause, "it is kept already: its generator repeats itself");
    let replayed = CodeRedemption::Replayed { family };
    assert_eq!(store.take_code(&hash("code"), now).await.unwrap(), replayed, "it did not come back to life");
}
