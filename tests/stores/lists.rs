//! Lists: each entry once, whatever the size of a page and whatever comes and goes meanwhile.

use std::collections::BTreeMap;
use std::time::Duration;

use oauth_core::prelude::*;
use oauth_core::store::{Authorization, Cursor, FamilyId, Page, Result, Revocation, StandingGrant};
use oauth_core::time::UnixTime;

use crate::support::{
    EveryRole, GRANTED_AT, access_token_of, after, hash, now, over_every_store, refresh_token, save_access,
    save_refresh, scopes, session, successor,
};

over_every_store!(
    pages_of_clients_have_each_once_while_others_come_and_go,
    pages_of_users_have_each_once_while_others_come_and_go,
    pages_of_sessions_have_each_once_while_others_come_and_go,
    pages_of_grants_have_each_once_while_others_come_and_go,
    pages_of_consents_have_each_once_while_others_come_and_go,
    a_page_has_a_most_and_a_least,
    a_cursor_of_another_list_is_an_error,
    lists_are_of_one_person,
    a_grant_is_its_newest_token,
    what_is_revoked_or_expired_is_no_grant,
    a_deleted_client_leaves_nothing_behind,
);

/// The number of entries that are there from beginning to end.
const ENTRIES: usize = 7;

/// Names that sort differently as text, as bytes and by a dictionary.
fn name(number: usize) -> String {
    let names = ["a", "B", "b", "ä", "a-b", "ab", "Z"];
    names.get(number).map_or_else(|| format!("later {number}"), |name| (*name).to_owned())
}

/// Walks a list with pages of every size, and adds and removes others between its pages.
async fn walk<T, Kept: AsyncFn(usize), Gone: AsyncFn(usize), Read>(
    keep: Kept,
    remove: Gone,
    read: Read,
    name_of: impl Fn(&T) -> String,
) where
    Read: AsyncFn(Option<Cursor>, u16) -> Result<Page<T>>,
{
    for number in 0..ENTRIES {
        keep(number).await;
    }
    let mut other = ENTRIES;
    for size in 1..=u16::try_from(ENTRIES + 1).unwrap() {
        let (mut seen, mut cursor): (BTreeMap<String, usize>, Option<Cursor>) = (BTreeMap::new(), None);
        loop {
            let page = read(cursor, size).await.unwrap();
            assert!(page.items.len() <= usize::from(size) && !page.items.is_empty(), "{size}");
            for item in &page.items {
                *seen.entry(name_of(item)).or_default() += 1;
            }
            keep(other).await;
            if other > ENTRIES {
                remove(other - 1).await;
            }
            other += 1;
            // Through text, as an account page has it in its URL.
            let Some(next) = page.next else { break };
            cursor = Some(next.to_string().parse().unwrap());
        }
        for number in 0..ENTRIES {
            assert_eq!(seen.get(&name(number)), Some(&1), "{} in pages of {size}: {seen:?}", name(number));
        }
        assert!(seen.values().all(|times| *times == 1), "{seen:?}");
    }
}

fn client(id: &str) -> Client {
    Client::public(id).redirect_uri("https://app.example/cb").build().unwrap()
}

async fn pages_of_clients_have_each_once_while_others_come_and_go<S: EveryRole>(store: S) {
    // Identifiers of clients are ASCII.
    let id = |number| name(number).replace('ä', "~");
    walk(
        async |number| store.save_client(client(&id(number))).await.unwrap(),
        async |number| assert!(store.delete_client(&id(number), now()).await.unwrap()),
        async |after, limit| store.clients(after.as_ref(), limit).await,
        |client| client.client_id.replace('~', "ä"),
    )
    .await;
}

async fn pages_of_users_have_each_once_while_others_come_and_go<S: EveryRole>(store: S) {
    walk(
        async |number| {
            store.save_user(User::new(name(number), format!("login of {number}"))).await.unwrap();
        },
        async |number| assert!(store.delete_user(&name(number)).await.unwrap()),
        async |after, limit| store.users(after.as_ref(), limit).await,
        |user| user.subject.clone(),
    )
    .await;
}

async fn pages_of_sessions_have_each_once_while_others_come_and_go<S: EveryRole>(store: S) {
    let of = |number| {
        let mut session = session("user-1", after(now(), 600));
        session.sid = name(number);
        session
    };
    walk(
        async |number| store.save_session(hash(&name(number)), of(number)).await.unwrap(),
        async |number| assert!(store.end_session(&hash(&name(number)), now()).await.unwrap().is_some()),
        async |after, limit| store.sessions_of("user-1", now(), after.as_ref(), limit).await,
        |(id, session)| {
            assert_eq!(*id, hash(&session.sid));
            session.sid.clone()
        },
    )
    .await;
}

async fn pages_of_grants_have_each_once_while_others_come_and_go<S: EveryRole>(store: S) {
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

async fn pages_of_consents_have_each_once_while_others_come_and_go<S: EveryRole>(store: S) {
    walk(
        async |number| store.save_consent("user-1", &name(number), scopes("a b")).await.unwrap(),
        async |number| assert!(store.delete_consent("user-1", &name(number)).await.unwrap()),
        async |after, limit| store.consents_of("user-1", after.as_ref(), limit).await,
        |consent| {
            assert_eq!(consent.scopes, scopes("a b"));
            consent.client_id.clone()
        },
    )
    .await;
}

async fn a_page_has_a_most_and_a_least<S: EveryRole>(store: S) {
    for number in 0..3 {
        store.save_user(User::new(name(number), name(number))).await.unwrap();
    }
    let least = store.users(None, 0).await.unwrap();
    assert_eq!(least.items.len(), 1, "a page without entries would have no end");
    let most = store.users(None, u16::MAX).await.unwrap();
    assert_eq!((most.items.len(), most.next), (3, None));
}

async fn a_cursor_of_another_list_is_an_error<S: EveryRole>(store: S) {
    for key in [&[0xFF, 0xFE][..], b"a\0b"] {
        let other = Cursor::after(key);
        store.consents_of("user-1", Some(&other), 10).await.unwrap_err();
    }
    "no/cursor".parse::<Cursor>().unwrap_err();
}

async fn lists_are_of_one_person<S: EveryRole>(store: S) {
    let end = after(now(), 600);
    store.save_session(hash("s"), session("user-2", end)).await.unwrap();
    store.save_consent("user-2", "calendar", scopes("a")).await.unwrap();
    save_refresh(&store, refresh_token("r", FamilyId::random(), end)).await;
    assert!(store.sessions_of("user-1", now(), None, 10).await.unwrap().items.is_empty());
    assert!(store.consents_of("user-1", None, 10).await.unwrap().items.is_empty());
    assert!(store.grants_of("user-2", now(), None, 10).await.unwrap().items.is_empty());
    // Expired ones are of nobody.
    assert!(store.sessions_of("user-2", end, None, 10).await.unwrap().items.is_empty());
}

async fn grants<S: EveryRole>(store: &S, now: UnixTime) -> Vec<StandingGrant> {
    store.grants_of("user-1", now, None, 10).await.unwrap().items
}

async fn a_grant_is_its_newest_token<S: EveryRole>(store: S) {
    let family = FamilyId::random();
    // Lifetimes were shortened meanwhile: the newest is not the one that lives longest.
    save_refresh(&store, refresh_token("r0", family, after(now(), 9000))).await;
    for (presented, next, lifetime) in [("r0", "r1", 600), ("r1", "r2", 500)] {
        let next = successor(next, family, after(now(), lifetime));
        store.rotate_refresh_token(&hash(presented), next, None, now(), Duration::ZERO).await.unwrap();
    }
    let listed = grants(&store, now()).await;
    let [grant] = listed.as_slice() else { panic!("{listed:?}") };
    assert_eq!(grant.family, family);
    assert_eq!(grant.client_id, "calendar");
    assert_eq!(grant.scopes, scopes("profile calendar"));
    assert_eq!(grant.resources, ["https://api.example"]);
    assert_eq!(grant.granted_at, GRANTED_AT);
    assert_eq!(grant.expires_at, after(now(), 500));
    assert_eq!(grants(&store, after(now(), 500)).await, [], "nobody can refresh it any more");
}

async fn what_is_revoked_or_expired_is_no_grant<S: EveryRole>(store: S) {
    let end = after(now(), 600);
    let families: Vec<_> = (0..3).map(|_| FamilyId::random()).collect();
    for (number, family) in families.iter().enumerate() {
        save_refresh(&store, refresh_token(&format!("{number}"), *family, end)).await;
    }
    assert_eq!(grants(&store, now()).await.len(), 3);
    assert_eq!(grants(&store, end).await.len(), 0);
    store.revoke(&Revocation::Family(families[0]), end).await.unwrap();
    assert_eq!(grants(&store, now()).await.len(), 2);
    let before = GRANTED_AT;
    let grant = Revocation::Grant { subject: "user-1".into(), client_id: "calendar".into(), before };
    store.revoke(&grant, end).await.unwrap();
    assert_eq!(grants(&store, now()).await.len(), 0);
}

async fn a_deleted_client_leaves_nothing_behind<S: EveryRole>(store: S) {
    let end = after(now(), 600);
    let mut calendar = client("calendar");
    calendar.origins = vec!["https://calendar.example".to_owned()];
    store.save_client(calendar).await.unwrap();
    store.save_client(client("mail")).await.unwrap();
    for client in ["calendar", "mail"] {
        store.save_consent("user-1", client, scopes("a")).await.unwrap();
    }
    let family = FamilyId::random();
    save_access(&store, access_token_of("a", Authorization::new("calendar", GRANTED_AT), end)).await;
    save_access(&store, access_token_of("m", Authorization::new("mail", GRANTED_AT), end)).await;
    save_refresh(&store, refresh_token("r", family, end)).await;

    assert!(!store.delete_client("nobody", now()).await.unwrap());
    assert!(store.delete_client("calendar", now()).await.unwrap());
    assert!(!store.delete_client("calendar", now()).await.unwrap());
    assert!(store.client("calendar").await.unwrap().is_none());
    assert!(!store.is_origin_registered("https://calendar.example").await.unwrap());
    assert_eq!(store.consent("user-1", "calendar").await.unwrap(), None);
    assert_eq!(store.access_token(&hash("a"), now()).await.unwrap(), None);
    assert_eq!(store.refresh_token(&hash("r"), now()).await.unwrap(), None);

    assert!(store.client("mail").await.unwrap().is_some());
    assert!(store.consent("user-1", "mail").await.unwrap().is_some());
    assert!(store.access_token(&hash("m"), now()).await.unwrap().is_some());
}
