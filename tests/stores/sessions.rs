//! Role `sessions`.

use crate::support::{EveryRole, after, hash, now, over_every_store, session};

over_every_store!(a_session_lives_until_it_expires, saving_again_replaces, an_ended_session_is_gone,);

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
    store.end_session(&hash("a")).await.unwrap();
    store.end_session(&hash("never there")).await.unwrap();
    assert_eq!(store.session(&hash("a"), now).await.unwrap(), None);
    assert!(store.session(&hash("b"), now).await.unwrap().is_some());
}
