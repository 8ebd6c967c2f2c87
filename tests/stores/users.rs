//! Role `users`.

use oauth_core::prelude::*;
use serde_json::json;

use crate::support::{EveryRole, over_every_store};

over_every_store!(
    a_user_comes_back_by_both_names,
    saving_replaces_the_subject,
    a_login_name_belongs_to_one_subject,
    a_former_login_name_is_free,
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
