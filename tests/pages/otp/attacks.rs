//! Ways around the second step.

use std::time::Duration;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::store::{ListSessions as _, SecondStep, Session, SessionStore as _};
use oauth_tests::Answer;

use super::world::{CODE, OTHER, World, assert_asks_for_code, assert_asks_for_password};
use crate::visitor::{ALICE, Form, PASSWORD};

/// The name of the cookie of a session, by that of a first step.
fn session_cookie(name: &str) -> String {
    name.replacen("otp", "session", 1)
}

/// The answer to whoever has to begin anew.
#[track_caller]
fn assert_expired(answer: &Answer) {
    assert_eq!(answer.status, 403, "{}", answer.text());
    assert_asks_for_password(answer);
}

#[tokio::test]
async fn attack_the_cookie_of_a_first_step_is_sent_as_a_session() {
    let (mut world, _) = World::with_first_step().await;
    let (name, id) = world.cookie("otp").unwrap();
    world.visitor.cookies.insert(session_cookie(&name), id.clone());
    assert!(!world.is_logged_in().await);
    let now = world.clock.now();
    for id in [id.clone(), format!("otp {id}"), format!("otp%0A{id}")] {
        assert_eq!(
            world.store.session(&TokenHash::of(&id), now).await.unwrap(),
            None,
            "an older version, too"
        );
        world.visitor.cookies.insert(session_cookie(&name), id);
        assert!(!world.is_logged_in().await);
    }
}

/// What is written by hand, or by a newer version: what is not known to be a login is none, and ends like any other.
#[tokio::test]
async fn attack_a_first_step_under_the_name_of_a_session() {
    let mut world = World::new().await;
    world.visitor.log_in("carol", PASSWORD).await;
    let id = TokenHash::of(world.visitor.session().unwrap().1);
    let now = world.clock.now();
    let session = world.store.session(&id, now).await.unwrap().unwrap();
    assert!(world.is_logged_in().await);
    for second_step in [SecondStep::Awaited, SecondStep::Unknown, SecondStep::from("by a newer version")] {
        let session = Session { second_step, ..session.clone() };
        world.store.save_session(id, session.clone()).await.unwrap();
        assert!(!world.is_logged_in().await, "{second_step:?}");
        assert!(world.store.sessions_of("4", now, None, 10).await.unwrap().items.is_empty());
        if session.is_first_step() {
            assert_eq!(world.store.end_session(&id, now).await.unwrap(), Some(session));
            continue;
        }
        // What a newer version began is no login here, and is ended all the same.
        world.seen.take();
        world.visitor.clone().post("/logout", &[]).await;
        assert_eq!(world.store.session(&id, now).await.unwrap(), None);
        assert_eq!(world.seen.take(), ["session.ended 4", "logout.completed 4"]);
    }
    let json = r#"{"subject":"4","auth_time":1,"expires_at":2,"second_step":"passkey"}"#;
    let newer: Session = serde_json::from_str(json).unwrap();
    assert!(newer.second_step == SecondStep::Unknown && !newer.is_logged_in());
    let older: Session = serde_json::from_str(&json.replace(r#","second_step":"passkey""#, "")).unwrap();
    assert!(older.is_logged_in() && !serde_json::to_string(&older).unwrap().contains("second_step"));
}

#[tokio::test]
async fn attack_a_session_is_sent_as_a_first_step() {
    let (mut world, page) = World::with_first_step().await;
    let (name, id) = world.cookie("otp").unwrap();
    let token = |id: &str| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, id.as_bytes());
        URL_SAFE_NO_PAD.encode(hmac::sign(&key, b"form: one-time code"))
    };
    assert_eq!(Form::of(&page).hidden["csrf"], token(&id), "a form is made as the page makes it");
    let mut carol = world.visitor.someone_else();
    carol.log_in("carol", PASSWORD).await;
    let session = carol.session().unwrap().1.to_owned();
    let csrf = token(&session);
    carol.cookies.insert(name, session);
    for otp in [CODE, OTHER] {
        assert_expired(&carol.post("/login", &[("otp", otp), ("csrf", &csrf)]).await);
    }
    assert_eq!(world.visitor.submit(&page, &[("otp", CODE)]).await.status, 303);
}

#[tokio::test]
async fn attack_a_first_step_is_used_again() {
    let (mut world, page) = World::with_first_step().await;
    let mut thief = world.visitor.clone();
    assert_eq!(world.visitor.submit(&page, &[("otp", CODE)]).await.status, 303);
    assert_expired(&thief.submit(&page, &[("otp", CODE)]).await);
    assert!(thief.session().is_none());
}

#[tokio::test]
async fn attack_the_code_of_another_person() {
    let (mut world, page) = World::with_first_step().await;
    assert_asks_for_code(&world.visitor.submit(&page, &[("otp", OTHER)]).await);
    // A first step of Bob, with the form of Alice.
    let mut bob = world.visitor.someone_else();
    let page_of_bob = bob.log_in("bob", PASSWORD).await;
    assert_expired(&bob.submit(&page, &[("otp", CODE)]).await);
    assert_asks_for_code(&bob.submit(&page_of_bob, &[("otp", CODE), ("username", ALICE)]).await);
    assert_eq!(bob.submit(&page_of_bob, &[("otp", OTHER)]).await.status, 303);
}

#[tokio::test]
async fn attack_the_password_is_changed_between_the_steps() {
    let (mut world, page) = World::with_first_step().await;
    let alice = world.store.user("1").await.unwrap().unwrap();
    world.store.save_user(alice.with_password("another password").unwrap()).await.unwrap();
    assert_expired(&world.visitor.submit(&page, &[("otp", CODE)]).await);
    assert!(world.cookie("otp").is_none() && !world.is_logged_in().await);
}

/// Users may be kept apart from sessions, which nobody ends then.
#[tokio::test]
async fn attack_the_password_is_changed_and_the_first_step_is_left() {
    let (mut world, page) = World::with_first_step().await;
    let id = TokenHash::of(&format!("otp\n{}", world.cookie("otp").unwrap().1));
    let now = world.clock.now();
    let first_step = world.store.session(&id, now).await.unwrap().unwrap();
    assert_eq!(
        (first_step.second_step, first_step.expires_at.since(now)),
        (SecondStep::Awaited, Duration::from_mins(5))
    );
    let alice = world.store.user("1").await.unwrap().unwrap();
    world.store.save_user(alice.clone().with_password("another password").unwrap()).await.unwrap();
    world.store.save_session(id, first_step.clone()).await.unwrap();
    assert_expired(&world.visitor.clone().submit(&page, &[("otp", CODE)]).await);
    world.store.delete_user("1").await.unwrap();
    world.store.save_session(id, first_step.clone()).await.unwrap();
    assert_expired(&world.visitor.clone().submit(&page, &[("otp", CODE)]).await);
    world.store.save_user(alice).await.unwrap();
    world.store.save_session(id, first_step).await.unwrap();
    assert_eq!(
        world.visitor.submit(&page, &[("otp", CODE)]).await.status,
        303,
        "it was that, and nothing else"
    );
}

#[tokio::test]
async fn attack_the_password_is_changed_while_the_code_is_checked() {
    for otp in ["renewed", "deleted"] {
        let (mut world, page) = World::with_first_step().await;
        world.seen.take();
        assert_expired(&world.visitor.submit(&page, &[("otp", otp)]).await);
        assert!(world.seen.take().contains(&"login.refused 1".to_owned()));
        assert!(!world.is_logged_in().await, "{otp}");
    }
}

#[tokio::test]
async fn attack_the_password_is_changed_while_it_is_asked_whether_a_code_is_required() {
    let mut world = World::new().await;
    world.set_claim("asked", "renewed").await;
    assert_expired(&world.visitor.log_in("carol", PASSWORD).await);
    assert_eq!(world.seen.take(), ["login.refused 4"]);
    assert!(!world.is_logged_in().await);
    assert_eq!(world.visitor.log_in("carol", "another password").await.status, 303);
    world.visitor = world.visitor.someone_else();
    world.set_claim("asked", "deleted").await;
    let refused = world.visitor.log_in("carol", "another password").await;
    assert_asks_for_password(&refused);
    assert!(refused.text().contains("The user name or the password is wrong."), "{}", refused.text());
}

#[tokio::test]
async fn attack_the_password_is_changed_while_the_old_one_is_hashed() {
    for claims in [&["checked"][..], &["checked", "enrolled"]] {
        let mut world = World::new().await;
        for claim in claims {
            world.set_claim(claim, "yes").await;
        }
        assert_expired(&world.visitor.log_in("carol", PASSWORD).await);
        assert!(world.cookie("otp").is_none() && !world.is_logged_in().await);
        world.set_claim("checked", "yes").await;
        let refused = world.by_password("carol", "another password").await;
        refused.assert_error(503, "temporarily_unavailable");
        // What is granted after the change is not what the change has ended.
        world.clock.advance(Duration::from_mins(1));
        assert_eq!(world.by_password("carol", "another password").await.status, 200);
    }
}

/// The same by the grant `password`, which asks the same.
#[tokio::test]
async fn attack_the_password_is_changed_while_the_grant_password_asks_whether_a_code_is_required() {
    let world = World::new().await;
    assert_eq!(world.by_password("carol", PASSWORD).await.status, 200);
    world.set_claim("asked", "renewed").await;
    // What is granted after the change is not what the change has ended.
    world.clock.advance(Duration::from_mins(1));
    world.by_password("carol", PASSWORD).await.assert_error(503, "temporarily_unavailable");
    world.by_password("carol", PASSWORD).await.assert_error(400, "invalid_grant");
    world.set_claim("asked", "deleted").await;
    world.by_password("carol", "another password").await.assert_error(400, "invalid_grant");
}

#[tokio::test]
async fn attack_a_first_step_that_expired() {
    let (mut world, page) = World::with_first_step().await;
    world.clock.advance(Duration::from_secs(299));
    assert_asks_for_code(&world.visitor.submit(&page, &[("otp", "000000")]).await);
    world.clock.advance(Duration::from_secs(1));
    assert_expired(&world.visitor.submit(&page, &[("otp", CODE)]).await);
}

#[tokio::test]
async fn attack_a_first_step_survives_a_sign_out_everywhere() {
    let (mut world, page) = World::with_first_step().await;
    let ended = world.store.end_sessions_of("1", world.clock.now()).await.unwrap();
    assert!(ended.iter().all(|ended| !ended.is_logged_in()) && ended.len() == 1, "{ended:?}");
    assert_expired(&world.visitor.submit(&page, &[("otp", CODE)]).await);
}

/// What the browser had is not left behind for whoever copied it.
#[tokio::test]
async fn attack_a_first_step_is_left_when_another_login_begins() {
    for name in [ALICE, "carol"] {
        let (mut world, page) = World::with_first_step().await;
        let mut thief = world.visitor.clone();
        world.visitor.log_in(name, PASSWORD).await;
        assert_expired(&thief.submit(&page, &[("otp", CODE)]).await);
    }
}

/// Session fixation: what somebody else may have planted is worth nothing once the person is logged in.
#[tokio::test]
async fn attack_identifiers_from_before_the_login_are_planted() {
    let (mut world, page) = World::with_first_step().await;
    let (name, planted) = world.cookie("otp").unwrap();
    world.visitor.cookies.insert(session_cookie(&name), planted.clone());
    assert_eq!(world.visitor.submit(&page, &[("otp", CODE)]).await.status, 303);
    assert_ne!(world.visitor.session().unwrap().1, planted);
    let mut attacker = world.visitor.someone_else();
    attacker.cookies.insert(session_cookie(&name), planted.clone());
    attacker.cookies.insert(name, planted);
    assert_eq!(attacker.authorize("web", "").await.location().path(), "/login");
    assert_expired(&attacker.submit(&page, &[("otp", CODE)]).await);
}

/// The first step of an attacker in the browser of a victim, who types a code of their own.
#[tokio::test]
async fn attack_a_first_step_is_planted_to_learn_a_code() {
    let (world, page) = World::with_first_step().await;
    let mut victim = world.visitor.someone_else();
    let of_victim = victim.log_in("bob", PASSWORD).await;
    victim.cookies.extend([world.cookie("otp").unwrap()]);
    assert_expired(&victim.submit(&of_victim, &[("otp", OTHER)]).await);
    assert_asks_for_code(&victim.submit(&page, &[("otp", OTHER)]).await);
    assert!(victim.session().is_none());
}

/// RFC 6749 §10.12.
#[tokio::test]
async fn attack_the_form_of_another_site() {
    let (mut world, page) = World::with_first_step().await;
    let csrf = Form::of(&page).hidden["csrf"].clone();
    let evil = [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")];
    let sent = world.visitor.post_from("/login", &[("otp", CODE), ("csrf", &csrf)], &evil).await;
    assert_expired(&sent);
    for csrf in ["", "x"] {
        assert_expired(&world.visitor.post("/login", &[("otp", CODE), ("csrf", csrf)]).await);
    }
    let login = Form::of(&world.visitor.get("/login").await).hidden["csrf"].clone();
    assert_expired(&world.visitor.post("/login", &[("otp", CODE), ("csrf", &login)]).await);
    assert_eq!(world.visitor.submit(&page, &[("otp", CODE)]).await.status, 303, "none of them has ended it");
}

/// Nothing tells who has a second step before the password is right.
#[tokio::test]
async fn attack_names_are_tried_to_learn_who_has_a_second_step() {
    let world = World::new().await;
    let mut answers = Vec::new();
    for name in [ALICE, "carol", "nobody"] {
        let answer = world.visitor.someone_else().log_in(name, "wrong").await;
        assert_asks_for_password(&answer);
        answers.push(answer.text().split("<form").next().unwrap().to_owned());
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
}
