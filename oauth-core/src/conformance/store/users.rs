//! Role `users`.

use serde_json::json;

use crate::store::{User, UserStore};

/// A user with a password.
pub(super) fn user(subject: &str, username: &str) -> User {
    let mut user = User::new(subject, username);
    user.password_hash = Some("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".into());
    user.claims.insert("email".into(), json!("jürgen@example.com"));
    user
}

pub async fn a_user_comes_back_by_both_names<S: UserStore + Clone + 'static>(store: S) {
    store.save_user(user("u1", "jürgen")).await.unwrap();
    assert_eq!(store.user("u1").await.unwrap(), Some(user("u1", "jürgen")));
    assert_eq!(store.user_by_username("jürgen").await.unwrap(), Some(user("u1", "jürgen")));
    assert_eq!(store.user("jürgen").await.unwrap(), None);
    assert_eq!(store.user_by_username("u1").await.unwrap(), None);
    assert_eq!(store.user_by_username("JÜRGEN").await.unwrap(), None);
}

pub async fn saving_replaces_the_subject<S: UserStore + Clone + 'static>(store: S) {
    store.save_user(user("u1", "anna")).await.unwrap();
    store.save_user(User::new("u1", "anna")).await.unwrap();
    assert_eq!(store.user("u1").await.unwrap(), Some(User::new("u1", "anna")));
}

pub async fn a_login_name_belongs_to_one_subject<S: UserStore + Clone + 'static>(store: S) {
    store.save_user(user("u1", "anna")).await.unwrap();
    store.save_user(user("u2", "bert")).await.unwrap();
    for taken in [user("u3", "anna"), user("u2", "anna")] {
        store.save_user(taken).await.unwrap_err();
    }
    assert_eq!(store.user_by_username("anna").await.unwrap(), Some(user("u1", "anna")));
    assert_eq!(store.user("u2").await.unwrap(), Some(user("u2", "bert")));
    assert_eq!(store.user("u3").await.unwrap(), None);
}

pub async fn a_former_login_name_is_free<S: UserStore + Clone + 'static>(store: S) {
    store.save_user(user("u1", "anna")).await.unwrap();
    store.save_user(user("u1", "hanna")).await.unwrap();
    assert_eq!(store.user_by_username("anna").await.unwrap(), None);
    store.save_user(user("u2", "anna")).await.unwrap();
    assert_eq!(store.user_by_username("anna").await.unwrap(), Some(user("u2", "anna")));
    assert_eq!(store.user_by_username("hanna").await.unwrap(), Some(user("u1", "hanna")));
}

pub async fn a_deleted_user_is_gone<S: UserStore + Clone + 'static>(store: S) {
    store.save_user(user("u1", "anna")).await.unwrap();
    store.save_user(user("u2", "bert")).await.unwrap();
    assert!(store.delete_user("u1").await.unwrap());
    assert!(!store.delete_user("u1").await.unwrap());
    assert_eq!(store.user("u1").await.unwrap(), None);
    assert_eq!(store.user_by_username("anna").await.unwrap(), None);
    assert_eq!(store.user("u2").await.unwrap(), Some(user("u2", "bert")));
    store.save_user(user("u3", "anna")).await.unwrap();
}

pub async fn a_rehash_replaces_the_hash_that_it_was_made_of<S: UserStore + Clone + 'static>(store: S) {
    store.save_user(user("u1", "anna")).await.unwrap();
    let from = user("u1", "anna").password_hash.unwrap();
    assert!(!store.rehash_password("u1", "another", "better").await.unwrap(), "it changed meanwhile");
    assert!(!store.rehash_password("u2", &from, "better").await.unwrap());
    assert!(store.rehash_password("u1", &from, "better").await.unwrap());
    assert_eq!(store.user("u1").await.unwrap().unwrap().password_hash.as_deref(), Some("better"));
}
