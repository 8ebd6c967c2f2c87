//! Guessing is slowed down: what counts, for whom, and who is not held up by it.

use std::task::Poll::{Pending, Ready};
use std::time::Duration;

use oauth_core::clock::Clock;
use oauth_core::error::ErrorCode;
use oauth_core::interaction::LoginPages;
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use oauth_tests::{Accounts, App, ISSUER, Site};

use crate::visitor::{ALICE, Form, PASSWORD, Visitor, store, users};

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

/// A visitor of a new server, from an address, and the server's clock.
async fn visitor() -> (Visitor, Clock) {
    visitor_of(store().await)
}

fn visitor_of(store: MemoryStore) -> (Visitor, Clock) {
    let validator = Accounts(store);
    Visitor::timed(Site { issuer: ISSUER.to_owned(), validator, pages: LoginPages::new() })
}

#[tokio::test]
async fn guessing_is_slowed_down_even_for_the_right_password() {
    let (mut visitor, clock) = visitor().await;
    visitor.use_up("bob").await;
    let refused = visitor.log_in("bob", PASSWORD).await;
    assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (429, "1"));
    assert!(refused.text().contains("Too many attempts. Try again in a second."));
    assert!(visitor.session().is_none());
    visitor.someone_else().log_in_as_alice().await;
    clock.advance(Duration::from_secs(1));
    assert_eq!(visitor.log_in("bob", PASSWORD).await.status, 303);
    assert_eq!(visitor.someone_else().log_in("bob", "wrong").await.status, 200, "a success does not count");
    assert_eq!(visitor.someone_else().log_in("bob", "wrong").await.status, 429, "nor does it wipe the slate");
}

/// Whoever guesses as often as they may keeps nobody else out, whatever is new about their browser.
#[tokio::test]
async fn a_stranger_cannot_lock_out_a_name_at_other_addresses() {
    let (stranger, clock) = visitor().await;
    let owner = stranger.someone_else().from("203.0.113.7");
    for second in 0..120 {
        stranger.someone_else().log_in("bob", "wrong").await;
        clock.advance(Duration::from_secs(1));
        if second % 40 == 0 {
            assert_eq!(owner.someone_else().log_in("bob", PASSWORD).await.status, 303, "after {second} s");
        }
    }
    assert_eq!(stranger.someone_else().log_in("bob", PASSWORD).await.status, 429);
}

/// NIST SP 800-63B §5.2.2. What a botnet can do is bounded by that, and it does not reach known browsers.
#[tokio::test]
async fn a_name_has_a_hundred_failures_an_hour_from_all_addresses_and_known_browsers_are_not_held_up() {
    let (bot, _) = Visitor::ruled_by(|_, password| match password {
        PASSWORD => Ready(Ok(Some(users()[1].clone()))),
        _ => Ready(Ok(None)),
    })
    .await;
    let mut owner = bot.someone_else().from("203.0.113.7");
    owner.log_in_and_leave("bob").await;
    for address in 0..20 {
        bot.someone_else().from(&format!("192.0.2.{address}")).use_up("bob").await;
    }
    let mut new = bot.someone_else().from("203.0.113.8");
    let refused = new.log_in("bob", PASSWORD).await;
    assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (429, "36"));
    assert_eq!(owner.log_in("bob", PASSWORD).await.status, 303);
    assert_eq!(new.log_in(ALICE, "wrong").await.status, 200, "other names are not held up");
}

/// One subscriber of IPv6 has 2⁶⁴ addresses.
#[tokio::test]
async fn addresses_of_one_subscriber_count_as_one() {
    let (mut visitor, _) = visitor().await;
    visitor = visitor.from("2001:db8:1:2::1");
    visitor.use_up("bob").await;
    assert_eq!(visitor.someone_else().from("2001:db8:1:2:ffff::9").log_in("bob", PASSWORD).await.status, 429);
    assert_eq!(visitor.someone_else().from("2001:db8:1:3::1").log_in("bob", PASSWORD).await.status, 303);
    let mapped = visitor.someone_else().from("::ffff:192.0.2.1");
    mapped.someone_else().use_up("bob").await;
    assert_eq!(mapped.someone_else().from("192.0.2.1").log_in("bob", PASSWORD).await.status, 429);
}

/// Everybody has the address of the proxy: to limit it would be to let anyone lock out everyone.
#[tokio::test]
async fn behind_an_unknown_proxy_nothing_is_limited_by_address() {
    for address in ["127.0.0.1", "10.1.2.3", "fd00::1"] {
        let (mut visitor, _) = visitor().await;
        visitor = visitor.from(address);
        visitor.use_up("bob").await;
        assert_eq!(visitor.someone_else().log_in("bob", PASSWORD).await.status, 303, "{address}");
    }
}

/// RFC 9700 §4.13: of what a proxy forwards, only what it wrote itself is believed.
#[tokio::test]
async fn behind_a_trusted_proxy_the_client_is_limited_and_cannot_say_that_it_is_another() {
    let site =
        Site { issuer: ISSUER.to_owned(), validator: Accounts(store().await), pages: LoginPages::new() };
    let environment = Environment::new().trusted_proxies(["10.0.0.0/8".parse().unwrap()]);
    let visitor = Visitor::of_app(App::in_environment(site, environment), ISSUER.to_owned()).from("10.0.0.1");
    let guess = async |forwarded_for: &str, password: &str| {
        let mut visitor = visitor.someone_else();
        let page = visitor.get("/login").await;
        let csrf = Form::of(&page).hidden["csrf"].clone();
        let fields = [("csrf", csrf.as_str()), ("username", "bob"), ("password", password)];
        let headers = [("sec-fetch-site", "same-origin"), ("x-forwarded-for", forwarded_for)];
        visitor.post_from("/login", &fields, &headers).await.status.as_u16()
    };
    for made_up in 0..5 {
        assert_eq!(guess(&format!("203.0.113.{made_up}, 198.51.100.1"), "wrong").await, 200);
    }
    assert_eq!(guess("203.0.113.9, 198.51.100.1", PASSWORD).await, 429);
    assert_eq!(guess("198.51.100.1, 10.0.0.2", PASSWORD).await, 429, "through two proxies");
    assert_eq!(guess("198.51.100.2", PASSWORD).await, 303, "another client of the proxy");
}

#[tokio::test]
async fn a_flood_of_guesses_does_not_pass_at_once() {
    let (visitor, _) = visitor().await;
    let mut guesses = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let mut someone = visitor.someone_else();
        guesses.spawn(async move { someone.log_in("bob", "wrong").await.status.as_u16() });
    }
    let statuses = guesses.join_all().await;
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 5, "{statuses:?}");
}

/// Strangers with many addresses wait in a part of the queue for hashes that is theirs.
#[tokio::test]
async fn a_flood_of_strangers_does_not_stop_the_login_of_a_known_browser() {
    let (visitor, _) = visitor().await;
    let mut owner = visitor.someone_else();
    owner.log_in_and_leave("bob").await;
    let mut flood = tokio::task::JoinSet::new();
    for stranger in 0..400 {
        let name = format!("nobody-{stranger}");
        let address = format!("192.0.{}.{}", 2 + stranger / 200, stranger % 200);
        let mut stranger = visitor.someone_else().from(&address);
        flood.spawn(async move { stranger.log_in(&name, "wrong").await.status.as_u16() });
    }
    // The flood is under way once the first of it is turned away.
    while let Some(status) = flood.join_next().await {
        if status.unwrap() == 503 {
            break;
        }
    }
    assert_eq!(owner.log_in("bob", PASSWORD).await.status, 303);
    flood.abort_all();
}

/// Nor can one address, known or not, have the strangers' part to itself.
#[tokio::test]
async fn a_flood_from_one_address_does_not_stop_the_login_of_strangers_elsewhere() {
    let (visitor, _) = visitor().await;
    let mut flood = tokio::task::JoinSet::new();
    for stranger in 0..100 {
        let (mut stranger, name) = (visitor.someone_else(), format!("nobody-{stranger}"));
        flood.spawn(async move { stranger.log_in(&name, "wrong").await.status.as_u16() });
    }
    while let Some(status) = flood.join_next().await {
        if status.unwrap() == 429 {
            break;
        }
    }
    assert_eq!(visitor.someone_else().from("203.0.113.7").log_in("bob", PASSWORD).await.status, 303);
    flood.abort_all();
}

#[tokio::test]
async fn what_is_refused_unhashed_does_not_count() {
    let (mut visitor, _) = visitor().await;
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
    assert_eq!(visitor.log_in("bob", "wrong").await.status, 429);
}

/// A directory, or a database, that takes them for one account would have them tried as many.
#[tokio::test]
async fn spellings_of_a_name_share_their_attempts() {
    let (visitor, _) = visitor().await;
    for name in ["bob", "BOB", "bob ", "\tBob", "ｂｏｂ"] {
        assert_eq!(visitor.someone_else().log_in(name, "wrong").await.status, 200);
    }
    for name in ["bob", " bob", "Bob  ", "b\u{ad}ob", "bo\u{200b}b", "bob\u{fe0f}", "böb"] {
        assert_eq!(visitor.someone_else().log_in(name, "wrong").await.status, 429, "{name:?}");
    }
}

#[tokio::test]
async fn a_stranger_cannot_lock_out_a_browser_that_logged_in_before() {
    let (mut owner, _) = visitor().await;
    owner.log_in_and_leave("bob").await;
    let mut stranger = owner.someone_else();
    stranger.use_up("bob").await;
    assert_eq!(stranger.log_in("bob", PASSWORD).await.status, 429);
    assert_eq!(owner.log_in("bob", PASSWORD).await.status, 303);
    assert_eq!(stranger.log_in("bob", PASSWORD).await.status, 429);
}

#[tokio::test]
async fn a_known_browser_has_no_more_attempts_than_others() {
    let (mut owner, _) = visitor().await;
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
    let (mut owner, _) = visitor().await;
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
    let (mut owner, _) = visitor_of(store);
    owner.log_in_and_leave("bob").await;
    owner.someone_else().use_up("twin").await;
    assert_eq!(owner.log_in("twin", PASSWORD).await.status, 429);
}

/// The cookie proves nothing but who logged in before.
#[tokio::test]
async fn a_known_browser_is_not_logged_in() {
    let (mut owner, _) = visitor().await;
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
    let instance = || visitor_of(store.clone()).0;
    let mut owner = instance();
    owner.log_in_and_leave("bob").await;
    let mut elsewhere = instance();
    elsewhere.use_up("bob").await;
    elsewhere.cookies.clone_from(&owner.cookies);
    assert_eq!(elsewhere.log_in("bob", "wrong").await.status, 200, "the other instance knows it");
    store.save_user(User::new("2", "bob").with_password(PASSWORD).unwrap()).await.unwrap();
    assert_eq!(elsewhere.log_in("bob", PASSWORD).await.status, 429, "the same password under a new salt");
}
