//! Role `logouts`.

use std::collections::BTreeSet;

use crate::conformance::store::races::{CALLERS, at_once};
use crate::conformance::store::records::{after, hash, now, session};
use crate::store::{LogoutNotice, LogoutStore, Session};
use crate::time::UnixTime;

/// A session of this person, in which so many clients got something.
fn session_of(subject: &str, sid: &str, clients: usize) -> Session {
    let clients = (0..clients).map(|client| format!("client {client}")).collect();
    Session { sid: sid.to_owned(), clients, ..session(subject, after(now(), 600)) }
}

async fn due<S: LogoutStore>(store: &S, now: UnixTime) -> Vec<LogoutNotice> {
    let mut notices = store.due_logouts(now, after(now, 30), 1000).await.unwrap();
    notices.sort_by(|a, b| (&a.sid, &a.client_id).cmp(&(&b.sid, &b.client_id)));
    notices
}

pub async fn a_session_ends_with_a_notice_for_each_client<S: LogoutStore + Clone + 'static>(store: S) {
    let (ends, lease) = (now(), after(now(), 30));
    store.save_session(hash("a"), session_of("user-1", "sid of a", 2)).await.unwrap();
    let ended = store.end_session_with_notices(&hash("a"), ends, lease).await.unwrap();
    assert_eq!(ended, Some(session_of("user-1", "sid of a", 2)));
    assert_eq!(store.end_session_with_notices(&hash("a"), ends, lease).await.unwrap(), None);
    assert_eq!(store.session(&hash("a"), ends).await.unwrap(), None);
    assert_eq!(due(&store, ends).await, [], "whoever ended it tells them first");
    let notice = |client: &str, attempts| {
        LogoutNotice::new(client.to_owned(), "user-1".to_owned(), "sid of a".to_owned(), ends, attempts)
    };
    assert_eq!(due(&store, lease).await, [notice("client 0", 2), notice("client 1", 2)]);
    assert_eq!(due(&store, lease).await, [], "they are leased again");
    assert_eq!(due(&store, after(lease, 30)).await, [notice("client 0", 3), notice("client 1", 3)]);
}

pub async fn all_sessions_of_a_person_end_with_notices<S: LogoutStore + Clone + 'static>(store: S) {
    for (id, subject, clients) in [("a", "user-1", 1), ("b", "user-1", 2), ("c", "user-2", 1)] {
        store.save_session(hash(id), session_of(subject, id, clients)).await.unwrap();
    }
    let ended = store.end_sessions_with_notices("user-1", now(), now()).await.unwrap();
    assert_eq!(ended.iter().map(|session| session.sid.as_str()).collect::<BTreeSet<_>>(), ["a", "b"].into());
    let told: Vec<_> =
        due(&store, now()).await.into_iter().map(|notice| (notice.sid, notice.client_id)).collect();
    let of = |sid: &str, client: &str| (sid.to_owned(), client.to_owned());
    assert_eq!(told, [of("a", "client 0"), of("b", "client 0"), of("b", "client 1")]);
    assert!(store.session(&hash("c"), now()).await.unwrap().is_some());
}

pub async fn who_was_told_is_not_told_again<S: LogoutStore + Clone + 'static>(store: S) {
    store.keep_notices(&session_of("user-1", "a", 2), now(), now()).await.unwrap();
    let notices = due(&store, now()).await;
    assert_eq!(notices.len(), 2);
    store.told(&notices[0]).await.unwrap();
    store.told(&notices[0]).await.unwrap();
    let left = due(&store, after(now(), 60)).await;
    assert_eq!(left.iter().map(|notice| notice.client_id.as_str()).collect::<Vec<_>>(), ["client 1"]);
}

pub async fn what_is_kept_already_stays<S: LogoutStore + Clone + 'static>(store: S) {
    store.keep_notices(&session_of("user-1", "a", 1), now(), now()).await.unwrap();
    assert_eq!(due(&store, now()).await.len(), 1);
    // Again, with one client more.
    store.keep_notices(&session_of("user-1", "a", 2), now(), now()).await.unwrap();
    let new = due(&store, now()).await;
    assert_eq!(new.iter().map(|notice| notice.client_id.as_str()).collect::<Vec<_>>(), ["client 1"]);
}

pub async fn a_notice_waits_for_its_next_attempt<S: LogoutStore + Clone + 'static>(store: S) {
    store.keep_notices(&session_of("user-1", "a", 1), now(), now()).await.unwrap();
    let [first] = &due(&store, now()).await[..] else { panic!("there is one") };
    store.retry(first, after(now(), 120)).await.unwrap();
    assert_eq!(due(&store, after(now(), 119)).await, []);
    let [second] = &due(&store, after(now(), 120)).await[..] else { panic!("it is due") };
    assert_eq!(second.attempts, first.attempts + 1);
    // Who was slow has lost it to somebody else.
    store.retry(first, after(now(), 121)).await.unwrap();
    assert_eq!(due(&store, after(now(), 149)).await, []);
    assert_eq!(due(&store, after(now(), 150)).await.len(), 1);
}

pub async fn the_earliest_are_taken_up_first<S: LogoutStore + Clone + 'static>(store: S) {
    for (sid, due) in [("late", 20), ("early", 10), ("later", 30)] {
        store.keep_notices(&session_of("user-1", sid, 1), now(), after(now(), due)).await.unwrap();
    }
    let end = after(now(), 60);
    let one = async || store.due_logouts(end, after(end, 30), 1).await.unwrap().pop().unwrap().sid;
    assert_eq!([one().await, one().await, one().await], ["early", "late", "later"]);
}

pub async fn two_hundred_take_up_each_notice_once<S: LogoutStore + Clone + 'static>(store: S) {
    const NOTICES: usize = 60;
    store.keep_notices(&session_of("user-1", "a", NOTICES), now(), now()).await.unwrap();
    let taken = at_once(&[store], |store, _| async move {
        let mut taken = Vec::new();
        loop {
            match store.due_logouts(now(), after(now(), 600), 5).await {
                Ok(notices) if notices.is_empty() => return taken,
                Ok(notices) => taken.extend(notices.into_iter().map(|notice| notice.client_id)),
                Err(error) => assert!(error.is_overloaded(), "{error}"),
            }
        }
    })
    .await;
    assert_eq!(taken.len(), CALLERS);
    let all: Vec<_> = taken.into_iter().flatten().collect();
    assert_eq!((all.len(), all.iter().collect::<BTreeSet<_>>().len()), (NOTICES, NOTICES));
}
