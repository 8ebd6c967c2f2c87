//! Codes that come at the very same moment, with one first step.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::interaction::Language as _;
use oauth_core::interaction::language::ENGLISH;
use oauth_core::secret::TokenHash;
use oauth_core::store::{Session, SessionStore as _};
use oauth_tests::Answer;
use tokio::task::{JoinHandle, yield_now};

use super::world::{CODE, ONCE, OTHER, World, assert_asks_for_code, assert_asks_for_password};
use crate::visitor::Visitor;

const WRONG: &str = "000000";

type Click = JoinHandle<(Visitor, Answer)>;

impl World {
    /// Sends the form with this code, as the visitor has it by now, and waits until it is being checked.
    async fn click(&self, page: &Answer, otp: &'static str) -> Click {
        let (mut visitor, page, entered) = (self.visitor.clone(), page.clone(), self.gate.entered());
        let click = tokio::spawn(async move {
            let answer = visitor.submit(&page, &[("otp", otp)]).await;
            (visitor, answer)
        });
        while self.gate.entered() == entered {
            yield_now().await;
        }
        click
    }

    /// Sends the form with each of these codes, all of which are checked before any is answered.
    async fn at_once(&self, page: &Answer, codes: &[&'static str]) -> Vec<(Visitor, Answer)> {
        let shut = self.gate.shut().await;
        let mut clicks = Vec::new();
        for otp in codes {
            clicks.push(self.click(page, otp).await);
        }
        drop(shut);
        let mut answers = Vec::new();
        for click in clicks {
            answers.push(click.await.unwrap());
        }
        answers
    }

    /// The number of events of this kind since the last time, of all that were told.
    fn count(&self, kinds: &[&str]) -> Vec<usize> {
        let told = self.seen.take();
        kinds.iter().map(|kind| told.iter().filter(|event| event == kind).count()).collect()
    }
}

/// The browser waits for the answer to the last one alone.
#[tokio::test]
async fn clicks_on_a_right_code_are_one_login_and_each_is_answered_as_the_first() {
    for otp in [CODE, ONCE] {
        let (world, page) = World::with_first_step().await;
        let answers = world.at_once(&page, &[otp; 4]).await;
        let kinds = ["login.succeeded 1", "session.started 1", "otp.failed 1"];
        assert_eq!(world.count(&kinds), [1, 1, 0], "{otp}");
        let session = answers[0].0.session().unwrap().1.to_owned();
        for (mut visitor, answer) in answers {
            assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/login"), "{otp}");
            assert_eq!(visitor.session().unwrap().1, session, "{otp}");
            // The session, its state for clients, and the browser that is known.
            assert_eq!(visitor.cookies.len(), 3, "{otp}: {:?}", visitor.cookies);
            assert!(visitor.get("/login").await.text().contains("You are signed in"), "{otp}");
        }
    }
}

/// However long the store takes: where the second answer leads, the session is looked for.
#[tokio::test]
async fn a_second_click_is_answered_when_the_first_one_has_started_the_session() {
    let (world, page) = World::with_first_step().await;
    let (shut, starting) = (world.gate.shut().await, world.start.shut().await);
    let first = world.click(&page, CODE).await;
    let second = world.click(&page, CODE).await;
    drop(shut);
    while world.start.entered() == 0 {
        yield_now().await;
    }
    for _ in 0..1_000 {
        yield_now().await;
    }
    assert!(!first.is_finished() && !second.is_finished());
    drop(starting);
    let ((_, first), (mut visitor, second)) = (first.await.unwrap(), second.await.unwrap());
    assert_eq!((first.status.as_u16(), second.status.as_u16()), (303, 303));
    assert!(visitor.get("/login").await.text().contains("You are signed in"));
    assert_eq!(world.count(&["session.started 1"]), [1]);
}

/// The first answer comes to nobody, and whoever copied the cookie looks the same: nobody is told more than what is the case.
#[tokio::test]
async fn a_click_after_the_login_whose_answer_is_lost_says_what_is_the_case() {
    let (mut world, page) = World::with_first_step().await;
    let (mut late, mut stranger) = (world.visitor.clone(), world.visitor.someone_else());
    assert_eq!(world.visitor.submit(&page, &[("otp", CODE)]).await.status, 303);
    world.seen.take();
    // Of the code nothing is said: no other is tried here.
    for otp in [CODE, WRONG, OTHER, ""] {
        let answer = late.clone().submit(&page, &[("otp", otp)]).await;
        assert_eq!(answer.status, 403, "{}", answer.text());
        assert_asks_for_password(&answer);
        assert!(answer.text().contains(ENGLISH.code_used_up()), "{otp}: {}", answer.text());
    }
    let answer = late.submit(&page, &[("otp", CODE)]).await;
    assert!(answer.text().contains(ENGLISH.code_used_up()) && late.session().is_none());
    assert!(world.seen.take().is_empty(), "it is no guess");
    for (visitor, why) in [(&mut stranger, "another browser"), (&mut late, "the cookie is gone")] {
        let answer = visitor.submit(&page, &[("otp", CODE)]).await;
        assert!(answer.text().contains(ENGLISH.expired()), "{why}: {}", answer.text());
    }
    assert!(world.is_logged_in().await);
}

/// Somebody else is signed in there already, without a second step.
#[tokio::test]
async fn a_late_click_at_a_browser_with_another_session_is_told_what_is_the_case_and_leaves_it() {
    let (mut world, page) = World::with_first_step().await;
    let (mut late, mut another_tab) = (world.visitor.clone(), world.visitor.someone_else());
    assert_eq!(world.visitor.submit(&page, &[("otp", CODE)]).await.status, 303);
    assert_eq!(another_tab.log_in("carol", crate::visitor::PASSWORD).await.status, 303);
    late.cookies.extend(another_tab.cookies);
    world.visitor = late;
    let answer = world.visitor.submit(&page, &[("otp", CODE)]).await;
    let said = "used up, but it has not signed you in at this browser";
    assert!(answer.status == 403 && answer.text().contains(said), "{}", answer.text());
    assert!(world.visitor.get("/login").await.text().contains("You are signed in"));
}

#[tokio::test]
async fn a_click_long_after_the_login_is_too_late() {
    let (mut world, page) = World::with_first_step().await;
    let mut late = world.visitor.clone();
    assert_eq!(world.visitor.submit(&page, &[("otp", CODE)]).await.status, 303);
    world.clock.advance(std::time::Duration::from_mins(5));
    let answer = late.submit(&page, &[("otp", CODE)]).await;
    assert!(answer.text().contains(ENGLISH.expired()), "{}", answer.text());
}

/// None of them counts as a guess.
#[tokio::test]
async fn clicks_on_a_right_code_do_not_hold_up_the_next_login() {
    let (mut world, page) = World::with_first_step().await;
    world.at_once(&page, &[ONCE; 5]).await;
    let page = world.visitor.log_in(crate::visitor::ALICE, crate::visitor::PASSWORD).await;
    for _ in 0..4 {
        assert_asks_for_code(&world.visitor.submit(&page, &[("otp", WRONG)]).await);
    }
    assert_eq!(world.visitor.submit(&page, &[("otp", CODE)]).await.status, 303);
}

#[tokio::test]
async fn attack_another_code_is_sent_beside_the_right_one() {
    for codes in [[CODE, WRONG], [WRONG, CODE], [ONCE, WRONG], [WRONG, ONCE]] {
        let (world, page) = World::with_first_step().await;
        for ((visitor, answer), otp) in world.at_once(&page, &codes).await.into_iter().zip(codes) {
            if otp == WRONG {
                assert_asks_for_code(&answer);
                assert!(visitor.session().is_none(), "{codes:?}");
            } else {
                assert_eq!(answer.status, 303, "{codes:?}");
            }
        }
        assert_eq!(world.count(&["session.started 1", "otp.failed 1"]), [1, 1], "{codes:?}");
    }
}

/// A code that was right for one first step is none for another, as little as before.
#[tokio::test]
async fn attack_a_code_is_used_up_with_one_first_step_and_sent_with_another() {
    let (mut world, page) = World::with_first_step().await;
    let mut thief = world.visitor.someone_else();
    let of_thief = thief.log_in(crate::visitor::ALICE, crate::visitor::PASSWORD).await;
    assert_eq!(world.visitor.submit(&page, &[("otp", ONCE)]).await.status, 303);
    assert_asks_for_code(&thief.submit(&of_thief, &[("otp", ONCE)]).await);
    assert!(thief.session().is_none());
}

/// The browser gave up the first click when its code was right already, and used up.
#[tokio::test]
async fn a_second_click_logs_in_where_the_first_one_was_given_up() {
    let (mut world, page) = World::with_first_step().await;
    let (id, now) = (world.cookie("otp").unwrap().1, world.clock.now());
    let first_step = world.store.session(&TokenHash::of(&format!("otp\n{id}")), now).await.unwrap().unwrap();
    let key = hmac::Key::new(hmac::HMAC_SHA256, id.as_bytes());
    let sid = URL_SAFE_NO_PAD.encode(hmac::sign(&key, format!("code\n{WRONG}").as_bytes()));
    let accepted = Session { sid, ..first_step };
    world.store.save_session(TokenHash::of(&format!("accepted otp\n{id}")), accepted).await.unwrap();
    assert_eq!(world.visitor.submit(&page, &[("otp", WRONG)]).await.status, 303);
    assert_eq!(world.count(&["login.succeeded 1", "session.started 1", "otp.failed 1"]), [1, 1, 0]);
    assert!(world.is_logged_in().await);
}

/// Somebody logs in with another tab, which ends the first step.
#[tokio::test]
async fn a_right_code_that_comes_too_late_leaves_the_session_of_another_tab() {
    let (mut world, page) = World::with_first_step().await;
    let shut = world.gate.shut().await;
    let click = world.click(&page, CODE).await;
    assert_eq!(world.visitor.log_in("carol", crate::visitor::PASSWORD).await.status, 303);
    drop(shut);
    let (late, answer) = click.await.unwrap();
    assert_eq!(answer.status, 403, "{}", answer.text());
    assert_asks_for_password(&answer);
    assert!(late.set_cookies.iter().all(|line| !line.contains("session")), "{:?}", late.set_cookies);
    assert_eq!(world.count(&["session.started 1", "session.started 4"]), [0, 1]);
    assert!(world.is_logged_in().await);
}

/// Of five codes at once any may be the right one.
#[tokio::test]
async fn a_right_code_among_the_last_ones_logs_in_whatever_comes_of_the_others() {
    for right in 0..5 {
        let (world, page) = World::with_first_step().await;
        let mut codes = [WRONG; 5];
        codes[right] = CODE;
        let answers = world.at_once(&page, &codes).await;
        assert_eq!(answers[right].1.status, 303, "{codes:?}");
        assert_eq!(world.count(&["session.started 1", "otp.failed 1"]), [1, 4], "{codes:?}");
    }
}

#[tokio::test]
async fn the_last_code_is_as_good_as_the_first() {
    let (mut world, page) = World::with_first_step().await;
    for _ in 0..4 {
        assert_asks_for_code(&world.visitor.submit(&page, &[("otp", WRONG)]).await);
    }
    let shut = world.gate.shut().await;
    let last = world.click(&page, CODE).await;
    let mut late = world.visitor.clone();
    let refused = late.submit(&page, &[("otp", WRONG)]).await;
    assert_asks_for_password(&refused);
    assert!(refused.text().contains("Too many wrong codes."), "{}", refused.text());
    drop(shut);
    assert_eq!(last.await.unwrap().1.status, 303, "who came too late has not ended it");
    assert!(late.session().is_none());
}
