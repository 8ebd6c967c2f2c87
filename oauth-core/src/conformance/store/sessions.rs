//! Role `sessions`.

use crate::conformance::store::races::{CALLERS, at_once};
use crate::conformance::store::records::{after, hash, now, session};
use crate::store::{SecondStep, Session, SessionStore};

pub async fn a_session_lives_until_it_expires<S: SessionStore + Clone + 'static>(store: S) {
    let now = now();
    let saved = session("user-1", after(now, 60));
    store.save_session(hash("s"), saved.clone()).await.unwrap();
    assert_eq!(store.session(&hash("s"), now).await.unwrap(), Some(saved.clone()));
    assert_eq!(store.session(&hash("s"), after(now, 59)).await.unwrap(), Some(saved));
    assert_eq!(store.session(&hash("s"), after(now, 60)).await.unwrap(), None);
    assert_eq!(store.session(&hash("other"), now).await.unwrap(), None);
}

pub async fn saving_again_replaces<S: SessionStore + Clone + 'static>(store: S) {
    let now = now();
    store.save_session(hash("s"), session("user-1", after(now, 60))).await.unwrap();
    let later = session("user-2", after(now, 600));
    store.save_session(hash("s"), later.clone()).await.unwrap();
    assert_eq!(store.session(&hash("s"), after(now, 60)).await.unwrap(), Some(later));
}

pub async fn an_ended_session_is_gone<S: SessionStore + Clone + 'static>(store: S) {
    let now = now();
    store.save_session(hash("a"), session("user-1", after(now, 60))).await.unwrap();
    store.save_session(hash("b"), session("user-1", after(now, 60))).await.unwrap();
    assert_eq!(store.end_session(&hash("a"), now).await.unwrap(), Some(session("user-1", after(now, 60))));
    assert_eq!(store.end_session(&hash("a"), now).await.unwrap(), None, "who ends it is told once");
    assert_eq!(store.end_session(&hash("never there"), now).await.unwrap(), None);
    assert_eq!(store.session(&hash("a"), now).await.unwrap(), None);
    assert!(store.session(&hash("b"), now).await.unwrap().is_some());
}

pub async fn an_expired_session_ends_for_nobody<S: SessionStore + Clone + 'static>(store: S) {
    let now = now();
    store.save_session(hash("a"), session("user-1", after(now, 60))).await.unwrap();
    assert_eq!(store.end_session(&hash("a"), after(now, 60)).await.unwrap(), None);
}

pub async fn a_session_keeps_each_client_once<S: SessionStore + Clone + 'static>(store: S) {
    let now = now();
    store.save_session(hash("a"), session("user-1", after(now, 60))).await.unwrap();
    store.save_session(hash("b"), session("user-2", after(now, 60))).await.unwrap();
    for client in ["calendar", "mail", "\"odd\" [client]", "mail"] {
        store.add_session_client(&hash("a"), client, now).await.unwrap();
    }
    store.add_session_client(&hash("never there"), "mail", now).await.unwrap();
    let clients = |session: Option<Session>| session.unwrap().clients;
    let expected = ["calendar", "mail", "\"odd\" [client]"];
    assert_eq!(clients(store.session(&hash("a"), now).await.unwrap()), expected);
    assert_eq!(clients(store.session(&hash("b"), now).await.unwrap()), ["calendar"]);
    assert_eq!(store.session(&hash("never there"), now).await.unwrap(), None);
    assert_eq!(clients(store.end_session(&hash("a"), now).await.unwrap()), expected);
}

pub async fn all_sessions_of_a_person_end<S: SessionStore + Clone + 'static>(store: S) {
    let now = now();
    let end = after(now, 60);
    for id in ["a", "b"] {
        store.save_session(hash(id), session("user-1", end)).await.unwrap();
    }
    store.save_session(hash("late"), session("user-1", now)).await.unwrap();
    store.save_session(hash("other"), session("user-2", end)).await.unwrap();
    let ended = store.end_sessions_of("user-1", now).await.unwrap();
    assert_eq!(ended, vec![session("user-1", end); 2], "whose clients are to be told");
    assert_eq!(store.end_sessions_of("user-1", now).await.unwrap(), []);
    for id in ["a", "b"] {
        assert_eq!(store.session(&hash(id), now).await.unwrap(), None);
    }
    assert!(store.session(&hash("other"), now).await.unwrap().is_some());
}

pub async fn a_session_keeps_the_step_of_its_login<S: SessionStore + Clone + 'static>(store: S) {
    let (now, end) = (now(), after(now(), 60));
    let at = |second_step| Session { second_step, ..session("user-1", end) };
    for (id, step) in [("a", SecondStep::Awaited), ("b", SecondStep::Otp), ("c", SecondStep::None)] {
        store.save_session(hash(id), at(step)).await.unwrap();
        assert_eq!(store.session(&hash(id), now).await.unwrap(), Some(at(step)));
    }
    store.save_session(hash("c"), at(SecondStep::Otp)).await.unwrap();
    assert_eq!(store.end_session(&hash("c"), now).await.unwrap(), Some(at(SecondStep::Otp)));
    let mut ended = store.end_sessions_of("user-1", now).await.unwrap();
    ended.sort_by_key(|session| session.second_step.as_str());
    assert_eq!(
        ended,
        [at(SecondStep::Awaited), at(SecondStep::Otp)],
        "whoever waits for a code is signed out, too"
    );
}

pub async fn two_hundred_end_one_session<S: SessionStore + Clone + 'static>(store: S) {
    let now = now();
    store.save_session(hash("a"), session("user-1", after(now, 60))).await.unwrap();
    let ended = at_once(&[store], move |store, _| async move {
        store.end_session(&hash("a"), now).await.unwrap().is_some()
    })
    .await;
    assert_eq!(ended.into_iter().filter(|ended| *ended).count(), 1);
}

pub async fn two_hundred_add_a_hundred_clients_to_one_session<S: SessionStore + Clone + 'static>(store: S) {
    let now = now();
    store.save_session(hash("a"), session("user-1", after(now, 60))).await.unwrap();
    at_once(std::slice::from_ref(&store), move |store, caller| async move {
        store.add_session_client(&hash("a"), &format!("client-{}", caller / 2), now).await.unwrap();
    })
    .await;
    let clients = store.session(&hash("a"), now).await.unwrap().unwrap().clients;
    assert_eq!(clients.len(), 1 + CALLERS / 2, "{clients:?}");
}
