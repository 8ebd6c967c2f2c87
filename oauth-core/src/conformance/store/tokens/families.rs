//! Role `tokens`: revoking all that was issued from one authorization.

use std::time::Duration;

use crate::conformance::store::records::{
    access_token, access_token_of, after, authorization, hash, now, past, refresh_token, refresh_token_of,
    revoke_family, save_access, save_refresh, successor,
};
use crate::store::{FamilyId, Rotation, TokenStore};

pub async fn a_revoked_family_takes_all_its_tokens_with_it<S: TokenStore + Clone + 'static>(store: S) {
    let (now, family, other) = (now(), FamilyId::random(), FamilyId::random());
    let end = after(now, 600);
    save_access(&store, access_token("a", Some(family), end)).await;
    save_access(&store, access_token("b", Some(family), end)).await;
    save_access(&store, access_token("c", Some(other), end)).await;
    save_access(&store, access_token("d", None, end)).await;
    save_refresh(&store, refresh_token("r", family, end)).await;
    save_refresh(&store, refresh_token("s", other, end)).await;
    revoke_family(&store, family, end).await;
    for dead in ["a", "b"] {
        assert_eq!(store.access_token(&hash(dead), now).await.unwrap(), None, "{dead}");
    }
    for live in ["c", "d"] {
        assert!(store.access_token(&hash(live), now).await.unwrap().is_some(), "{live}");
    }
    assert_eq!(store.refresh_token(&hash("r"), now).await.unwrap(), None);
    assert!(store.refresh_token(&hash("s"), now).await.unwrap().is_some());
}

pub async fn a_revoked_family_does_not_rotate<S: TokenStore + Clone + 'static>(store: S) {
    let (now, family, grace) = (now(), FamilyId::random(), Duration::from_secs(10));
    let end = after(now, 600);
    for token in ["fresh", "rotated"] {
        save_refresh(&store, refresh_token(token, family, end)).await;
    }
    let next = successor("next", family, end);
    assert_eq!(
        store.rotate_refresh_token(&hash("rotated"), next, None, now, grace).await.unwrap(),
        Rotation::Rotated
    );
    revoke_family(&store, family, end).await;
    for token in ["fresh", "rotated", "next"] {
        let attempt = successor("more", family, end);
        let rotation = store.rotate_refresh_token(&hash(token), attempt, None, now, grace).await.unwrap();
        assert_eq!(rotation, Rotation::Unknown, "{token}");
    }
    assert_eq!(store.refresh_token(&hash("more"), now).await.unwrap(), None);
}

pub async fn revoking_twice_keeps_the_later_end<S: TokenStore + Clone + 'static>(store: S) {
    let (now, family) = (now(), FamilyId::random());
    save_access(&store, access_token("a", Some(family), after(now, 600))).await;
    revoke_family(&store, family, after(now, 600)).await;
    // An end that has passed must not let the first revocation be forgotten.
    revoke_family(&store, family, past()).await;
    for number in 0..100 {
        let short = access_token(&format!("{number}"), None, after(now, 600));
        save_access(&store, short).await;
        revoke_family(&store, FamilyId::random(), after(now, 600)).await;
    }
    assert_eq!(store.access_token(&hash("a"), now).await.unwrap(), None);
}

pub async fn a_revoked_session_takes_its_tokens_with_it<S: TokenStore + Clone + 'static>(store: S) {
    let (now, family, session) = (now(), FamilyId::random(), FamilyId::of_session("s-1"));
    let end = after(now, 600);
    let of_session = |family| {
        let mut authorization = authorization(family);
        authorization.session = Some(session);
        authorization
    };
    save_access(&store, access_token_of("a", of_session(Some(family)), end)).await;
    save_access(&store, access_token("b", Some(family), end)).await;
    save_access(&store, access_token_of("c", of_session(None), end)).await;
    for token in ["r", "t"] {
        save_refresh(&store, refresh_token_of(token, of_session(Some(family)), end)).await;
    }
    save_refresh(&store, refresh_token("offline", family, end)).await;
    revoke_family(&store, session, end).await;
    for dead in ["a", "c"] {
        assert_eq!(store.access_token(&hash(dead), now).await.unwrap(), None, "{dead}");
    }
    assert!(store.access_token(&hash("b"), now).await.unwrap().is_some());
    assert_eq!(store.refresh_token(&hash("r"), now).await.unwrap(), None);
    assert!(store.refresh_token(&hash("offline"), now).await.unwrap().is_some());
    let attempt = successor("more", family, end);
    let grace = Duration::from_secs(10);
    let rotation = store.rotate_refresh_token(&hash("t"), attempt, None, now, grace).await.unwrap();
    assert_eq!(rotation, Rotation::Unknown);
}
