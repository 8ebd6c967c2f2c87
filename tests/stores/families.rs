//! Role `tokens`: revoking all that was issued from one authorization.

use std::time::Duration;

use oauth_core::store::{AccessToken, FamilyId, RefreshToken, Rotation};

use crate::support::{
    EveryRole, access_token, after, hash, now, over_every_store, past, refresh_token, successor,
};

over_every_store!(
    a_revoked_family_takes_all_its_tokens_with_it,
    a_token_of_a_revoked_family_is_born_revoked,
    a_revoked_family_does_not_rotate,
    revoking_twice_keeps_the_later_end,
    a_revoked_session_takes_its_tokens_with_it,
);

async fn a_revoked_family_takes_all_its_tokens_with_it<S: EveryRole>(store: S) {
    let (now, family, other) = (now(), FamilyId::random(), FamilyId::random());
    let end = after(now, 600);
    store.save_access_token(access_token("a", Some(family), end)).await.unwrap();
    store.save_access_token(access_token("b", Some(family), end)).await.unwrap();
    store.save_access_token(access_token("c", Some(other), end)).await.unwrap();
    store.save_access_token(access_token("d", None, end)).await.unwrap();
    store.save_refresh_token(refresh_token("r", family, end)).await.unwrap();
    store.save_refresh_token(refresh_token("s", other, end)).await.unwrap();
    store.revoke_family(family, end).await.unwrap();
    for dead in ["a", "b"] {
        assert_eq!(store.access_token(&hash(dead), now).await.unwrap(), None, "{dead}");
    }
    for live in ["c", "d"] {
        assert!(store.access_token(&hash(live), now).await.unwrap().is_some(), "{live}");
    }
    assert_eq!(store.refresh_token(&hash("r"), now).await.unwrap(), None);
    assert!(store.refresh_token(&hash("s"), now).await.unwrap().is_some());
}

async fn a_token_of_a_revoked_family_is_born_revoked<S: EveryRole>(store: S) {
    let (now, family) = (now(), FamilyId::random());
    let end = after(now, 600);
    store.revoke_family(family, end).await.unwrap();
    store.save_access_token(access_token("a", Some(family), end)).await.unwrap();
    store.save_refresh_token(refresh_token("r", family, end)).await.unwrap();
    for moment in [now, after(now, 599)] {
        assert_eq!(store.access_token(&hash("a"), moment).await.unwrap(), None);
        assert_eq!(store.refresh_token(&hash("r"), moment).await.unwrap(), None);
    }
}

async fn a_revoked_family_does_not_rotate<S: EveryRole>(store: S) {
    let (now, family, grace) = (now(), FamilyId::random(), Duration::from_secs(10));
    let end = after(now, 600);
    for token in ["fresh", "rotated"] {
        store.save_refresh_token(refresh_token(token, family, end)).await.unwrap();
    }
    let next = successor("next", family, end);
    assert_eq!(
        store.rotate_refresh_token(&hash("rotated"), next, now, grace).await.unwrap(),
        Rotation::Rotated
    );
    store.revoke_family(family, end).await.unwrap();
    for token in ["fresh", "rotated", "next"] {
        let attempt = successor("more", family, end);
        let rotation = store.rotate_refresh_token(&hash(token), attempt, now, grace).await.unwrap();
        assert_eq!(rotation, Rotation::Unknown, "{token}");
    }
    assert_eq!(store.refresh_token(&hash("more"), now).await.unwrap(), None);
}

async fn revoking_twice_keeps_the_later_end<S: EveryRole>(store: S) {
    let (now, family) = (now(), FamilyId::random());
    store.save_access_token(access_token("a", Some(family), after(now, 600))).await.unwrap();
    store.revoke_family(family, after(now, 600)).await.unwrap();
    // An end that has passed must not let the first revocation be forgotten.
    store.revoke_family(family, past()).await.unwrap();
    for number in 0..100 {
        let short = access_token(&format!("{number}"), None, after(now, 600));
        store.save_access_token(short).await.unwrap();
        store.revoke_family(FamilyId::random(), after(now, 600)).await.unwrap();
    }
    assert_eq!(store.access_token(&hash("a"), now).await.unwrap(), None);
}

async fn a_revoked_session_takes_its_tokens_with_it<S: EveryRole>(store: S) {
    let (now, family, session) = (now(), FamilyId::random(), FamilyId::of_session("s-1"));
    let end = after(now, 600);
    let of_session = Some(session);
    store
        .save_access_token(AccessToken { session: of_session, ..access_token("a", Some(family), end) })
        .await
        .unwrap();
    store.save_access_token(access_token("b", Some(family), end)).await.unwrap();
    store
        .save_access_token(AccessToken { session: of_session, ..access_token("c", None, end) })
        .await
        .unwrap();
    for token in ["r", "t"] {
        let token = RefreshToken { session: of_session, ..refresh_token(token, family, end) };
        store.save_refresh_token(token).await.unwrap();
    }
    store.save_refresh_token(refresh_token("offline", family, end)).await.unwrap();
    assert_eq!(store.access_token(&hash("a"), now).await.unwrap().unwrap().session, of_session);
    assert_eq!(store.refresh_token(&hash("r"), now).await.unwrap().unwrap().session, of_session);
    store.revoke_family(session, end).await.unwrap();
    for dead in ["a", "c"] {
        assert_eq!(store.access_token(&hash(dead), now).await.unwrap(), None, "{dead}");
    }
    assert!(store.access_token(&hash("b"), now).await.unwrap().is_some());
    assert_eq!(store.refresh_token(&hash("r"), now).await.unwrap(), None);
    assert!(store.refresh_token(&hash("offline"), now).await.unwrap().is_some());
    let attempt = successor("more", family, end);
    let rotation =
        store.rotate_refresh_token(&hash("t"), attempt, now, Duration::from_secs(10)).await.unwrap();
    assert_eq!(rotation, Rotation::Unknown);
    let late = RefreshToken { session: of_session, ..refresh_token("late", FamilyId::random(), end) };
    store.save_refresh_token(late).await.unwrap();
    assert_eq!(store.refresh_token(&hash("late"), now).await.unwrap(), None, "born revoked");
}
