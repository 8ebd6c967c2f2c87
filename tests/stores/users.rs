//! Role `users`.

use oauth_core::prelude::*;
use oauth_core::store::FamilyId;
use oauth_core::time::UnixTime;
use serde_json::json;

use crate::support::{
    EveryRole, access_token_of, after, authorization, hash, now, over_every_store, refresh_token_of,
    save_access, save_refresh, session,
};

over_every_store!(
    a_user_comes_back_by_both_names,
    saving_replaces_the_subject,
    a_login_name_belongs_to_one_subject,
    a_former_login_name_is_free,
    a_new_password_ends_sessions_and_tokens,
    a_deleted_user_is_signed_out,
    a_rehash_of_the_same_password_signs_nobody_out,
);

fn user(subject: &str, username: &str) -> User {
    let mut user = User::new(subject, username);
    user.password_hash = Some("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".into());
    user.claims.insert("email".into(), json!("jürgen@example.com"));
    user
}

async fn a_user_comes_back_by_both_names<S: EveryRole>(store: S) {
    store.save_user(user("u1", "jürgen")).await.unwrap();
    assert_eq!(store.user("u1").await.unwrap(), Some(user("u1", "jürgen")));
    assert_eq!(store.user_by_username("jürgen").await.unwrap(), Some(user("u1", "jürgen")));
    assert_eq!(store.user("jürgen").await.unwrap(), None);
    assert_eq!(store.user_by_username("u1").await.unwrap(), None);
    assert_eq!(store.user_by_username("JÜRGEN").await.unwrap(), None);
}

async fn saving_replaces_the_subject<S: EveryRole>(store: S) {
    store.save_user(user("u1", "anna")).await.unwrap();
    store.save_user(User::new("u1", "anna")).await.unwrap();
    assert_eq!(store.user("u1").await.unwrap(), Some(User::new("u1", "anna")));
}

async fn a_login_name_belongs_to_one_subject<S: EveryRole>(store: S) {
    store.save_user(user("u1", "anna")).await.unwrap();
    store.save_user(user("u2", "bert")).await.unwrap();
    for taken in [user("u3", "anna"), user("u2", "anna")] {
        let error = store.save_user(taken).await.unwrap_err();
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert_eq!(cause, "the login name `anna` belongs to another subject");
    }
    assert_eq!(store.user_by_username("anna").await.unwrap(), Some(user("u1", "anna")));
    assert_eq!(store.user("u2").await.unwrap(), Some(user("u2", "bert")));
    assert_eq!(store.user("u3").await.unwrap(), None);
}

async fn a_former_login_name_is_free<S: EveryRole>(store: S) {
    store.save_user(user("u1", "anna")).await.unwrap();
    store.save_user(user("u1", "hanna")).await.unwrap();
    assert_eq!(store.user_by_username("anna").await.unwrap(), None);
    store.save_user(user("u2", "anna")).await.unwrap();
    assert_eq!(store.user_by_username("anna").await.unwrap(), Some(user("u2", "anna")));
    assert_eq!(store.user_by_username("hanna").await.unwrap(), Some(user("u1", "hanna")));
}

/// A session and both tokens of a person, granted a moment ago.
async fn sign_in<S: EveryRole>(store: &S, subject: &str) {
    let end = after(now(), 600);
    let mut granted = authorization(Some(FamilyId::random()));
    granted.subject = Some(subject.to_owned());
    granted.granted_at = UnixTime::now();
    store.save_session(hash(subject), session(subject, end)).await.unwrap();
    save_access(store, access_token_of(subject, granted.clone(), end)).await;
    save_refresh(store, refresh_token_of(subject, granted, end)).await;
}

async fn is_signed_in<S: EveryRole>(store: &S, subject: &str) -> bool {
    let (key, now) = (hash(subject), now());
    let session = store.session(&key, now).await.unwrap().is_some();
    let access = store.access_token(&key, now).await.unwrap().is_some();
    let refresh = store.refresh_token(&key, now).await.unwrap().is_some();
    assert_eq!((access, refresh), (session, session));
    session
}

/// RFC 9700 §4.14.2 names a password change among the events after which refresh tokens are revoked.
async fn a_new_password_ends_sessions_and_tokens<S: EveryRole>(store: S) {
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
}

async fn a_deleted_user_is_signed_out<S: EveryRole>(store: S) {
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
    store.save_user(user("u3", "u1")).await.unwrap();
}

async fn a_rehash_of_the_same_password_signs_nobody_out<S: EveryRole>(store: S) {
    store.save_user(user("u1", "anna")).await.unwrap();
    sign_in(&store, "u1").await;
    let from = user("u1", "anna").password_hash.unwrap();
    assert!(!store.rehash_password("u1", "another", "better").await.unwrap(), "it changed meanwhile");
    assert!(!store.rehash_password("u2", &from, "better").await.unwrap());
    assert!(store.rehash_password("u1", &from, "better").await.unwrap());
    assert_eq!(store.user("u1").await.unwrap().unwrap().password_hash.as_deref(), Some("better"));
    assert!(is_signed_in(&store, "u1").await);
}
