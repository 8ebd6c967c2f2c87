//! Guessing is slowed down: what counts, for whom, and who is not held up by it.

use std::task::Poll::{Pending, Ready};
use std::time::Duration;

use oauth_core::error::ErrorCode;
use oauth_core::interaction::LoginPages;
use oauth_core::prelude::*;
use oauth_tests::{Accounts, ISSUER, Site};

use crate::visitor::{ALICE, Form, PASSWORD, Visitor, store};

impl Visitor {
    /// Fails to log in until it must wait.
    async fn use_up(&mut self, username: &str) {
        for _ in 0..5 {
            assert_eq!(self.log_in(username, "wrong").await.status, 200);
        }
    }

    /// The cookie that says who logged in here before.
    fn known(&mut self) -> &mut String {
        self.cookies.iter_mut().find(|(name, _)| name.contains("known-browser")).unwrap().1
    }

    /// Logs in and forgets the session.
    async fn log_in_and_leave(&mut self, username: &str) {
        assert_eq!(self.log_in(username, PASSWORD).await.status, 303);
        self.cookies.retain(|name, _| !name.contains("session"));
    }
}

#[tokio::test]
async fn guessing_is_slowed_down_even_for_the_right_password() {
    let mut visitor = Visitor::new().await;
    visitor.use_up("bob").await;
    let refused = visitor.log_in("bob", PASSWORD).await;
    assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (429, "1"));
    assert!(refused.text().contains("Too many attempts. Try again in a second."));
    assert!(visitor.session().is_none());
    visitor.someone_else().log_in_as_alice().await;
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert_eq!(visitor.log_in("bob", PASSWORD).await.status, 303);
    assert_eq!(visitor.someone_else().log_in("bob", "wrong").await.status, 200, "a success does not count");
    assert_eq!(visitor.someone_else().log_in("bob", "wrong").await.status, 429, "nor does it wipe the slate");
}

#[tokio::test]
async fn a_flood_of_guesses_does_not_pass_at_once() {
    let visitor = Visitor::new().await;
    let mut guesses = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let mut someone = visitor.clone();
        guesses.spawn(async move { someone.log_in("bob", "wrong").await.status.as_u16() });
    }
    let statuses = guesses.join_all().await;
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 5, "{statuses:?}");
}

#[tokio::test]
async fn what_is_refused_unhashed_does_not_count() {
    let mut visitor = Visitor::new().await;
    let page = visitor.get("/login").await;
    for password in ["x".repeat(1025), String::new()] {
        for _ in 0..6 {
            let fields = [("username", "bob"), ("password", password.as_str())];
            assert_eq!(visitor.submit(&page, &fields).await.status, 200);
        }
    }
    assert_eq!(visitor.log_in("bob", PASSWORD).await.status, 303);
    let name = "x".repeat(1025);
    let mut visitor = visitor.someone_else();
    for _ in 0..6 {
        assert_eq!(visitor.log_in(&name, "wrong").await.status, 200, "a name that nobody can have");
    }
}

#[tokio::test]
async fn what_was_not_answered_does_not_count() {
    let (visitor, _) = Visitor::ruled_by(|_, password| match password {
        "busy" => Ready(Err(Error::new(ErrorCode::TemporarilyUnavailable))),
        "gone" => Pending,
        _ => Ready(Ok(None)),
    })
    .await;
    for _ in 0..6 {
        visitor.someone_else().log_in("bob", "busy").await.assert_page(503);
        let mut someone = visitor.someone_else();
        let left = tokio::time::timeout(Duration::from_millis(20), someone.log_in("bob", "gone")).await;
        assert!(left.is_err(), "the browser hangs up");
    }
    visitor.someone_else().use_up("bob").await;
    assert_eq!(visitor.someone_else().log_in("bob", "wrong").await.status, 429);
}

#[tokio::test]
async fn a_flood_of_names_does_not_wipe_the_slate() {
    let (mut visitor, _) = Visitor::ruled_by(|_, _| Ready(Ok(None))).await;
    visitor.use_up("bob").await;
    let page = visitor.get("/login").await;
    for name in 0..10_050 {
        visitor.submit(&page, &[("username", &name.to_string()), ("password", "wrong")]).await;
    }
    // The second that the sixth attempt waits for has passed; the seventh waits for two.
    visitor.log_in("bob", "wrong").await;
    assert_eq!(visitor.log_in("bob", "wrong").await.status, 429);
}

#[tokio::test]
async fn spellings_of_a_name_share_their_attempts() {
    let mut visitor = Visitor::new().await;
    for name in ["bob", "BOB", "bob ", "\tBob", " boB "] {
        assert_eq!(visitor.log_in(name, "wrong").await.status, 200);
    }
    for name in ["bob", " bob", "Bob  "] {
        assert_eq!(visitor.log_in(name, "wrong").await.status, 429, "{name:?}");
    }
}

#[tokio::test]
async fn a_stranger_cannot_lock_out_a_browser_that_logged_in_before() {
    let mut owner = Visitor::new().await;
    owner.log_in_and_leave("bob").await;
    let mut stranger = owner.someone_else();
    stranger.use_up("bob").await;
    assert_eq!(stranger.log_in("bob", PASSWORD).await.status, 429);
    assert_eq!(owner.log_in("bob", PASSWORD).await.status, 303);
    assert_eq!(stranger.log_in("bob", PASSWORD).await.status, 429);
}

#[tokio::test]
async fn a_known_browser_has_no_more_attempts_than_others() {
    let mut owner = Visitor::new().await;
    owner.log_in_and_leave("bob").await;
    let mut other = owner.someone_else();
    other.log_in_and_leave("bob").await;
    owner.use_up("bob").await;
    assert_eq!(owner.log_in("bob", PASSWORD).await.status, 429);
    assert_eq!(other.log_in("bob", PASSWORD).await.status, 303, "another browser of the same person");
    assert_eq!(owner.someone_else().log_in("bob", "wrong").await.status, 200, "a new browser");
}

#[tokio::test]
async fn a_known_browser_cannot_be_forged_or_lent_to_another_name() {
    let mut owner = Visitor::new().await;
    owner.log_in_and_leave("bob").await;
    let genuine = owner.known().clone();
    let mut alice = owner.someone_else();
    alice.log_in_and_leave(ALICE).await;
    let foreign = alice.known().clone();
    owner.someone_else().use_up("bob").await;
    let (nonce, mac) = genuine.split_once('.').unwrap();
    let (_, foreign_mac) = foreign.split_once('.').unwrap();
    for forged in [
        foreign.clone(),
        format!("{nonce}.{foreign_mac}"),
        format!("{}.{mac}", nonce.to_lowercase()),
        format!("{nonce}."),
        format!(".{mac}"),
        format!("{nonce}.{}", &mac[1..]),
        format!("x{nonce}.{mac}"),
        nonce.to_owned(),
    ] {
        owner.known().clone_from(&forged);
        assert_eq!(owner.log_in("bob", PASSWORD).await.status, 429, "{forged}");
    }
    *owner.known() = genuine;
    assert_eq!(owner.log_in("bob", PASSWORD).await.status, 303);
}

/// Records that were copied share a hash, and still are two people.
#[tokio::test]
async fn a_known_browser_is_known_to_one_person_only() {
    let store = store().await;
    let mut twin = User::new("9", "twin");
    twin.password_hash = store.user("2").await.unwrap().unwrap().password_hash;
    store.save_user(twin).await.unwrap();
    let validator = Accounts(store);
    let mut owner = Visitor::at(Site { issuer: ISSUER.to_owned(), validator, pages: LoginPages::new() });
    owner.log_in_and_leave("bob").await;
    owner.someone_else().use_up("twin").await;
    assert_eq!(owner.log_in("twin", PASSWORD).await.status, 429);
}

/// The cookie proves nothing but who logged in before.
#[tokio::test]
async fn a_known_browser_is_not_logged_in() {
    let mut owner = Visitor::new().await;
    owner.log_in_and_leave("bob").await;
    assert_eq!(owner.authorize("own", "").await.location().path(), "/login");
    assert_eq!(owner.log_in("bob", "wrong").await.status, 200);
    let page = owner.get("/login").await;
    let (_, mac) = owner.known().split_once('.').unwrap();
    assert!(!page.text().contains(mac) && Form::of(&page).hidden["csrf"] != mac);
}

#[tokio::test]
async fn a_new_password_revokes_known_browsers_and_instances_agree() {
    let store = store().await;
    let instance = || {
        let validator = Accounts(store.clone());
        Visitor::at(Site { issuer: ISSUER.to_owned(), validator, pages: LoginPages::new() })
    };
    let mut owner = instance();
    owner.log_in_and_leave("bob").await;
    let mut elsewhere = instance();
    elsewhere.use_up("bob").await;
    elsewhere.cookies.clone_from(&owner.cookies);
    assert_eq!(elsewhere.log_in("bob", "wrong").await.status, 200, "the other instance knows it");
    store.save_user(User::new("2", "bob").with_password(PASSWORD).unwrap()).await.unwrap();
    assert_eq!(elsewhere.log_in("bob", PASSWORD).await.status, 429, "the same password under a new salt");
}
