//! The additions of OpenID Connect to the walks: `response_mode=form_post`, `prompt`, `max_age` and
//! `login_hint`.

use fantoccini::{Client, Locator};

use crate::driver::{Wish, browse, click, log_in, text};
use crate::world::{PASSWORD, World};

const ALLOW: &str = "button[value=allow]";

#[tokio::test]
async fn form_post_reaches_a_client_that_goes_on_elsewhere() {
    let mut world = World::new().await;
    browse(Wish::default(), async move |client: Client| {
        client.goto(&format!("{}&response_mode=form_post", world.authorize("web"))).await.unwrap();
        log_in(&client, "alice", PASSWORD).await;
        click(&client, ALLOW).await;
        // The page sends itself: its own policy lets its script run and its form go, and the client's redirect, too.
        client
            .wait()
            .for_url(&format!("{}/home", world.client().replace("127.0.0.1", "localhost")).parse().unwrap())
            .await
            .unwrap();
        assert_eq!(text(&client, "h1").await, "Back at the client");
        let code = world.answer().await["code"].clone();
        let token = world.redeem(&code).await;
        assert_eq!(token.status, 200, "{}", token.text());
    })
    .await;
}

#[tokio::test]
async fn form_post_has_a_button_where_no_scripts_run() {
    let mut world = World::new().await;
    browse(Wish { without_javascript: true, ..Wish::default() }, async move |client: Client| {
        client.goto(&format!("{}&response_mode=form_post", world.authorize("web"))).await.unwrap();
        log_in(&client, "alice", PASSWORD).await;
        click(&client, "button[value=deny]").await;
        assert_eq!(text(&client, "button").await, "Continue");
        assert!(world.is_waiting());
        click(&client, "button").await;
        assert_eq!(text(&client, "h1").await, "Back at the client");
        assert_eq!(world.answer().await["error"], "access_denied");
    })
    .await;
}

#[tokio::test]
async fn prompt_none_goes_straight_back() {
    let mut world = World::new().await;
    browse(Wish::default(), async move |client: Client| {
        let silent = format!("{}&prompt=none", world.authorize("web"));
        client.goto(&silent).await.unwrap();
        assert_eq!(text(&client, "h1").await, "Back at the client");
        assert_eq!(world.answer().await["error"], "login_required");
        client.goto(&world.authorize("web")).await.unwrap();
        log_in(&client, "alice", PASSWORD).await;
        client.wait().for_element(Locator::Css(ALLOW)).await.unwrap();
        client.goto(&silent).await.unwrap();
        assert_eq!(world.answer().await["error"], "consent_required");
        client.goto(&world.authorize("web")).await.unwrap();
        click(&client, ALLOW).await;
        assert!(world.answer().await.contains_key("code"));
        client.goto(&silent).await.unwrap();
        assert_eq!(world.answer().await["error"], "consent_required", "a client on loopback asks every time");
    })
    .await;
}

#[tokio::test]
async fn prompt_login_and_max_age_ask_for_the_password_and_consent_for_an_answer() {
    let mut world = World::new().await;
    browse(Wish::default(), async move |client: Client| {
        client.goto(&world.authorize("web")).await.unwrap();
        log_in(&client, "alice", PASSWORD).await;
        click(&client, ALLOW).await;
        assert!(world.answer().await.contains_key("code"));
        for again in ["prompt=login", "prompt=select_account", "max_age=0"] {
            client.goto(&format!("{}&{again}&login_hint=alice", world.authorize("web"))).await.unwrap();
            let username = client.wait().for_element(Locator::Id("username")).await.unwrap();
            assert_eq!(username.prop("value").await.unwrap().unwrap(), "alice");
            let focused = client.active_element().await.unwrap();
            assert_eq!(focused.attr("id").await.unwrap().unwrap(), "password");
            log_in(&client, "alice", PASSWORD).await;
            click(&client, ALLOW).await;
            assert_eq!(text(&client, "h1").await, "Back at the client");
            assert!(world.answer().await.contains_key("code"), "{again}");
        }
        client.goto(&format!("{}&prompt=consent", world.authorize("web"))).await.unwrap();
        click(&client, ALLOW).await;
        assert!(world.answer().await.contains_key("code"));
    })
    .await;
}
