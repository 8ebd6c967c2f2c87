//! Role `tokens`: refresh tokens and their rotation.

use std::time::Duration;

use crate::conformance::store::records::{after, hash, now, refresh_token, save_refresh, successor};
use crate::store::{FamilyId, Rotation, TokenStore};

const GRACE: Duration = Duration::from_secs(10);

pub async fn a_refresh_token_lives_until_it_expires<S: TokenStore + Clone + 'static>(store: S) {
    let now = now();
    let saved = refresh_token("r", FamilyId::random(), after(now, 60));
    save_refresh(&store, saved.clone()).await;
    assert_eq!(store.refresh_token(&saved.hash, now).await.unwrap(), Some(saved.clone()));
    assert_eq!(store.refresh_token(&saved.hash, after(now, 59)).await.unwrap(), Some(saved.clone()));
    assert_eq!(store.refresh_token(&saved.hash, after(now, 60)).await.unwrap(), None);
    assert_eq!(store.refresh_token(&hash("unknown"), now).await.unwrap(), None);
}

pub async fn rotation_keeps_the_successor_and_marks_the_old_token<S: TokenStore + Clone + 'static>(store: S) {
    let (now, family) = (now(), FamilyId::random());
    let end = after(now, 600);
    save_refresh(&store, refresh_token("first", family, end)).await;
    let next = successor("second", family, after(end, 60));
    let rotation = store.rotate_refresh_token(&hash("first"), next.clone(), None, now, GRACE).await.unwrap();
    assert_eq!(rotation, Rotation::Rotated);
    assert_eq!(store.refresh_token(&hash("second"), now).await.unwrap(), Some(next.token));
    let first = store.refresh_token(&hash("first"), now).await.unwrap().unwrap();
    assert!(first.is_rotated);
    assert_eq!(first.expires_at, end);
}

pub async fn a_retry_within_the_grace_gets_the_same_successor<S: TokenStore + Clone + 'static>(store: S) {
    let (now, family) = (now(), FamilyId::random());
    let end = after(now, 600);
    save_refresh(&store, refresh_token("first", family, end)).await;
    let next = successor("second", family, end);
    store.rotate_refresh_token(&hash("first"), next.clone(), None, now, GRACE).await.unwrap();
    for seconds in [0, 1, 9] {
        let attempt = successor("third", family, end);
        let rotation = store
            .rotate_refresh_token(&hash("first"), attempt, None, after(now, seconds), GRACE)
            .await
            .unwrap();
        assert_eq!(rotation, Rotation::Retried { sealed: next.sealed.clone() });
    }
    assert_eq!(store.refresh_token(&hash("third"), now).await.unwrap(), None, "a retry keeps nothing");
    assert!(store.refresh_token(&hash("second"), now).await.unwrap().is_some());
}

pub async fn a_retry_after_the_grace_is_reuse<S: TokenStore + Clone + 'static>(store: S) {
    let (now, family) = (now(), FamilyId::random());
    let end = after(now, 600);
    save_refresh(&store, refresh_token("first", family, end)).await;
    store
        .rotate_refresh_token(&hash("first"), successor("second", family, end), None, now, GRACE)
        .await
        .unwrap();
    for seconds in [10, 11, 599] {
        let attempt = successor("third", family, end);
        let rotation = store
            .rotate_refresh_token(&hash("first"), attempt, None, after(now, seconds), GRACE)
            .await
            .unwrap();
        assert_eq!(rotation, Rotation::Reused);
    }
    assert_eq!(store.refresh_token(&hash("third"), now).await.unwrap(), None, "reuse keeps nothing");
}

pub async fn without_grace_every_second_use_is_reuse<S: TokenStore + Clone + 'static>(store: S) {
    let (now, family) = (now(), FamilyId::random());
    let end = after(now, 600);
    for (number, grace) in [Duration::ZERO, Duration::from_millis(999)].into_iter().enumerate() {
        let (first, second) = (format!("first {number}"), format!("second {number}"));
        save_refresh(&store, refresh_token(&first, family, end)).await;
        let next = successor(&second, family, end);
        assert_eq!(
            store.rotate_refresh_token(&hash(&first), next, None, now, grace).await.unwrap(),
            Rotation::Rotated
        );
        // The grace of the rotation counts, not that of the retry.
        for retry_grace in [grace, GRACE] {
            let attempt = successor("third", family, end);
            let rotation =
                store.rotate_refresh_token(&hash(&first), attempt, None, now, retry_grace).await.unwrap();
            assert_eq!(rotation, Rotation::Reused);
        }
    }
}

pub async fn once_the_successor_is_used_a_retry_is_reuse<S: TokenStore + Clone + 'static>(store: S) {
    let (now, family) = (now(), FamilyId::random());
    let end = after(now, 600);
    let rotate = |from: &'static str, to: &'static str| {
        let store = store.clone();
        async move {
            store
                .rotate_refresh_token(&hash(from), successor(to, family, end), None, now, GRACE)
                .await
                .unwrap()
        }
    };
    save_refresh(&store, refresh_token("first", family, end)).await;
    assert_eq!(rotate("first", "second").await, Rotation::Rotated);
    assert!(matches!(rotate("first", "x").await, Rotation::Retried { .. }));
    assert_eq!(rotate("second", "third").await, Rotation::Rotated);
    assert_eq!(rotate("first", "x").await, Rotation::Reused);
    // The one before last only: the last response may have been lost in its turn.
    assert_eq!(rotate("second", "x").await, Rotation::Retried { sealed: b"sealed third".to_vec() });
    assert_eq!(rotate("third", "fourth").await, Rotation::Rotated);
    assert_eq!(rotate("second", "x").await, Rotation::Reused);
}

pub async fn what_is_unknown_or_expired_does_not_rotate<S: TokenStore + Clone + 'static>(store: S) {
    let (now, family) = (now(), FamilyId::random());
    let rotate = |from: &'static str, seconds: u64| {
        let store = store.clone();
        let next = successor("next", family, after(now, 600));
        async move {
            store.rotate_refresh_token(&hash(from), next, None, after(now, seconds), GRACE).await.unwrap()
        }
    };
    save_refresh(&store, refresh_token("r", family, after(now, 5))).await;
    assert_eq!(rotate("unknown", 0).await, Rotation::Unknown);
    assert_eq!(rotate("r", 5).await, Rotation::Unknown);
    assert_eq!(store.refresh_token(&hash("next"), now).await.unwrap(), None);
    assert_eq!(rotate("r", 4).await, Rotation::Rotated);
    // Expired within the grace is expired.
    assert_eq!(rotate("r", 5).await, Rotation::Unknown);
}

pub async fn a_refresh_token_is_not_kept_twice<S: TokenStore + Clone + 'static>(store: S) {
    let (now, family) = (now(), FamilyId::random());
    let end = after(now, 600);
    save_refresh(&store, refresh_token("r", family, end)).await;
    store.rotate_refresh_token(&hash("r"), successor("s", family, end), None, now, GRACE).await.unwrap();
    assert!(store.save_tokens(None, Some(refresh_token("r", family, end)), now).await.is_err());
    assert!(store.refresh_token(&hash("r"), now).await.unwrap().unwrap().is_rotated, "still rotated");
}

pub async fn a_successor_that_is_kept_already_rotates_nothing<S: TokenStore + Clone + 'static>(store: S) {
    let (now, family) = (now(), FamilyId::random());
    let end = after(now, 600);
    save_refresh(&store, refresh_token("r", family, end)).await;
    for kept in ["r", "kept"] {
        if kept != "r" {
            save_refresh(&store, refresh_token(kept, family, end)).await;
        }
        let rotation =
            store.rotate_refresh_token(&hash("r"), successor(kept, family, end), None, now, GRACE).await;
        assert!(rotation.is_err(), "{kept}");
    }
    assert!(!store.refresh_token(&hash("r"), now).await.unwrap().unwrap().is_rotated);
    let rotation =
        store.rotate_refresh_token(&hash("r"), successor("s", family, end), None, now, GRACE).await.unwrap();
    assert_eq!(rotation, Rotation::Rotated);
}
