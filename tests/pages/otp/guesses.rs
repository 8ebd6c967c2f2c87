//! Codes are guessed at, by somebody who knows the password.

use std::time::Duration;

use oauth_tests::Answer;

use super::world::{CODE, World, assert_asks_for_code, assert_asks_for_password};
use crate::visitor::{ALICE, PASSWORD, Visitor};

impl World {
    /// The number of wrong codes that are checked, of five at each of these browsers.
    async fn guesses_of(&mut self, name: &str, browsers: Vec<Visitor>) -> usize {
        let before = self.gate.entered();
        for mut browser in browsers {
            let page = browser.log_in(name, PASSWORD).await;
            assert_asks_for_code(&page);
            for _ in 0..5 {
                browser.submit(&page, &[("otp", "000000")]).await;
            }
        }
        self.gate.entered() - before
    }

    /// Gives a wrong code five times, after the password.
    async fn use_up(&mut self) -> Answer {
        let page = self.visitor.log_in(ALICE, PASSWORD).await;
        assert_asks_for_code(&page);
        for _ in 0..4 {
            assert_asks_for_code(&self.visitor.submit(&page, &[("otp", "000000")]).await);
        }
        let over = self.visitor.submit(&page, &[("otp", "000000")]).await;
        assert_asks_for_password(&over);
        assert!(over.text().contains("Too many wrong codes. Sign in again."), "{}", over.text());
        page
    }

    /// Comes again with the password, and the right code.
    async fn come_again(&mut self) -> Answer {
        let page = self.visitor.log_in(ALICE, PASSWORD).await;
        assert_asks_for_code(&page);
        self.visitor.submit(&page, &[("otp", CODE)]).await
    }
}

#[tokio::test]
async fn attack_codes_are_guessed_and_five_end_the_first_step() {
    let (mut world, first) = World::with_first_step().await;
    let cookie = world.cookie("otp").unwrap();
    for _ in 0..4 {
        assert_asks_for_code(&world.visitor.submit(&first, &[("otp", "000000")]).await);
    }
    assert_asks_for_password(&world.visitor.submit(&first, &[("otp", "000000")]).await);
    assert!(world.cookie("otp").is_none(), "the browser forgets it, too");
    world.visitor.cookies.extend([cookie]);
    let answer = world.visitor.submit(&first, &[("otp", CODE)]).await;
    assert_eq!(answer.status, 403, "even the right one");
    assert!(!world.is_logged_in().await);
}

/// A right password makes a new first step, and no new guesses.
#[tokio::test]
async fn attack_codes_are_guessed_with_one_first_step_after_another() {
    let mut world = World::new().await;
    world.use_up().await;
    let refused = world.come_again().await;
    assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (429, "1"));
    assert!(refused.text().contains("Too many attempts. Try again in a second."));
    assert_asks_for_password(&world.visitor.get("/login").await);
    assert!(world.seen.take().contains(&"login.throttled 1 otp".to_owned()));
    world.clock.advance(Duration::from_secs(1));
    assert_eq!(world.come_again().await.status, 303);
}

#[tokio::test]
async fn attack_codes_are_guessed_from_many_addresses() {
    let mut world = World::new().await;
    for address in 0..6 {
        world.visitor = world.visitor.someone_else().from(&format!("192.0.2.{address}"));
        world.use_up().await;
    }
    world.visitor = world.visitor.someone_else().from("203.0.113.7");
    let refused = world.come_again().await;
    assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (429, "360"));
    assert_asks_for_password(&refused);
    assert!(world.cookie("otp").is_none(), "it does not live as long as that");
    world.clock.advance(Duration::from_mins(6));
    assert_eq!(world.come_again().await.status, 303);
}

#[tokio::test]
async fn attack_codes_are_guessed_all_at_once() {
    let (world, page) = World::with_first_step().await;
    let shut = world.gate.shut().await;
    let mut guesses = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let (mut visitor, page) = (world.visitor.clone(), page.clone());
        guesses.spawn(async move { visitor.submit(&page, &[("otp", "000000")]).await });
    }
    for _ in 0..35 {
        guesses.join_next().await.unwrap().unwrap();
    }
    assert_eq!(world.gate.entered(), 5, "no other one was checked");
    drop(shut);
    guesses.join_all().await;
    assert_eq!(world.gate.entered(), 5);
    let told = world.seen.take();
    assert_eq!(told.iter().filter(|event| *event == "otp.failed 1").count(), 5, "{told:?}");
    assert_eq!(world.visitor.clone().submit(&page, &[("otp", CODE)]).await.status, 403, "that was all");
}

/// Who knows the password of somebody keeps them out of new browsers for a while, and not of their own.
#[tokio::test]
async fn attack_a_person_is_locked_out_of_the_browser_where_they_logged_in() {
    let mut world = World::new().await;
    assert_eq!(world.come_again().await.status, 303);
    let mut owner = world.visitor.clone();
    owner.cookies.retain(|name, _| name.contains("known-browser"));
    for address in 0..6 {
        world.visitor = world.visitor.someone_else().from(&format!("192.0.2.{address}"));
        world.use_up().await;
    }
    let stranger = std::mem::replace(&mut world.visitor, owner);
    assert_eq!(world.come_again().await.status, 303);
    world.visitor = stranger.someone_else().from("203.0.113.7");
    assert_eq!(world.come_again().await.status, 429, "without the cookie");
}

/// Whoever knows the password before there are codes has as many cookies of a known browser as they like.
#[tokio::test]
async fn attack_known_browsers_are_collected_before_the_enrolment() {
    let mut world = World::new().await;
    let mut browsers = Vec::new();
    for _ in 0..10 {
        let mut browser = world.visitor.someone_else();
        assert_eq!(browser.log_in("carol", PASSWORD).await.status, 303);
        browser.cookies.retain(|name, _| name.contains("known-browser"));
        browsers.push(browser);
    }
    world.set_claim("enrolled", "yes").await;
    assert_eq!(world.guesses_of("carol", browsers).await, 5);
}

/// The same of whoever had codes for a while.
#[tokio::test]
async fn attack_known_browsers_are_collected_with_codes() {
    let mut world = World::new().await;
    let mut browsers = Vec::new();
    for _ in 0..10 {
        world.visitor = world.visitor.someone_else();
        assert_eq!(world.come_again().await.status, 303);
        world.visitor.cookies.retain(|name, _| name.contains("known-browser"));
        browsers.push(world.visitor.clone());
    }
    assert_eq!(world.guesses_of(ALICE, browsers).await, 30);
}

#[tokio::test]
async fn a_check_that_fails_is_no_guess() {
    let (mut world, page) = World::with_first_step().await;
    for _ in 0..6 {
        world.visitor.submit(&page, &[("otp", "broken")]).await.assert_page(500);
        world.visitor.submit(&page, &[("otp", "busy")]).await.assert_page(503);
    }
    assert_eq!(world.visitor.submit(&page, &[("otp", CODE)]).await.status, 303);
}

#[tokio::test]
async fn what_the_hook_is_not_asked_about_is_no_guess() {
    let (mut world, page) = World::with_first_step().await;
    for otp in ["", "   ", &*"1".repeat(65)] {
        for _ in 0..3 {
            assert_asks_for_code(&world.visitor.submit(&page, &[("otp", otp)]).await);
        }
    }
    assert_eq!(world.visitor.submit(&page, &[("otp", CODE)]).await.status, 303);
}
