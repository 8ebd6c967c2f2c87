//! Duties of a store that plays every role.

use std::sync::Arc;

use super::tokens::markers::{of, revocations};
use super::users::user;
use crate::conformance::store::records::{
    access_token_of, after, authorization, device, grant, hash, now, pushed, refresh_token_of, save_access,
    save_refresh, scopes, session,
};
use crate::store::{
    Attempt, AuthorizationGrant, ClientStore, CodeRedemption, CodeStore, ConsentStore, DeviceAuthorization,
    DeviceDecision, DevicePoll, DeviceStore, FamilyId, PushedRequestStore, ReplayStore, Revocation,
    RevocationStore, SessionStore, User, UserStore,
};
use crate::time::UnixTime;

/// A store that plays every role.
pub trait EveryStore:
    ClientStore
    + UserStore
    + CodeStore
    + RevocationStore
    + SessionStore
    + ConsentStore
    + DeviceStore
    + PushedRequestStore
    + ReplayStore
{
}

impl<S> EveryStore for S where
    S: ClientStore
        + UserStore
        + CodeStore
        + RevocationStore
        + SessionStore
        + ConsentStore
        + DeviceStore
        + PushedRequestStore
        + ReplayStore
{
}

/// A session and both tokens of a person, granted a moment ago.
async fn sign_in<S: EveryStore>(store: &S, subject: &str) {
    let end = after(now(), 600);
    let mut granted = authorization(Some(FamilyId::random()));
    granted.subject = Some(subject.to_owned());
    granted.granted_at = UnixTime::now();
    store.save_session(hash(subject), session(subject, end)).await.unwrap();
    save_access(store, access_token_of(subject, granted.clone(), end)).await;
    save_refresh(store, refresh_token_of(subject, granted, end)).await;
}

async fn is_signed_in<S: EveryStore>(store: &S, subject: &str) -> bool {
    let (key, now) = (hash(subject), now());
    let session = store.session(&key, now).await.unwrap().is_some();
    let access = store.access_token(&key, now).await.unwrap().is_some();
    let refresh = store.refresh_token(&key, now).await.unwrap().is_some();
    assert_eq!((access, refresh), (session, session));
    session
}

/// RFC 9700 §4.14.2 names a password change among the events after which refresh tokens are revoked.
pub async fn a_new_password_ends_sessions_and_tokens<S: EveryStore + Clone + 'static>(store: S) {
    for subject in ["u1", "u2"] {
        store.save_user(user(subject, subject)).await.unwrap();
        sign_in(&store, subject).await;
    }
    let mut renamed = user("u1", "another name");
    store.save_user(renamed.clone()).await.unwrap();
    assert!(is_signed_in(&store, "u1").await, "that is no new password");
    renamed.password_hash = Some("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$b3RoZXI".into());
    store.save_user(renamed).await.unwrap();
    assert!(!is_signed_in(&store, "u1").await);
    assert!(is_signed_in(&store, "u2").await);
    let without = User { password_hash: None, ..user("u2", "u2") };
    store.save_user(without).await.unwrap();
    assert!(!is_signed_in(&store, "u2").await, "none is another than one");
}

/// Whoever gets a password has not had one that somebody else could know.
pub async fn a_first_password_ends_nothing<S: EveryStore + Clone + 'static>(store: S) {
    let mut person = User { password_hash: None, ..user("u1", "u1") };
    store.save_user(person.clone()).await.unwrap();
    sign_in(&store, "u1").await;
    person.password_hash = user("u1", "u1").password_hash;
    store.save_user(person).await.unwrap();
    assert!(is_signed_in(&store, "u1").await);
}

pub async fn a_deleted_user_is_signed_out<S: EveryStore + Clone + 'static>(store: S) {
    for subject in ["u1", "u2"] {
        store.save_user(user(subject, subject)).await.unwrap();
        sign_in(&store, subject).await;
    }
    assert!(store.delete_user("u1").await.unwrap());
    assert!(!store.delete_user("u1").await.unwrap());
    assert_eq!(store.user("u1").await.unwrap(), None);
    assert_eq!(store.user_by_username("u1").await.unwrap(), None);
    assert!(!is_signed_in(&store, "u1").await);
    assert!(is_signed_in(&store, "u2").await);
}

pub async fn a_marker_ends_codes_and_devices<S: EveryStore + Clone + 'static>(store: S) {
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

pub async fn a_revocation_of_a_client_ends_its_pushed_requests<S: EveryStore + Clone + 'static>(store: S) {
    let now = now();
    for name in ["one", "two"] {
        store.save_pushed_request(hash(name), pushed(now)).await.unwrap();
    }
    store.revoke(&Revocation::Family(FamilyId::random()), after(now, 600)).await.unwrap();
    assert!(store.load_pushed_request(&hash("one"), "calendar", now).await.unwrap().is_some());
    let client = Revocation::Client { client_id: "calendar".into(), before: now };
    store.revoke(&client, after(now, 600)).await.unwrap();
    for name in ["one", "two"] {
        assert_eq!(store.load_pushed_request(&hash(name), "calendar", now).await.unwrap(), None);
        let taken = store.take_pushed_request(&hash(name), Attempt::random(), now).await.unwrap();
        assert_eq!(taken, CodeRedemption::Unknown);
    }
}

pub async fn a_rehash_of_the_same_password_signs_nobody_out<S: EveryStore + Clone + 'static>(store: S) {
    store.save_user(user("u1", "anna")).await.unwrap();
    sign_in(&store, "u1").await;
    let from = user("u1", "anna").password_hash.unwrap();
    assert!(store.rehash_password("u1", &from, "better").await.unwrap());
    assert!(is_signed_in(&store, "u1").await);
}
