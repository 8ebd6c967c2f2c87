//! Role `list_grants`.

use std::time::Duration;

use super::walk::{name, walk};
use crate::conformance::store::records::{
    GRANTED_AT, after, hash, now, refresh_token, save_refresh, scopes, successor,
};
use crate::store::{FamilyId, ListGrants, Revocation, StandingGrant};
use crate::time::UnixTime;

pub async fn pages_of_grants_have_each_once_while_others_come_and_go<S: ListGrants + Clone + 'static>(
    store: S,
) {
    let family = |number: usize| FamilyId::of_session(&name(number));
    let end = after(now(), 600);
    walk(
        async |number| {
            // With a predecessor, which is not listed.
            let (first, next) = (format!("first {number}"), format!("next {number}"));
            save_refresh(&store, refresh_token(&first, family(number), end)).await;
            let next = successor(&next, family(number), after(end, 1));
            store
                .rotate_refresh_token(&hash(&first), next, None, now(), Duration::from_secs(10))
                .await
                .unwrap();
        },
        async |number| store.revoke(&Revocation::Family(family(number)), end).await.unwrap(),
        async |after, limit| store.grants_of("user-1", now(), after.as_ref(), limit).await,
        |grant| {
            let number = (0..100).find(|number| family(*number) == grant.family).unwrap();
            name(number)
        },
    )
    .await;
}

async fn grants<S: ListGrants>(store: &S, subject: &str, now: UnixTime) -> Vec<StandingGrant> {
    store.grants_of(subject, now, None, 10).await.unwrap().items
}

pub async fn a_grant_is_its_newest_token<S: ListGrants + Clone + 'static>(store: S) {
    let family = FamilyId::random();
    // Lifetimes were shortened meanwhile: the newest is not the one that lives longest.
    save_refresh(&store, refresh_token("r0", family, after(now(), 9000))).await;
    for (presented, next, lifetime) in [("r0", "r1", 600), ("r1", "r2", 500)] {
        let next = successor(next, family, after(now(), lifetime));
        store.rotate_refresh_token(&hash(presented), next, None, now(), Duration::ZERO).await.unwrap();
    }
    let listed = grants(&store, "user-1", now()).await;
    let [grant] = listed.as_slice() else { panic!("{listed:?}") };
    assert_eq!(grant.family, family);
    assert_eq!(grant.client_id, "calendar");
    assert_eq!(grant.scopes, scopes("profile calendar"));
    assert_eq!(grant.resources, ["https://api.example"]);
    assert_eq!(grant.granted_at, GRANTED_AT);
    assert_eq!(grant.expires_at, after(now(), 500));
    assert_eq!(grants(&store, "user-2", now()).await, [], "it is of one person");
    assert_eq!(grants(&store, "user-1", after(now(), 500)).await, [], "nobody can refresh it any more");
}

pub async fn what_is_revoked_or_expired_is_no_grant<S: ListGrants + Clone + 'static>(store: S) {
    let end = after(now(), 600);
    let families: Vec<_> = (0..3).map(|_| FamilyId::random()).collect();
    for (number, family) in families.iter().enumerate() {
        save_refresh(&store, refresh_token(&format!("{number}"), *family, end)).await;
    }
    assert_eq!(grants(&store, "user-1", now()).await.len(), 3);
    assert_eq!(grants(&store, "user-1", end).await.len(), 0);
    store.revoke(&Revocation::Family(families[0]), end).await.unwrap();
    assert_eq!(grants(&store, "user-1", now()).await.len(), 2);
    let before = GRANTED_AT;
    let grant = Revocation::Grant { subject: "user-1".into(), client_id: "calendar".into(), before };
    store.revoke(&grant, end).await.unwrap();
    assert_eq!(grants(&store, "user-1", now()).await.len(), 0);
}
