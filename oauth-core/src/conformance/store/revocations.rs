//! Role `revocations`: revocations of what no store keeps.

use super::tokens::markers::{granted, of, revocations};
use crate::conformance::store::records::{after, hash, now};
use crate::store::{Authorization, FamilyId, Marks, Revocation, RevocationStore};
use crate::time::UnixTime;

/// Tokens that are kept and tokens that are not are ended by the same markers.
pub async fn a_marker_ends_what_no_store_keeps<S: RevocationStore + Clone + 'static>(store: S) {
    let (now, then) = (now(), UnixTime::from_secs(1_750_000_000));
    let end = after(now, 600);
    let is_revoked = async |name: &str, authorization: &Authorization| {
        let (token, granted_at) = (hash(name), authorization.granted_at);
        let is_revoked = store.is_revoked(&Marks::of(&token, authorization), granted_at).await.unwrap();
        let is_ended = store.is_ended(&token, authorization).await.unwrap();
        assert_eq!(is_ended, is_revoked, "`is_ended` and `is_revoked` differ: {name}, {authorization:?}");
        is_revoked
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

/// A revocation is found by whoever was told that it is kept, and by everybody who asks after that, however many write and ask meanwhile.
pub async fn a_revocation_that_is_kept_is_told_to_everybody<S: RevocationStore + Clone + 'static>(store: S) {
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
