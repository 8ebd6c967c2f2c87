//! Role `tokens`: markers, which end what they mean wherever it is read, saved or used.

use std::time::Duration;

use crate::conformance::store::records::{
    access_token_of, after, authorization, hash, now, refresh_token_of,
};
use crate::store::{Authorization, FamilyId, Revocation, Rotation, Saving, Successor, TokenStore};
use crate::time::UnixTime;

/// An authorization of this person and client, granted then.
pub(in crate::conformance::store) fn granted(
    subject: Option<&str>,
    client_id: &str,
    granted_at: UnixTime,
) -> Authorization {
    let mut authorization = authorization(Some(FamilyId::random()));
    authorization.subject = subject.map(str::to_owned);
    client_id.clone_into(&mut authorization.client_id);
    authorization.granted_at = granted_at;
    authorization
}

/// Anna to the calendar, Anna to the mail, Bert to the calendar, and the calendar for itself; in each round, others.
pub(in crate::conformance::store) fn of(round: usize, granted_at: UnixTime) -> [Authorization; 4] {
    let (anna, calendar) = (format!("anna {round}"), format!("calendar {round}"));
    [
        granted(Some(&anna), &calendar, granted_at),
        granted(Some(&anna), "mail", granted_at),
        granted(Some("bert"), &calendar, granted_at),
        granted(None, &calendar, granted_at),
    ]
}

/// The revocations by the round they are of, with those of the four that live on.
pub(in crate::conformance::store) fn revocations(before: UnixTime) -> [(Revocation, [bool; 4]); 3] {
    let anna = |round| format!("anna {round}");
    let calendar = |round| format!("calendar {round}");
    [
        (Revocation::Subject { subject: anna(0), before }, [false, false, true, true]),
        (Revocation::Client { client_id: calendar(1), before }, [false, true, false, false]),
        (Revocation::Grant { subject: anna(2), client_id: calendar(2), before }, [false, true, true, true]),
    ]
}

pub async fn a_marker_ends_what_was_granted_until_then_and_nothing_else<S: TokenStore + Clone + 'static>(
    store: S,
) {
    let (now, then) = (now(), UnixTime::from_secs(1_750_000_000));
    let end = after(now, 600);
    for (round, (revocation, alive)) in revocations(then).into_iter().enumerate() {
        let name = |kind: &str, number: usize| format!("{kind} {round} {number}");
        for (kind, granted_at) in [("before", then), ("later", after(then, 1))] {
            for (number, authorization) in of(round, granted_at).into_iter().enumerate() {
                let access = access_token_of(&name(kind, number), authorization.clone(), end);
                let refresh = refresh_token_of(&name(kind, number), authorization, end);
                assert_eq!(store.save_tokens(Some(access), Some(refresh), now).await.unwrap(), Saving::Saved);
            }
        }
        store.revoke(&revocation, end).await.unwrap();
        for (number, alive) in alive.into_iter().enumerate() {
            for (kind, alive) in [("before", alive), ("later", true)] {
                let hash = hash(&name(kind, number));
                let access = store.access_token(&hash, now).await.unwrap().is_some();
                let refresh = store.refresh_token(&hash, now).await.unwrap().is_some();
                assert_eq!((access, refresh), (alive, alive), "{revocation:?}: {kind} {number}");
            }
        }
    }
}

pub async fn a_token_that_is_saved_too_late_is_refused<S: TokenStore + Clone + 'static>(store: S) {
    let (now, then, family) = (now(), UnixTime::from_secs(1_750_000_000), FamilyId::random());
    let end = after(now, 600);
    store.revoke(&Revocation::Subject { subject: "anna".to_owned(), before: then }, end).await.unwrap();
    store.revoke(&Revocation::Family(family), end).await.unwrap();
    let mut of_family = granted(Some("bert"), "mail", after(then, 1000));
    of_family.family = Some(family);
    let mut of_session = granted(Some("bert"), "mail", after(then, 1000));
    of_session.session = Some(family);
    let of_subject = granted(Some("anna"), "mail", then);
    for (number, dead) in [of_family, of_session, of_subject].into_iter().enumerate() {
        let name = format!("late {number}");
        let access = access_token_of(&name, dead.clone(), end);
        let saving = store.save_tokens(Some(access.clone()), None, now).await.unwrap();
        assert_eq!(saving, Saving::Revoked);
        let refresh = refresh_token_of(&name, dead, end);
        let saving = store.save_tokens(None, Some(refresh.clone()), now).await.unwrap();
        assert_eq!(saving, Saving::Revoked);
        let both = store.save_tokens(Some(access), Some(refresh), now).await.unwrap();
        assert_eq!(both, Saving::Revoked);
    }
}

pub async fn one_token_ends_alone<S: TokenStore + Clone + 'static>(store: S) {
    let (now, family) = (now(), Some(FamilyId::random()));
    let end = after(now, 600);
    for name in ["a", "b"] {
        let access = access_token_of(name, authorization(family), end);
        let refresh = refresh_token_of(&format!("{name} refresh"), authorization(family), end);
        assert_eq!(store.save_tokens(Some(access), Some(refresh), now).await.unwrap(), Saving::Saved);
    }
    for _ in 0..2 {
        store.revoke(&Revocation::Token(hash("a")), end).await.unwrap();
        store.revoke(&Revocation::Token(hash("unknown")), end).await.unwrap();
        store.revoke(&Revocation::Token(hash("b refresh")), end).await.unwrap();
    }
    assert_eq!(store.access_token(&hash("a"), now).await.unwrap(), None);
    assert!(store.access_token(&hash("b"), now).await.unwrap().is_some());
    assert!(store.refresh_token(&hash("a refresh"), now).await.unwrap().is_some());
    assert_eq!(store.refresh_token(&hash("b refresh"), now).await.unwrap(), None);
}

pub async fn the_later_moment_counts<S: TokenStore + Clone + 'static>(store: S) {
    let (now, then) = (now(), UnixTime::from_secs(1_750_000_000));
    let end = after(now, 600);
    let revocation = |before| Revocation::Subject { subject: "anna".to_owned(), before };
    store.revoke(&revocation(after(then, 10)), end).await.unwrap();
    store.revoke(&revocation(then), end).await.unwrap();
    let saving = async |seconds: u64| {
        let authorization = granted(Some("anna"), "mail", after(then, seconds));
        let token = access_token_of(&format!("{seconds}"), authorization, end);
        store.save_tokens(Some(token), None, now).await.unwrap()
    };
    assert_eq!(saving(10).await, Saving::Revoked, "a sign-out of the past takes none back");
    assert_eq!(saving(11).await, Saving::Saved);
    store.revoke(&revocation(after(then, 11)), end).await.unwrap();
    assert_eq!(store.access_token(&hash("11"), now).await.unwrap(), None);
}

pub async fn both_tokens_are_kept_or_neither<S: TokenStore + Clone + 'static>(store: S) {
    let (now, grace) = (now(), Duration::from_secs(10));
    let (end, family) = (after(now, 600), Some(FamilyId::random()));
    let access = |name: &str| Some(access_token_of(name, authorization(family), end));
    let refresh = |name: &str| refresh_token_of(name, authorization(family), end);
    let saving = store.save_tokens(access("a"), Some(refresh("r")), now).await.unwrap();
    assert_eq!(saving, Saving::Saved);
    assert!(store.save_tokens(access("a"), Some(refresh("new")), now).await.is_err());
    assert!(store.save_tokens(access("new"), Some(refresh("r")), now).await.is_err());
    let next = |name: &str| Successor { token: refresh(name), sealed: b"sealed".to_vec() };
    assert!(store.rotate_refresh_token(&hash("r"), next("new"), access("a"), now, grace).await.is_err());
    assert_eq!(store.access_token(&hash("new"), now).await.unwrap(), None);
    assert_eq!(store.refresh_token(&hash("new"), now).await.unwrap(), None);
    let rotation = store.rotate_refresh_token(&hash("r"), next("s"), access("b"), now, grace).await.unwrap();
    assert_eq!(rotation, Rotation::Rotated);
    assert_eq!(store.access_token(&hash("b"), now).await.unwrap(), access("b"));
    let retried = store.rotate_refresh_token(&hash("r"), next("t"), access("c"), now, grace).await.unwrap();
    assert_eq!(retried, Rotation::Retried { sealed: b"sealed".to_vec() });
    assert_eq!(store.access_token(&hash("c"), now).await.unwrap(), None, "a retry keeps nothing");
}
