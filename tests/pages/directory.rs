//! Logins that an application checks for itself.

use std::task::Poll::Ready;

use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::store::{Session, SessionStore as _};
use oauth_core::time::UnixTime;

use crate::visitor::{ALICE, PASSWORD, Visitor};

#[tokio::test]
async fn a_validator_can_say_why_not() {
    let (mut visitor, _) = Visitor::ruled_by(|username, _| {
        Ready(match username {
            "broken" => Err(Error::server("the directory is down")),
            _ => Err(Error::access_denied("We are closed on Mondays.")),
        })
    })
    .await;
    let refused = visitor.log_in(ALICE, PASSWORD).await;
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("role=\"alert\" id=\"problem\">We are closed on Mondays."));
    let failed = visitor.log_in("broken", PASSWORD).await;
    failed.assert_page(500);
    assert!(!failed.text().contains("directory"), "the cause is for the log");
}

/// Someone whom only the directory knows, until they log in.
#[tokio::test]
async fn a_user_of_the_directory_gets_through() {
    let (mut visitor, store) = Visitor::ruled_by(|username, _| {
        let mut user = User::new("ldap-7", username);
        user.claims.insert("name".to_owned(), "Carol".into());
        Ready(Ok(Some(user)))
    })
    .await;
    assert_eq!(visitor.log_in("carol", "secret").await.status, 303);
    assert_eq!(visitor.authorize("web", "").await.status, 200, "the question is next, not the login again");
    let saved = store.user("ldap-7").await.unwrap().unwrap();
    assert_eq!((saved.username.as_str(), &saved.claims["name"]), ("carol", &"Carol".into()));
    assert_eq!(visitor.cookies.len(), 1, "without a hash, no browser is remembered: {:?}", visitor.cookies);
}

/// Whoever has a hash was in the store, and may have been deleted while the password was checked.
#[tokio::test]
async fn a_deleted_user_does_not_come_back() {
    let (mut visitor, store) = Visitor::ruled_by(|username, password| {
        Ready(User::new("gone-7", username).with_password(password).map(Some))
    })
    .await;
    visitor.log_in("carol", "secret").await.assert_page(500);
    assert!(visitor.session().is_none());
    assert_eq!(store.user("gone-7").await.unwrap(), None);
}

/// Checks that what stands in the place of a hash is no secret to sign with.
#[tokio::test]
async fn placeholders_for_a_hash_make_no_known_browser() {
    let (visitor, store) =
        Visitor::ruled_by(|username, _| Ready(Ok(Some(User::new("ldap-7", username))))).await;
    for placeholder in ["", "!", "$argon2id$", "$argon2id$v=19$m=19456,t=2,p=1"] {
        let mut user = User::new("ldap-7", "carol");
        user.password_hash = Some(placeholder.to_owned());
        store.save_user(user).await.unwrap();
        let mut visitor = visitor.someone_else();
        assert_eq!(visitor.log_in("carol", "secret").await.status, 303);
        assert_eq!(visitor.cookies.len(), 1, "{placeholder:?}: {:?}", visitor.cookies);
    }
}

/// A user who is no longer in the store, but whose session is.
#[tokio::test]
async fn a_session_ends_with_its_user() {
    let (mut visitor, store) =
        Visitor::ruled_by(|username, _| Ready(Ok(Some(User::new("ldap-7", username))))).await;
    visitor.log_in("carol", "secret").await;
    let id = TokenHash::of(visitor.session().unwrap().1);
    let session = store.session(&id, UnixTime::now()).await.unwrap().unwrap();
    store.save_session(id, Session { subject: "ldap-8".to_owned(), ..session }).await.unwrap();
    assert_eq!(visitor.authorize("web", "").await.location().path(), "/login");
}

#[tokio::test]
async fn what_the_store_has_of_a_user_stays() {
    let (mut visitor, store) =
        Visitor::ruled_by(|username, _| Ready(Ok(Some(User::new("2", username))))).await;
    let before = store.user("2").await.unwrap();
    assert_eq!(visitor.log_in("robert", "secret").await.status, 303);
    assert_eq!(store.user("2").await.unwrap(), before);
}

/// RFC 4513 §5.1.2: a directory takes a bind with a name and no password for an anonymous one, and says yes.
#[tokio::test]
async fn an_empty_password_is_never_asked_about() {
    let (mut visitor, _) =
        Visitor::ruled_by(|username, _| Ready(Ok(Some(User::new("ldap-7", username))))).await;
    assert_eq!(visitor.log_in("carol", "").await.status, 200);
    assert!(visitor.session().is_none());
}
