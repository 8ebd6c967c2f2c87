//! Role `sessions`.

use oauth_core::store::Session;

use crate::support::{EveryRole, after, hash, now, over_every_store, session};

over_every_store!(
    a_session_lives_until_it_expires,
    saving_again_replaces,
    an_ended_session_is_gone,
    an_expired_session_ends_for_nobody,
    a_session_keeps_each_client_once,
    concurrent_clients_are_all_kept,
    one_of_many_ends_a_session,
    all_sessions_of_a_person_end,
);

async fn a_session_lives_until_it_expires<S: EveryRole>(store: S) {
    let now = now();
    let saved = session("user-1", after(now, 60));
    store.save_session(hash("s"), saved.clone()).await.unwrap();
    assert_eq!(store.session(&hash("s"), now).await.unwrap(), Some(saved.clone()));
    assert_eq!(store.session(&hash("s"), after(now, 59)).await.unwrap(), Some(saved));
    assert_eq!(store.session(&hash("s"), after(now, 60)).await.unwrap(), None);
    assert_eq!(store.session(&hash("other"), now).await.unwrap(), None);
}

async fn saving_again_replaces<S: EveryRole>(store: S) {
    let now = now();
    store.save_session(hash("s"), session("user-1", after(now, 60))).await.unwrap();
    let later = session("user-2", after(now, 600));
    store.save_session(hash("s"), later.clone()).await.unwrap();
    assert_eq!(store.session(&hash("s"), after(now, 60)).await.unwrap(), Some(later));
}

async fn an_ended_session_is_gone<S: EveryRole>(store: S) {
    let now = now();
    store.save_session(hash("a"), session("user-1", after(now, 60))).await.unwrap();
    store.save_session(hash("b"), session("user-1", after(now, 60))).await.unwrap();
    assert_eq!(store.end_session(&hash("a"), now).await.unwrap(), Some(session("user-1", after(now, 60))));
    assert_eq!(store.end_session(&hash("a"), now).await.unwrap(), None, "who ends it is told once");
    assert_eq!(store.end_session(&hash("never there"), now).await.unwrap(), None);
    assert_eq!(store.session(&hash("a"), now).await.unwrap(), None);
    assert!(store.session(&hash("b"), now).await.unwrap().is_some());
}

async fn an_expired_session_ends_for_nobody<S: EveryRole>(store: S) {
    let now = now();
    store.save_session(hash("a"), session("user-1", after(now, 60))).await.unwrap();
    assert_eq!(store.end_session(&hash("a"), after(now, 60)).await.unwrap(), None);
}

async fn a_session_keeps_each_client_once<S: EveryRole>(store: S) {
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

async fn concurrent_clients_are_all_kept<S: EveryRole>(store: S) {
    let now = now();
    store.save_session(hash("a"), session("user-1", after(now, 60))).await.unwrap();
    let tasks: Vec<_> = (0..16)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move {
                store.add_session_client(&hash("a"), &format!("client-{}", number / 2), now).await.unwrap();
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let clients = store.session(&hash("a"), now).await.unwrap().unwrap().clients;
    assert_eq!(clients.len(), 1 + 8, "{clients:?}");
}

async fn one_of_many_ends_a_session<S: EveryRole>(store: S) {
    let now = now();
    store.save_session(hash("a"), session("user-1", after(now, 60))).await.unwrap();
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.end_session(&hash("a"), now).await.unwrap() })
        })
        .collect();
    let mut ended = 0;
    for task in tasks {
        ended += usize::from(task.await.unwrap().is_some());
    }
    assert_eq!(ended, 1);
}

async fn all_sessions_of_a_person_end<S: EveryRole>(store: S) {
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
