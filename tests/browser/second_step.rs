//! A person gives a one-time code after the password: in each language, at a desk and on a phone.

use fantoccini::elements::Element;
use fantoccini::{Client, Locator};
use oauth_core::interaction::Language;
use oauth_core::interaction::language::{ARABIC, ENGLISH, FRENCH, GERMAN, JAPANESE, SPANISH};
use oauth_core::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::driver::{Wish, browse, click, log_in, text};
use crate::world::{PASSWORD, listen, serve};

const CODE: &str = "111111";
const WRONG: &str = "000000";
const SEND: &str = "button[type=submit]";

#[validator(custom)]
struct Accounts {
    #[store]
    store: SqliteStore,
}

#[validator]
impl Accounts {
    fn is_otp_required(&self, _user: &User, _request: &mut Request) -> Result<bool> {
        Ok(true)
    }

    fn validate_otp(&self, _user: &User, otp: &str, _request: &mut Request) -> Result<bool> {
        Ok(otp == CODE)
    }
}

#[authorization_server(grants(authorization_code), scopes("profile"), issuer = self.issuer)]
struct Server {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
    issuer: String,
}

/// A server on loopback, where there is somebody for each language, called by its tag.
struct Hall {
    issuer: String,
    _directory: TempDir,
}

impl Hall {
    async fn new(people: &[&dyn Language]) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(directory.path().join("oauth.db")).await.unwrap();
        let alike = User::new("", "").with_password(PASSWORD).unwrap();
        for person in people {
            let mut user = User::new(person.tag(), person.tag());
            user.password_hash.clone_from(&alike.password_hash);
            store.save_user(user).await.unwrap();
        }
        let web = oauth_core::client::Client::public("web").redirect_uri("https://web.example/cb");
        store.save_client(web.scope("profile").build().unwrap()).await.unwrap();
        let (issuer, listener) = listen().await;
        let server =
            Server { accounts: Accounts { store }, pages: LoginPages::new(), issuer: issuer.clone() };
        serve(listener, server.into_router().unwrap());
        Self { issuer, _directory: directory }
    }

    /// The URL that starts an authorization in this language.
    fn authorize(&self, language: &dyn Language) -> String {
        let challenge = oauth_tests::CHALLENGE;
        format!(
            "{}/authorize?response_type=code&client_id=web&code_challenge={challenge}\
             &code_challenge_method=S256&ui_locales={}",
            self.issuer,
            language.tag()
        )
    }
}

async fn script(client: &Client, script: &str) -> Value {
    client.execute(script, vec![]).await.unwrap()
}

/// The field for the code, which has the focus and can be typed into as it is.
async fn field(client: &Client, language: &dyn Language) -> Element {
    let field = client.wait().for_element(Locator::Id("otp")).await.unwrap();
    let focused = client.active_element().await.unwrap();
    assert_eq!(focused.attr("id").await.unwrap().as_deref(), Some("otp"), "{}", language.tag());
    for (name, value) in [("autocomplete", "one-time-code"), ("inputmode", "numeric"), ("type", "text")] {
        assert_eq!(field.attr(name).await.unwrap().as_deref(), Some(value), "{name}");
    }
    // What a reader aloud says of it.
    let labels = script(client, "return [...document.getElementById('otp').labels].map(it => it.innerText)");
    assert_eq!(labels.await, json!([language.otp()]));
    field
}

/// Checks that nothing is cut off, that it is written in the direction of its language, and that the policy lets in the style and
/// nothing else.
async fn assert_sound(client: &Client, language: &dyn Language) {
    let tag = language.tag();
    let fits = "const page = document.documentElement; return page.scrollWidth <= page.clientWidth";
    assert_eq!(script(client, fits).await, true, "{tag}");
    let direction = "return [document.documentElement.lang, getComputedStyle(document.body).direction]";
    let expected = if language.is_right_to_left() { "rtl" } else { "ltr" };
    assert_eq!(script(client, direction).await, json!([tag, expected]));
    let main = client.find(Locator::Css("main")).await.unwrap();
    assert_eq!(main.css_value("background-color").await.unwrap(), "rgba(255, 255, 255, 1)", "{tag}");
    let foreign = "const it = document.createElement('script'); it.textContent = 'window.hasRun = true'; \
                   document.body.append(it); return window.hasRun === undefined";
    assert_eq!(script(client, foreign).await, true, "{tag}");
}

#[tokio::test]
async fn a_code_is_corrected_in_each_language_at_each_width() {
    let all: [&'static dyn Language; 6] = [&ENGLISH, &GERMAN, &FRENCH, &SPANISH, &JAPANESE, &ARABIC];
    for phone in [false, true] {
        let hall = Hall::new(&all).await;
        browse(Wish { phone, ..Wish::default() }, async move |client: Client| {
            for language in all {
                client.goto(&hall.authorize(language)).await.unwrap();
                log_in(&client, language.tag(), PASSWORD).await;
                let asked = field(&client, language).await;
                assert_sound(&client, language).await;
                assert_eq!(text(&client, "h1").await, language.otp_heading());
                let (_, _, _, height) = asked.rectangle().await.unwrap();
                assert!(height >= 44.0, "a finger meets it: {height}");
                asked.send_keys(WRONG).await.unwrap();
                click(&client, SEND).await;

                let again = field(&client, language).await;
                assert_sound(&client, language).await;
                assert_eq!(text(&client, "[role=alert]").await, language.wrong_otp());
                assert_eq!(again.attr("aria-invalid").await.unwrap().as_deref(), Some("true"));
                assert_eq!(again.prop("value").await.unwrap().as_deref(), Some(""));
                again.send_keys(CODE).await.unwrap();
                click(&client, SEND).await;

                client.wait().for_element(Locator::Css("button[value=allow]")).await.unwrap();
                assert_eq!(client.current_url().await.unwrap().path(), "/authorize");
                client.delete_all_cookies().await.unwrap();
            }
        })
        .await;
    }
}

#[tokio::test]
async fn the_way_back_leads_to_the_password() {
    let hall = Hall::new(&[&ENGLISH]).await;
    browse(Wish { without_javascript: true, ..Wish::default() }, async move |client: Client| {
        client.goto(&hall.authorize(&ENGLISH)).await.unwrap();
        log_in(&client, "en", PASSWORD).await;
        client.wait().for_element(Locator::Id("otp")).await.unwrap();
        click(&client, ".account a").await;
        log_in(&client, "en", PASSWORD).await;
        client.wait().for_element(Locator::Id("otp")).await.unwrap().send_keys(CODE).await.unwrap();
        click(&client, SEND).await;
        client.wait().for_element(Locator::Css("button[value=allow]")).await.unwrap();
    })
    .await;
}
