//! What takes several keys of a Valkey, cut off at every command: nothing is half true afterwards.

use oauth_core::prelude::*;
use oauth_core::store::{
    FamilyId, ListSessions, ListUsers, LogoutNotice, LogoutStore, Ready, Session, SessionStore, TokenStore,
};
use oauth_core::time::UnixTime;
use oauth_tests::valkey::{prefix, url};

use crate::cut::Way;
use crate::support::{after, hash, refresh_token_of, save_refresh, session};

/// A store, and another over the same keys on a way that can be cut off.
async fn two() -> (ValkeyStore, ValkeyStore, Way) {
    let (prefix, way) = (prefix(), Way::new().await);
    let whole = ValkeyStore::connect(&url()).await.unwrap().prefix(&prefix);
    let cut = ValkeyStore::connect(&way.url()).await.unwrap().prefix(&prefix);
    cut.ready().await.unwrap();
    (whole, cut, way)
}

/// Prepares, does an operation up to one of its commands, and checks what is there then: for each number of commands.
async fn wherever_it_is_cut_off(
    prepare: impl AsyncFn(&ValkeyStore),
    operate: impl AsyncFn(&ValkeyStore),
    check: impl AsyncFn(&ValkeyStore),
) {
    for commands in 0.. {
        let (whole, cut, way) = two().await;
        prepare(&whole).await;
        let is_done = way.cut(commands, operate(&cut)).await;
        drop((cut, way));
        check(&whole).await;
        if is_done {
            assert!(commands > 1, "one command is all or nothing");
            return;
        }
    }
}

fn anna(password: &str) -> User {
    let mut user = User::new("u1", "anna");
    user.password_hash = Some(password.to_owned());
    user
}

/// A person with a password, a session that a client must hear of, and a refresh token.
async fn sign_in(store: &ValkeyStore) {
    let end = after(UnixTime::now(), 6000);
    store.save_user(anna("old")).await.unwrap();
    store.save_session(hash("s"), session("u1", end)).await.unwrap();
    let mut granted = oauth_core::conformance::store::records::authorization(Some(FamilyId::random()));
    granted.subject = Some("u1".to_owned());
    granted.granted_at = UnixTime::now();
    save_refresh(store, refresh_token_of("r", granted, end)).await;
}

async fn assert_signed_out(store: &ValkeyStore) {
    let now = UnixTime::now();
    assert_eq!(store.session(&hash("s"), now).await.unwrap(), None);
    assert!(store.refresh_token(&hash("r"), now).await.unwrap().is_none());
    assert_eq!(told(store, now).await, ["calendar"]);
}

async fn assert_signed_in(store: &ValkeyStore) {
    let now = UnixTime::now();
    assert!(store.session(&hash("s"), now).await.unwrap().is_some());
    assert!(store.refresh_token(&hash("r"), now).await.unwrap().is_some());
    assert!(told(store, now).await.is_empty());
}

async fn due(store: &ValkeyStore, now: UnixTime) -> Vec<LogoutNotice> {
    store.due_logouts(now, now + LogoutNotice::LEASE, 100).await.unwrap()
}

/// Tells whoever is to be told at this time.
async fn told(store: &ValkeyStore, now: UnixTime) -> Vec<String> {
    let due = due(store, now).await;
    for notice in &due {
        store.told(notice).await.unwrap();
    }
    due.into_iter().map(|notice| notice.client_id).collect()
}

/// RFC 9700 §4.14.2: whoever reads the user with the new password can rely on it that the old one is worth nothing.
async fn a_new_password(read: impl AsyncFn(&ValkeyStore) -> Option<User>) {
    let operate = async |store: &ValkeyStore| store.save_user(anna("new")).await.unwrap();
    wherever_it_is_cut_off(sign_in, operate, async |store| {
        match read(store).await.unwrap().password_hash.as_deref() {
            Some("new") => assert_signed_out(store).await,
            _ => assert_signed_in(store).await,
        }
    })
    .await;
}

#[tokio::test]
async fn a_new_password_signs_out_before_the_user_is_read() {
    a_new_password(async |store| store.user("u1").await.unwrap()).await;
}

#[tokio::test]
async fn a_new_password_signs_out_before_the_user_is_found_by_name() {
    a_new_password(async |store| store.user_by_username("anna").await.unwrap()).await;
}

#[tokio::test]
async fn a_new_password_signs_out_before_the_user_is_listed() {
    a_new_password(async |store| store.users(None, 10).await.unwrap().items.pop()).await;
}

#[tokio::test]
async fn a_user_who_is_not_there_is_signed_out() {
    let operate = async |store: &ValkeyStore| assert!(store.delete_user("u1").await.unwrap());
    wherever_it_is_cut_off(sign_in, operate, async |store| {
        if store.user("u1").await.unwrap().is_none() {
            assert_signed_out(store).await;
            assert!(!store.delete_user("u1").await.unwrap());
        } else {
            assert_signed_in(store).await;
            assert!(store.delete_user("u1").await.unwrap());
        }
        // The name is free, also where it was not freed.
        assert!(store.user_by_username("anna").await.unwrap().is_none());
        assert!(store.users(None, 10).await.unwrap().items.is_empty());
    })
    .await;
}

fn ends() -> (UnixTime, UnixTime) {
    let now = UnixTime::now();
    (now, now + LogoutNotice::LEASE)
}

async fn log_out(store: &ValkeyStore) {
    let (now, lease) = ends();
    assert!(store.end_session_with_notices(&hash("s"), now, lease).await.unwrap().is_some());
}

async fn log_out_everywhere(store: &ValkeyStore) {
    let (now, lease) = ends();
    assert_eq!(store.end_sessions_with_notices("u1", now, lease).await.unwrap().len(), 1);
}

/// Logs out much later, by which time nobody knows of the first attempt: it is told like any other.
async fn assert_that_a_later_logout_is_told(store: &ValkeyStore, id: &str) {
    let later = after(UnixTime::now(), 5000);
    let ended = store.end_session_with_notices(&hash(id), later, later + LogoutNotice::LEASE).await.unwrap();
    assert!(ended.is_some());
    assert!(due(store, later).await.is_empty(), "who logs out tells first");
    let notices = due(store, later + LogoutNotice::LEASE).await;
    let expected =
        LogoutNotice::new("calendar".to_owned(), "u1".to_owned(), "sid of u1".to_owned(), later, 2);
    assert_eq!(notices, [expected]);
}

/// OIDC Back-Channel Logout §2.5: clients hear of the end of a session, and not of a session that goes on.
async fn a_logout(log_out: impl AsyncFn(&ValkeyStore)) {
    wherever_it_is_cut_off(sign_in, log_out, async |store| {
        let later = after(UnixTime::now(), 3600);
        if store.session(&hash("s"), UnixTime::now()).await.unwrap().is_some() {
            assert!(due(store, later).await.is_empty());
            assert_that_a_later_logout_is_told(store, "s").await;
        } else {
            assert_eq!(told(store, later).await, ["calendar"]);
            assert!(due(store, after(later, 3600)).await.is_empty());
        }
    })
    .await;
}

#[tokio::test]
async fn a_logout_is_told_if_the_session_has_ended() {
    a_logout(log_out).await;
}

#[tokio::test]
async fn a_logout_everywhere_is_told_if_the_sessions_have_ended() {
    a_logout(log_out_everywhere).await;
}

/// To clients it is the same session where the same person logs in again.
#[tokio::test]
async fn who_logs_in_again_after_a_logout_that_was_cut_off_is_not_logged_out() {
    wherever_it_is_cut_off(sign_in, log_out, async |store| {
        let now = UnixTime::now();
        let Some(earlier) = store.end_session(&hash("s"), now).await.unwrap() else { return };
        let again = Session { auth_time: now, ..earlier };
        store.save_session(hash("again"), again).await.unwrap();
        assert!(due(store, after(now, 3600)).await.is_empty());
        assert!(due(store, after(now, 4000)).await.is_empty(), "nor later");
        assert_that_a_later_logout_is_told(store, "again").await;
    })
    .await;
}

/// Whoever looks for what is due while notices are being kept does not lose them.
#[tokio::test]
async fn notices_that_are_being_kept_are_not_forgotten() {
    for commands in 0.. {
        let (whole, held, way) = two().await;
        let now = UnixTime::now();
        let ended = session("u1", after(now, 6000));
        let mut keep = std::pin::pin!(held.keep_notices(&ended, now, now));
        if way.cut(commands, async { keep.as_mut().await.unwrap() }).await {
            assert!(commands > 1, "it takes several");
            return;
        }
        let seen = told(&whole, now).await;
        way.allow(usize::MAX);
        keep.await.unwrap();
        if seen.is_empty() {
            assert_eq!(told(&whole, now).await, ["calendar"], "after {commands} commands");
        }
    }
}

/// What is there is found by whoever ends it.
#[tokio::test]
async fn a_session_that_is_there_is_in_the_index() {
    let end = after(UnixTime::now(), 6000);
    let save = async |store: &ValkeyStore| store.save_session(hash("s"), session("u1", end)).await.unwrap();
    wherever_it_is_cut_off(
        async |_| {},
        save,
        async |store| {
            let now = UnixTime::now();
            if store.session(&hash("s"), now).await.unwrap().is_some() {
                assert_eq!(store.sessions_of("u1", now, None, 10).await.unwrap().items.len(), 1);
                assert_eq!(store.end_sessions_of("u1", now).await.unwrap().len(), 1);
            }
        },
    )
    .await;
}
