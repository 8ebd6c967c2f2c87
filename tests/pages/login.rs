//! Logging in: the way there and back, and what is said when it does not work.

use std::time::{Duration, Instant};

use oauth_core::interaction::LoginPages;
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
    let (mut visitor, clock) = Visitor::timed(site);
    visitor.log_in_as_alice().await;
    assert_eq!(visitor.authorize("web", "").await.status, 200);
    clock.advance(Duration::from_secs(2));
    assert_eq!(visitor.authorize("web", "").await.location().path(), "/login");
}
