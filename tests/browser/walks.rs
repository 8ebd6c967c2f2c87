//! The ways through the pages.

use fantoccini::cookies::Cookie;
use fantoccini::key::Key;
use fantoccini::{Client, Locator};

use crate::driver::{Wish, browse, click, leave, log_in, text};
use crate::world::{PASSWORD, World};

const ALLOW: &str = "button[value=allow]";
const DENY: &str = "button[value=deny]";

#[tokio::test]
async fn login_and_consent_lead_to_a_token() {
    let mut world = World::new().await;
    browse(Wish::default(), async move |client: Client| {
        client.goto(&world.authorize("web")).await.unwrap();
        assert_eq!(client.active_element().await.unwrap().attr("id").await.unwrap().unwrap(), "username");
        log_in(&client, "alice", PASSWORD).await;
        assert_eq!(text(&client, "h1").await, "Allow Family calendar to use your account?");
        let page = text(&client, "main").await;
        for shown in ["calendar.example", "See your name", "calendar", "on this device", "Signed in as alice"]
        {
            assert!(page.contains(shown), "{shown} is missing: {page}");
        }
        assert!(world.is_waiting());
        click(&client, ALLOW).await;
        assert_eq!(text(&client, "h1").await, "Back at the client");
        let code = world.answer().await["code"].clone();
        let token = world.redeem(&code).await;
        assert_eq!(token.status, 200, "{}", token.text());
        assert_eq!(token.member("scope"), "profile calendar");

        // The login is remembered. The consent is not: any program on this device could listen there by now.
        client.goto(&world.authorize("web")).await.unwrap();
        click(&client, ALLOW).await;
        assert_eq!(text(&client, "h1").await, "Back at the client");
        assert_ne!(world.answer().await["code"], code);
    })
    .await;
}

#[tokio::test]
async fn a_refusal_reaches_the_client() {
    let mut world = World::new().await;
    browse(Wish::default(), async move |client: Client| {
        client.goto(&world.authorize("web")).await.unwrap();
        log_in(&client, "alice", PASSWORD).await;
        click(&client, DENY).await;
        assert_eq!(text(&client, "h1").await, "Back at the client");
        let answer = world.answer().await;
        assert_eq!(answer["error"], "access_denied");
        assert!(!answer.contains_key("code"));
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_can_be_corrected() {
    let mut world = World::new().await;
    browse(Wish::default(), async move |client: Client| {
        client.goto(&world.authorize("web")).await.unwrap();
        log_in(&client, "alice", "Tr0ub4dor&3").await;
        assert_eq!(text(&client, "[role=alert]").await, "The user name or the password is wrong.");
        let focused = client.active_element().await.unwrap();
        assert_eq!(focused.attr("id").await.unwrap().unwrap(), "password");
        let username = client.find(Locator::Id("username")).await.unwrap();
        assert_eq!(username.prop("value").await.unwrap().unwrap(), "alice");
        focused.send_keys(PASSWORD).await.unwrap();
        enter(&client).await;
        click(&client, ALLOW).await;
        assert_eq!(text(&client, "h1").await, "Back at the client");
        assert!(world.answer().await.contains_key("code"));
    })
    .await;
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let world = World::new().await;
    browse(Wish::default(), async move |client: Client| {
        client.goto(&world.authorize("web")).await.unwrap();
        log_in(&client, "alice", PASSWORD).await;
        click(&client, ".account a").await;
        assert_eq!(text(&client, "h1").await, "Sign out?");
        click(&client, ".button").await;
        assert_eq!(text(&client, "h1").await, "Allow Family calendar to use your account?");
        click(&client, ".account a").await;
        click(&client, "button[type=submit]").await;
        // Back at the request, for someone else to log in.
        client.wait().for_element(Locator::Id("username")).await.unwrap();
        client.goto(&format!("{}/logout", world.issuer)).await.unwrap();
        assert_eq!(text(&client, "h1").await, "You are signed out");
        assert!(session(&client).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn the_keyboard_is_enough() {
    let mut world = World::new().await;
    browse(Wish::default(), async move |client: Client| {
        client.goto(&world.authorize("web")).await.unwrap();
        press(&client, "alice").await;
        press(&client, &key(Key::Tab)).await;
        press(&client, PASSWORD).await;
        enter(&client).await;
        client.wait().for_element(Locator::Css(ALLOW)).await.unwrap();
        let mut reached = Vec::new();
        for _ in 0..3 {
            press(&client, &key(Key::Tab)).await;
            let focused = client.active_element().await.unwrap();
            assert_ne!(focused.css_value("outline-style").await.unwrap(), "none", "the focus shows");
            reached.push(focused.text().await.unwrap());
        }
        assert_eq!(reached, ["Deny", "Allow", "Not you? Sign out"]);
        let shift_tab = key(Key::Shift) + &key(Key::Tab);
        press(&client, &shift_tab).await;
        enter(&client).await;
        assert_eq!(text(&client, "h1").await, "Back at the client");
        assert!(world.answer().await.contains_key("code"));
    })
    .await;
}

#[tokio::test]
async fn no_scripts_are_needed() {
    let mut world = World::new().await;
    browse(Wish { without_javascript: true, ..Wish::default() }, async move |client: Client| {
        client.goto(&world.authorize("web")).await.unwrap();
        log_in(&client, "alice", "wrong").await;
        client.wait().for_element(Locator::Css("[role=alert]")).await.unwrap();
        log_in(&client, "alice", PASSWORD).await;
        click(&client, ALLOW).await;
        assert_eq!(text(&client, "h1").await, "Back at the client");
        assert!(world.answer().await.contains_key("code"));
        assert_eq!(client.title().await.unwrap(), "plain", "scripts do run in this browser");
        client.goto(&format!("{}/logout", world.issuer)).await.unwrap();
        click(&client, "button[type=submit]").await;
        assert_eq!(text(&client, "h1").await, "You are signed out");
    })
    .await;
}

#[tokio::test]
async fn scripts_cannot_read_the_cookies() {
    let world = World::new().await;
    browse(Wish::default(), async move |client: Client| {
        client.goto(&world.authorize("web")).await.unwrap();
        let before = client.get_all_cookies().await.unwrap();
        log_in(&client, "alice", PASSWORD).await;
        client.wait().for_element(Locator::Css(ALLOW)).await.unwrap();
        let after = client.get_all_cookies().await.unwrap();
        assert_eq!((before.len(), after.len()), (1, 2), "{before:?} {after:?}");
        for cookie in before.iter().chain(&after) {
            assert_eq!(cookie.http_only(), Some(true));
            assert_eq!(cookie.same_site().unwrap().to_string(), "Lax");
            assert_eq!(cookie.path(), Some("/"));
            let lasts = cookie.name().starts_with("known-browser");
            assert_eq!(
                cookie.expires_datetime().is_some(),
                lasts,
                "the others end with the browser's session"
            );
        }
        assert!(session(&client).await.is_some());
        assert_eq!(client.execute("return document.cookie", vec![]).await.unwrap(), "");
    })
    .await;
}

#[tokio::test]
async fn pages_fit_on_a_phone_and_keep_their_style() {
    for dark in [false, true] {
        let world = World::new().await;
        browse(Wish { phone: true, dark, ..Wish::default() }, async move |client: Client| {
            client.goto(&world.authorize("long")).await.unwrap();
            assert_fits(&client, dark).await;
            log_in(&client, &"x".repeat(60), "wrong").await;
            client.wait().for_element(Locator::Css("[role=alert]")).await.unwrap();
            assert_fits(&client, dark).await;
            log_in(&client, "alice", PASSWORD).await;
            client.wait().for_element(Locator::Css(ALLOW)).await.unwrap();
            assert_fits(&client, dark).await;
            let size = async |css| client.find(Locator::Css(css)).await.unwrap().rectangle().await.unwrap();
            let ((_, _, width, height), (_, _, other_width, other_height)) =
                (size(ALLOW).await, size(DENY).await);
            assert!(height >= 44.0 && (height - other_height).abs() < 1.0, "{height} {other_height}");
            assert!((width - other_width).abs() < 1.0, "both answers are as easy to reach");
            client.goto(&format!("{}/logout", world.issuer)).await.unwrap();
            assert_fits(&client, dark).await;
            client.goto(&format!("{}/authorize?client_id=nobody", world.issuer)).await.unwrap();
            assert_fits(&client, dark).await;
        })
        .await;
    }
}

/// No scrolling sideways; and the policy let the style sheet through.
async fn assert_fits(client: &Client, dark: bool) {
    let sizes = client
        .execute(
            "const page = document.documentElement; return [page.scrollWidth, page.clientWidth, innerWidth]",
            vec![],
        )
        .await
        .unwrap();
    assert_eq!(sizes, serde_json::json!([390, 390, 390]));
    let background =
        client.find(Locator::Css("main")).await.unwrap().css_value("background-color").await.unwrap();
    assert_eq!(background, if dark { "rgba(25, 31, 38, 1)" } else { "rgba(255, 255, 255, 1)" });
}

async fn press(client: &Client, keys: &str) {
    client.active_element().await.unwrap().send_keys(keys).await.unwrap();
}

/// Sends the form.
async fn enter(client: &Client) {
    leave(client, press(client, &key(Key::Enter))).await;
}

/// A key, for [`press`].
fn key(key: Key) -> String {
    char::from(key).to_string()
}

async fn session(client: &Client) -> Option<Cookie<'static>> {
    client.get_all_cookies().await.unwrap().into_iter().find(|cookie| cookie.name().starts_with("session"))
}
