//! A person brings the code of a device to a real browser, and back comes a token.

use fantoccini::{Client, Locator};
use oauth_core::interaction::LoginPages;
use oauth_core::prelude::*;
use oauth_tests::{Answer, App};
use tempfile::TempDir;

use crate::driver::{Wish, browse, click, log_in, text};
use crate::world::{PASSWORD, listen, serve};

const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";

#[validator]
struct Accounts {
    #[store]
    store: SqliteStore,
}

#[authorization_server(
    grants(device_code),
    scopes("profile" = "See your name", "calendar"),
    issuer = self.issuer
)]
struct Server {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
    issuer: String,
}

/// A server on loopback over a database file, and a second instance that the device talks to.
struct Room {
    issuer: String,
    instance: App,
    _directory: TempDir,
}

impl Room {
    async fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(directory.path().join("oauth.db")).await.unwrap();
        let tv = oauth_core::client::Client::public("tv")
            .client_name("Television")
            .grant_type(GrantType::DEVICE_CODE);
        store.save_client(tv.scope("profile calendar").build().unwrap()).await.unwrap();
        store.save_user(User::new("1", "alice").with_password(PASSWORD).unwrap()).await.unwrap();
        let (issuer, listener) = listen().await;
        let server = || Server {
            accounts: Accounts { store: store.clone() },
            pages: LoginPages::new(),
            issuer: issuer.clone(),
        };
        serve(listener, server().into_router().unwrap());
        let instance = App::of(server());
        Self { issuer, instance, _directory: directory }
    }

    async fn begin(&self) -> Answer {
        self.instance.post("/device_authorization", "", &[("client_id", "tv")]).await
    }

    async fn poll(&self, begun: &Answer) -> Answer {
        let code = begun.member("device_code");
        let form = [("grant_type", DEVICE_CODE), ("client_id", "tv"), ("device_code", code.as_str())];
        self.instance.post("/token", "", &form).await
    }
}

async fn enter(client: &Client, code: &str) {
    let field = client.wait().for_element(Locator::Id("user_code")).await.unwrap();
    field.clear().await.unwrap();
    field.send_keys(code).await.unwrap();
    click(client, "button[type=submit]").await;
}

#[tokio::test]
async fn a_typed_code_connects_the_device() {
    for without_javascript in [false, true] {
        let room = Room::new().await;
        browse(Wish { without_javascript, ..Wish::default() }, async move |client: Client| {
            let begun = room.begin().await;
            let code = begun.member("user_code");
            client.goto(&begun.member("verification_uri")).await.unwrap();
            log_in(&client, "alice", PASSWORD).await;
            assert_eq!(text(&client, "h1").await, "Connect a device");
            let focused = client.active_element().await.unwrap();
            assert_eq!(focused.attr("id").await.unwrap().unwrap(), "user_code");
            enter(&client, "BBBB-BBBB").await;
            assert!(text(&client, "[role=alert]").await.starts_with("No device shows this code"));
            enter(&client, &code.to_lowercase().replace('-', "")).await;
            assert_eq!(text(&client, "h1").await, "Allow Television to use your account?");
            let page = text(&client, "main").await;
            for shown in
                [&code, "Did someone send you here", "See your name", "calendar", "Signed in as alice"]
            {
                assert!(page.contains(shown), "{shown}: {page}");
            }
            assert_eq!(room.poll(&begun).await.member("error"), "authorization_pending");
            click(&client, "button[value=allow]").await;
            assert_eq!(text(&client, "h1").await, "Your device is connected");
            assert_eq!(room.poll(&begun).await.member("scope"), "profile calendar");
        })
        .await;
    }
}

#[tokio::test]
async fn a_link_fills_in_the_code_and_the_person_refuses_on_a_phone() {
    let room = Room::new().await;
    browse(Wish { phone: true, dark: true, ..Wish::default() }, async move |client: Client| {
        let begun = room.begin().await;
        client.goto(&begun.member("verification_uri_complete")).await.unwrap();
        log_in(&client, "alice", PASSWORD).await;
        let field = client.wait().for_element(Locator::Id("user_code")).await.unwrap();
        assert_eq!(field.prop("value").await.unwrap().unwrap(), begun.member("user_code"));
        assert!(text(&client, "main").await.contains("exactly this code"));
        assert_fits(&client).await;
        click(&client, "button[type=submit]").await;
        client.wait().for_element(Locator::Css("button[value=deny]")).await.unwrap();
        assert_fits(&client).await;
        click(&client, "button[value=deny]").await;
        assert_eq!(text(&client, "h1").await, "The device got no access");
        assert_fits(&client).await;
        assert_eq!(room.poll(&begun).await.member("error"), "access_denied");
        client.goto(&format!("{}/device", room.issuer)).await.unwrap();
        assert_eq!(text(&client, "h1").await, "Connect a device", "the login lasts");
    })
    .await;
}

/// No scrolling sideways; and the policy let the style sheet through.
async fn assert_fits(client: &Client) {
    let script = "const page = document.documentElement; return [page.scrollWidth, page.clientWidth]";
    assert_eq!(client.execute(script, vec![]).await.unwrap(), serde_json::json!([390, 390]));
    let main = client.find(Locator::Css("main")).await.unwrap();
    assert_eq!(main.css_value("background-color").await.unwrap(), "rgba(25, 31, 38, 1)");
}
