//! Role `tokens`: markers, which end what they mean wherever it is read, saved or used.

use std::sync::Arc;
use std::time::Duration;

use oauth_core::store::{
    Attempt, Authorization, AuthorizationGrant, CodeRedemption, DeviceAuthorization, DeviceDecision,
    DevicePoll, FamilyId, Marks, Revocation, Rotation, Saving, Successor,
};
use oauth_core::time::UnixTime;

use crate::support::{
    EveryRole, access_token_of, after, authorization, device, grant, hash, now, over_every_store,
    refresh_token_of, scopes,
};

over_every_store!(
    a_marker_ends_what_was_granted_until_then_and_nothing_else,
    a_token_that_is_saved_too_late_is_refused,
    a_marker_ends_codes_and_devices,
    one_token_ends_alone,
    the_later_moment_counts,
    both_tokens_are_kept_or_neither,
    a_marker_ends_what_no_store_keeps,
    a_revocation_that_is_kept_is_told_to_everybody,
);

/// An authorization of this person and client, granted then.
fn granted(subject: Option<&str>, client_id: &str, granted_at: UnixTime) -> Authorization {
    let mut authorization = authorization(Some(FamilyId::random()));
    authorization.subject = subject.map(str::to_owned);
    client_id.clone_into(&mut authorization.client_id);
    authorization.granted_at = granted_at;
    authorization
}

/// Anna to the calendar, Anna to the mail, Bert to the calendar, and the calendar for itself; in each round, others.
fn of(round: usize, granted_at: UnixTime) -> [Authorization; 4] {
    let (anna, calendar) = (format!("anna {round}"), format!("calendar {round}"));
    [
        granted(Some(&anna), &calendar, granted_at),
        granted(Some(&anna), "mail", granted_at),
        granted(Some("bert"), &calendar, granted_at),
        granted(None, &calendar, granted_at),
    ]
}

/// The revocations by the round they are of, with those of the four that live on.
fn revocations(before: UnixTime) -> [(Revocation, [bool; 4]); 3] {
    let anna = |round| format!("anna {round}");
    let calendar = |round| format!("calendar {round}");
    [
        (Revocation::Subject { subject: anna(0), before }, [false, false, true, true]),
        (Revocation::Client { client_id: calendar(1), before }, [false, true, false, false]),
        (Revocation::Grant { subject: anna(2), client_id: calendar(2), before }, [false, true, true, true]),
    ]
}

async fn a_marker_ends_what_was_granted_until_then_and_nothing_else<S: EveryRole>(store: S) {
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

async fn a_token_that_is_saved_too_late_is_refused<S: EveryRole>(store: S) {
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

async fn a_marker_ends_codes_and_devices<S: EveryRole>(store: S) {
    let (now, attempt) = (now(), Attempt::random());
    let end = after(now, 600);
    for (round, (revocation, _)) in revocations(now).into_iter().enumerate() {
        let (code, tv, screen) =
            (hash(&format!("code {round}")), hash(&format!("tv {round}")), hash(&format!("screen {round}")));
        let [authorization, ..] = of(round, now);
        let client_id = authorization.client_id.clone();
        let (subject, authorization) = (authorization.subject.clone().unwrap(), Arc::new(authorization));
        let grant = AuthorizationGrant { authorization, ..grant(FamilyId::random(), end) };
        store.save_code(code, grant).await.unwrap();
        let device = DeviceAuthorization { client_id: client_id.clone(), ..device(end) };
        assert!(store.save_device_code(tv, screen, device).await.unwrap());
        let approval = DeviceDecision::approve(subject, now, scopes("profile"));
        assert!(store.decide_device_code(&screen, approval, now).await.unwrap());
        assert!(store.peek_code(&code, now).await.unwrap().is_some());
        let poll = store.poll_device_code(&tv, &client_id, now).await.unwrap();
        assert!(matches!(poll, DevicePoll::Approved(_)), "{poll:?}");

        store.revoke(&revocation, end).await.unwrap();
        assert_eq!(store.peek_code(&code, now).await.unwrap(), None);
        assert_eq!(store.take_code(&code, attempt, now).await.unwrap(), CodeRedemption::Unknown);
        assert_eq!(store.poll_device_code(&tv, &client_id, now).await.unwrap(), DevicePoll::Unknown);
        assert_eq!(store.take_device_code(&tv, attempt, now).await.unwrap(), CodeRedemption::Unknown);
    }
}

async fn one_token_ends_alone<S: EveryRole>(store: S) {
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

async fn the_later_moment_counts<S: EveryRole>(store: S) {
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

async fn both_tokens_are_kept_or_neither<S: EveryRole>(store: S) {
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

/// What is kept and what is not are ended by the same markers.
async fn a_marker_ends_what_no_store_keeps<S: EveryRole>(store: S) {
    let (now, then) = (now(), UnixTime::from_secs(1_750_000_000));
    let end = after(now, 600);
    let is_revoked = async |name: &str, authorization: &Authorization| {
        let marks = Marks::of(&hash(name), authorization);
        store.is_revoked(&marks, authorization.granted_at).await.unwrap()
    };
    for (round, (revocation, alive)) in revocations(then).into_iter().enumerate() {
        store.revoke(&revocation, end).await.unwrap();
        for (granted_at, is_earlier) in [(then, true), (after(then, 1), false)] {
            for (authorization, alive) in of(round, granted_at).into_iter().zip(alive) {
                let name = format!("{round}");
                assert_eq!(
                    is_revoked(&name, &authorization).await,
                    is_earlier && !alive,
                    "{revocation:?}: {authorization:?}"
                );
            }
        }
    }
    // A token, a family and a session end whenever they were granted.
    let mut authorization = granted(Some("carol"), "mail", after(now, 3600));
    authorization.session = Some(FamilyId::of_session("of carol"));
    for (revocation, name) in [
        (Revocation::Token(hash("hers")), "hers"),
        (Revocation::Family(FamilyId::of_session("of carol")), "any"),
        (Revocation::Family(authorization.family.unwrap()), "another"),
    ] {
        let mut others = authorization.clone();
        (others.family, others.session) = (Some(FamilyId::random()), None);
        if name == "another" {
            authorization.session = None;
        }
        assert!(name == "any" || !is_revoked(name, &authorization).await);
        store.revoke(&revocation, end).await.unwrap();
        assert!(is_revoked(name, &authorization).await, "{revocation:?}");
        assert!(!is_revoked("others", &others).await);
    }
}

/// Whoever was told that it is kept finds it, and so does everybody who asks after that, however many write and ask meanwhile.
async fn a_revocation_that_is_kept_is_told_to_everybody<S: EveryRole>(store: S) {
    let end = after(now(), 600);
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..32 {
        let store = store.clone();
        tasks.spawn(async move {
            let granted_at = UnixTime::from_secs(1_750_000_000);
            let authorization = granted(Some(&format!("person {number}")), "mail", granted_at);
            let token = hash(&format!("token {number}"));
            let marks = Marks::of(&token, &authorization);
            let before = store.is_revoked(&marks, authorization.granted_at).await.unwrap();
            let revocation = match number % 3 {
                0 => Revocation::Token(token),
                1 => Revocation::Family(authorization.family.unwrap()),
                _ => {
                    let subject = authorization.subject.clone().unwrap();
                    Revocation::Subject { subject, before: authorization.granted_at }
                }
            };
            store.revoke(&revocation, end).await.unwrap();
            let mut asked = tokio::task::JoinSet::new();
            for _ in 0..4 {
                let store = store.clone();
                asked.spawn(async move { store.is_revoked(&marks, granted_at).await.unwrap() });
            }
            (before, asked.join_all().await)
        });
    }
    for (before, after) in tasks.join_all().await {
        assert!(!before && after.into_iter().all(|is_revoked| is_revoked));
    }
}
