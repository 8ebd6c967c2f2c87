//! Logging in: the way there and back, and what is said when it does not work.

use std::time::{Duration, Instant};

use oauth_core::interaction::LoginPages;
use oauth_core::prelude::*;
use oauth_core::validator::StoreRoles;
use oauth_tests::{Accounts, ISSUER, Site};

use crate::visitor::{ALICE, Form, PASSWORD, Visitor, attribute, store, tags};

#[tokio::test]
async fn login_leads_back_to_the_authorization_request() {
    let mut visitor = Visitor::new().await;
    let request = visitor.authorization_path("web", "");
    let away = visitor.get(&request).await;
    assert_eq!(away.status, 303);
    assert_eq!(away.location().path(), "/login");
    let page = visitor.get(&away.location().to_string()).await;
    assert_eq!(page.status, 200);
    let back = visitor.submit(&page, &[("username", ALICE), ("password", PASSWORD)]).await;
    assert_eq!((back.status.as_u16(), back.header("location")), (303, request.as_str()));
    let consent = visitor.get(&request).await;
    assert_eq!(consent.status, 200);
    let done = visitor.submit(&consent, &[("decision", "allow")]).await;
    assert_eq!(done.status, 303);
    assert!(
        done.header("location").starts_with("https://web.example/cb?code="),
        "{}",
        done.header("location")
    );
    assert_eq!(done.params()["state"], "s&t");
}

#[tokio::test]
async fn unknown_users_and_wrong_passwords_read_alike() {
    let mut visitor = Visitor::new().await;
    let mut answers = Vec::new();
    for (username, password) in [
        ("bob", "wrong"),
        ("nobody", "wrong"),
        ("no-password", ""),
        ("no-password", "wrong"),
        ("nobody\0", "wrong"),
        ("", "wrong"),
        ("bob", &*"x".repeat(2000)),
    ] {
        let answer = visitor.log_in(username, password).await;
        assert_eq!(answer.status, 200, "{username}");
        assert!(visitor.session().is_none());
        let csrf = &Form::of(&answer).hidden["csrf"];
        let alert = answer.text().split("<form").next().unwrap().to_owned();
        assert!(alert.contains("role=\"alert\"") && !alert.contains(csrf.as_str()));
        answers.push(alert);
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
}

#[tokio::test]
async fn unknown_users_take_as_long_as_wrong_passwords() {
    let mut visitor = Visitor::new().await;
    let mut known = Duration::MAX;
    let mut unknown = Duration::MAX;
    // The fastest of several: other tests share the machine.
    for round in 0..5 {
        let page = visitor.get("/login").await;
        for (shortest, username) in
            [(&mut known, "bob".to_owned()), (&mut unknown, format!("nobody-{round}"))]
        {
            let start = Instant::now();
            visitor.submit(&page, &[("username", &username), ("password", "wrong")]).await;
            *shortest = start.elapsed().min(*shortest);
        }
    }
    assert!(unknown > known / 2, "{unknown:?} for unknown users, {known:?} for known ones");
    assert!(known > Duration::from_millis(2), "{known:?}: no argon2id is that fast");
}

#[tokio::test]
async fn the_user_name_stays_and_the_password_has_the_focus() {
    let mut visitor = Visitor::new().await;
    let fresh = visitor.get("/login").await;
    let field = |page: &oauth_tests::Answer, id: &str| {
        let id = format!("id=\"{id}\"");
        tags(page.text(), "input").find(|tag| tag.contains(&id)).unwrap().to_owned()
    };
    assert!(field(&fresh, "username").ends_with("autofocus"));
    assert!(!field(&fresh, "password").contains("autofocus"));
    let again = visitor.submit(&fresh, &[("username", ALICE), ("password", "wrong")]).await;
    assert_eq!(attribute(&field(&again, "username"), "value").unwrap(), ALICE);
    assert!(!field(&again, "username").contains("autofocus"));
    assert!(field(&again, "password").ends_with("autofocus"));
    assert!(!field(&again, "password").contains(" value="), "the password is not sent back");
    assert!(again.text().contains("<title>Not signed in: "));
}

#[tokio::test]
async fn guessing_is_slowed_down_even_for_the_right_password() {
    let mut visitor = Visitor::new().await;
    for _ in 0..5 {
        assert_eq!(visitor.log_in("bob", "wrong").await.status, 200);
    }
    let refused = visitor.log_in("bob", PASSWORD).await;
    assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (429, "1"));
    assert!(refused.text().contains("Too many attempts. Try again in a second."));
    assert!(visitor.session().is_none());
    visitor.someone_else().log_in_as_alice().await;
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert_eq!(visitor.log_in("bob", PASSWORD).await.status, 303);
    assert_eq!(visitor.someone_else().log_in("bob", "wrong").await.status, 200, "a success starts afresh");
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
async fn a_login_that_goes_nowhere_says_who_is_signed_in() {
    let mut visitor = Visitor::new().await;
    let done = visitor.log_in(ALICE, PASSWORD).await;
    assert_eq!((done.status.as_u16(), done.header("location")), (303, "/login"));
    let page = visitor.get("/login").await;
    assert!(page.text().contains("You are signed in"));
    assert!(page.text().contains("alice &#34;Ally&#34; &#60;a@example.com&#62;"));
}

#[tokio::test]
async fn sessions_end_by_themselves_and_with_their_user() {
    let store = store().await;
    let pages = LoginPages::new().session_lifetime(Duration::from_secs(1));
    let site = Site { issuer: ISSUER.to_owned(), validator: Accounts(store.clone()), pages };
    let mut visitor = Visitor::at(site);
    visitor.log_in_as_alice().await;
    assert_eq!(visitor.authorize("web", "").await.status, 200);
    tokio::time::sleep(Duration::from_millis(2100)).await;
    assert_eq!(visitor.authorize("web", "").await.location().path(), "/login");
}

/// Refuses everyone, in its own words.
struct Closed(Accounts<MemoryStore>);

impl StoreRoles for Closed {
    type Clients = MemoryStore;
    type Tokens = MemoryStore;
    type Codes = MemoryStore;
    type Users = MemoryStore;
    type Sessions = MemoryStore;
    type Consents = MemoryStore;

    fn clients(&self) -> &MemoryStore {
        &self.0.0
    }
    fn tokens(&self) -> &MemoryStore {
        &self.0.0
    }
    fn codes(&self) -> &MemoryStore {
        &self.0.0
    }
    fn users(&self) -> &MemoryStore {
        &self.0.0
    }
    fn sessions(&self) -> &MemoryStore {
        &self.0.0
    }
    fn consents(&self) -> &MemoryStore {
        &self.0.0
    }
}

impl RequestValidator for Closed {
    async fn validate_user(&self, username: &str, _: &str, _: &mut Request) -> Result<Option<User>> {
        if username == "broken" {
            return Err(Error::server("the directory is down"));
        }
        Err(Error::access_denied("We are closed on Mondays."))
    }
}

#[tokio::test]
async fn a_validator_can_say_why_not() {
    let validator = Closed(Accounts(store().await));
    let mut visitor = Visitor::at(Site { issuer: ISSUER.to_owned(), validator, pages: LoginPages::new() });
    let refused = visitor.log_in(ALICE, PASSWORD).await;
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("role=\"alert\" id=\"problem\">We are closed on Mondays."));
    let failed = visitor.log_in("broken", PASSWORD).await;
    failed.assert_page(500);
    assert!(!failed.text().contains("directory"), "the cause is for the log");
}
