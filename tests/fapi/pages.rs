//! The built-in pages: the page of one request may be loaded twice, by a link preview or a second tab, and answered once.

use std::collections::BTreeMap;

use http::{Request as HttpRequest, header};
use oauth_core::prelude::*;
use oauth_core::time::UnixTime;
use oauth_tests::{Answer, App, CHALLENGE};

use crate::client::Fintech;
use crate::world::{ASSERTION, Accounts};

const PASSWORD: &str = "correct horse battery staple";

#[authorization_server(
    profile = "fapi2",
    grants(authorization_code),
    scopes("accounts"),
    issuer = "https://auth.example.com"
)]
struct Branch {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

/// Somebody with a browser.
struct Visitor {
    app: App,
    cookies: BTreeMap<String, String>,
}

impl Visitor {
    async fn open(&mut self, path: &str) -> Answer {
        self.send(HttpRequest::get(path), String::new()).await
    }

    /// Fills in the form of a page.
    async fn submit(&mut self, page: &Answer, fields: &[(&str, &str)]) -> Answer {
        let attribute = |tag: &str, name: &str| {
            let value = tag.split_once(&format!(" {name}=\"")).unwrap().1.split('"').next().unwrap();
            value.replace("&#38;", "&").replace("&amp;", "&")
        };
        let (form, _) = page.text().split_once("<form").unwrap().1.split_once('>').unwrap();
        let inputs = page.text().split("<input").skip(1).map(|rest| rest.split_once('>').unwrap().0);
        let hidden = inputs.filter(|tag| tag.contains("type=\"hidden\""));
        let mut all: Vec<_> = hidden.map(|tag| (attribute(tag, "name"), attribute(tag, "value"))).collect();
        all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(all).finish();
        let request = HttpRequest::post(attribute(form, "action"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, "https://auth.example.com");
        self.send(request, body).await
    }

    /// Sends a request, and follows redirects within the server.
    async fn send(&mut self, request: http::request::Builder, body: String) -> Answer {
        let (mut request, mut body) = (request, body);
        loop {
            let cookies: Vec<_> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let answer = self.app.send(request.header(header::COOKIE, cookies.join("; ")), body).await;
            for line in answer.headers.get_all(header::SET_COOKIE) {
                let (name, value) =
                    line.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
            if !answer.header("location").starts_with('/') {
                return answer;
            }
            (request, body) = (HttpRequest::get(answer.header("location")), String::new());
        }
    }
}

#[tokio::test]
async fn a_login_page_is_loaded_twice_and_answered_once() {
    let (store, web) = (MemoryStore::new(), Fintech::new("web"));
    let client = Client::private_key_jwt("web", crate::client::jwks(&web.key)).scope("accounts");
    store.save_client(client.redirect_uri(web.redirect_uri()).build().unwrap()).await.unwrap();
    store.save_user(User::new("1", "alice").with_password(PASSWORD).unwrap()).await.unwrap();
    let app = App::of(Branch { accounts: Accounts { store }, pages: LoginPages::new() });
    let (assertion, redirect_uri) = (web.assertion(UnixTime::now()), web.redirect_uri());
    let form = [
        ("response_type", "code"),
        ("redirect_uri", redirect_uri.as_str()),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
        ASSERTION,
        ("client_assertion", &assertion),
    ];
    let request_uri = app.post("/par", "", &form).await.member("request_uri");
    let query = [("client_id", "web"), ("request_uri", request_uri.as_str())];
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    let path = format!("/authorize?{query}");
    // Somebody else's browser, or a preview of the link, and then the person's own, twice.
    let mut preview = Visitor { app: app.clone(), cookies: BTreeMap::new() };
    assert!(preview.open(&path).await.text().contains("name=\"password\""));
    let mut visitor = Visitor { app, cookies: BTreeMap::new() };
    let first = visitor.open(&path).await;
    let second = visitor.open(&path).await;
    assert!(first.text().contains("name=\"password\"") && second.text().contains("name=\"password\""));
    let consent = visitor.submit(&second, &[("username", "alice"), ("password", PASSWORD)]).await;
    assert!(consent.text().contains("name=\"decision\""), "{}", consent.text());
    let back = visitor.submit(&consent, &[("decision", "allow")]).await;
    assert_eq!(back.status, 303);
    assert!(back.params().contains_key("code"), "{:?}", back.params());
    visitor.open(&path).await.assert_page(400);
    preview.open(&path).await.assert_page(400);
}
