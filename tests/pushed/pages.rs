//! The built-in pages, for requests that were pushed.

use std::collections::BTreeMap;

use http::{Request as HttpRequest, header};
use oauth_core::clock::Clock;
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use oauth_tests::{Answer, App, basic, clients};

use crate::world::{assert_dead, form, redeem};

const PASSWORD: &str = "correct horse battery staple";

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(authorization_code),
    scopes("profile"),
    issuer = "https://auth.example.com",
    pushed_authorization_requests(required)
)]
struct Site {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

/// Someone with a browser, who follows redirects within the server.
struct Visitor {
    app: App,
    clock: Clock,
    cookies: BTreeMap<String, String>,
}

impl Visitor {
    async fn new() -> Self {
        let store = MemoryStore::new();
        for client in clients() {
            store.save_client(client).await.unwrap();
        }
        store.save_user(User::new("1", "alice").with_password(PASSWORD).unwrap()).await.unwrap();
        let clock = Clock::manual();
        let server = Site { accounts: Accounts { store }, pages: LoginPages::new() };
        let app = App::in_environment(server, Environment::new().clock(clock.clone()));
        Self { app, clock, cookies: BTreeMap::new() }
    }

    fn wait(&self, seconds: u64) {
        self.clock.advance(std::time::Duration::from_secs(seconds));
    }

    /// Pushes a request of `web`; the path that the browser is sent to.
    async fn pushed(&self, more: &[(&str, &str)]) -> String {
        let request_uri = self.app.post("/par", &basic("web"), &form(more)).await.member("request_uri");
        let query = [("client_id", "web"), ("request_uri", request_uri.as_str())];
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        format!("/authorize?{query}")
    }

    async fn open(&mut self, path: &str) -> Answer {
        let mut answer = self.send(HttpRequest::get(path), String::new()).await;
        while answer.header("location").starts_with('/') {
            let path = answer.header("location").to_owned();
            answer = self.send(HttpRequest::get(path), String::new()).await;
        }
        answer
    }

    async fn submit(&mut self, page: &Answer, fields: &[(&str, &str)]) -> Answer {
        let html = page.text();
        let attribute = |tag: &str, name: &str| {
            let value = tag.split_once(&format!(" {name}=\""))?.1.split('"').next()?;
            Some(value.replace("&#38;", "&").replace("&amp;", "&"))
        };
        let action =
            attribute(html.split_once("<form").unwrap().1.split_once('>').unwrap().0, "action").unwrap();
        let inputs = html.split("<input").skip(1).map(|rest| rest.split_once('>').unwrap().0);
        let hidden = inputs.filter(|tag| tag.contains("type=\"hidden\""));
        let mut all: Vec<_> =
            hidden.map(|tag| (attribute(tag, "name").unwrap(), attribute(tag, "value").unwrap())).collect();
        all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(all).finish();
        let request = HttpRequest::post(action)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, "https://auth.example.com");
        let answer = self.send(request, body).await;
        let location = answer.header("location").to_owned();
        if location.starts_with('/') { self.open(&location).await } else { answer }
    }

    async fn send(&mut self, mut request: http::request::Builder, body: String) -> Answer {
        let pairs: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        request = request.header(header::COOKIE, pairs.join("; "));
        let answer = self.app.send(request, body).await;
        for line in answer.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    async fn log_in(&mut self, page: &Answer) -> Answer {
        assert!(page.text().contains("name=\"password\""), "{}", page.text());
        self.submit(page, &[("username", "alice"), ("password", PASSWORD)]).await
    }

    async fn agree(&mut self, page: &Answer) -> Answer {
        assert!(page.text().contains("name=\"decision\""), "{}", page.text());
        self.submit(page, &[("decision", "allow")]).await
    }
}

#[tokio::test]
async fn a_person_logs_in_and_agrees() {
    let mut alice = Visitor::new().await;
    let path = alice.pushed(&[]).await;
    alice.open(&path).await;
    let login = alice.open(&path).await;
    alice.wait(5 * 60);
    let consent = alice.log_in(&login).await;
    alice.wait(5 * 60);
    let answer = alice.agree(&consent).await;
    assert_eq!(redeem(&alice.app, &answer).await.status, 200);
    assert_dead(&alice.open(&path).await);
}

/// What a login settles cannot be taken out of a query that it is not in.
#[tokio::test]
async fn a_login_that_is_asked_for_is_asked_for_once() {
    let mut alice = Visitor::new().await;
    let path = alice.pushed(&[]).await;
    let login = alice.open(&path).await;
    let consent = alice.log_in(&login).await;
    alice.agree(&consent).await;
    for more in
        [[("prompt", "login")], [("prompt", "select_account")], [("max_age", "0")], [("max_age", "3")]]
    {
        alice.wait(10);
        let path = alice.pushed(&more).await;
        let login = alice.open(&path).await;
        alice.wait(60);
        let login = if login.text().contains("name=\"password\"") { alice.open(&path).await } else { login };
        let mut answer = alice.log_in(&login).await;
        if answer.text().contains("name=\"decision\"") {
            alice.wait(60);
            answer = alice.agree(&answer).await;
        }
        assert!(answer.params().contains_key("code"), "{more:?}: {:?}", answer.params());
    }
}

#[tokio::test]
async fn prompt_none_is_answered_without_a_page() {
    let mut alice = Visitor::new().await;
    let path = alice.pushed(&[("prompt", "none")]).await;
    let answer = alice.open(&path).await;
    answer.assert_redirected_error(crate::world::CALLBACK, "login_required");
    assert_dead(&alice.open(&path).await);
}

#[tokio::test]
async fn a_refusal_at_the_page_answers_it() {
    let mut alice = Visitor::new().await;
    let path = alice.pushed(&[]).await;
    let login = alice.open(&path).await;
    let consent = alice.log_in(&login).await;
    let answer = alice.submit(&consent, &[("decision", "deny")]).await;
    answer.assert_redirected_error(crate::world::CALLBACK, "access_denied");
    assert_dead(&alice.open(&path).await);
}

/// The login page knows the hint, which no URL has.
#[tokio::test]
async fn the_login_page_knows_what_was_pushed() {
    let mut alice = Visitor::new().await;
    let path = alice.pushed(&[("login_hint", "alice"), ("ui_locales", "de")]).await;
    let login = alice.open(&path).await;
    assert!(login.text().contains("value=\"alice\""), "{}", login.text());
}

/// A consent is to the request that was shown, and to no other.
#[tokio::test]
async fn a_consent_is_not_for_another_pushed_request() {
    let mut alice = Visitor::new().await;
    let (shown, other) = (alice.pushed(&[]).await, alice.pushed(&[("state", "other")]).await);
    let login = alice.open(&shown).await;
    let consent = alice.log_in(&login).await;
    let csrf =
        consent.text().split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let request = HttpRequest::post(other).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = alice.send(request, format!("decision=allow&csrf={csrf}")).await;
    assert_eq!(answer.status, 403);
}
