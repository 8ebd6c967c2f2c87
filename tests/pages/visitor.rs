//! A server with login pages, and a visitor who keeps cookies and fills in forms as a browser does.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use http::{HeaderMap, Request, header};
use oauth_core::clock::Clock;
use oauth_core::interaction::{LoginPages, PageTemplates};
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use oauth_core::store::{CodeStore, ConsentStore, SessionStore};
use oauth_tests::{Accounts, Answer, App, CHALLENGE, Site, secret};

pub(crate) const PASSWORD: &str = "correct horse battery staple";

/// Alice's name would end an attribute that is not escaped.
pub(crate) const ALICE: &str = "alice \"Ally\" <a@example.com>";

/// The clients of the server.
fn clients() -> Vec<Client> {
    let secret = ClientSecret::new(secret()).unwrap();
    [
        Client::confidential("web", &secret)
            .client_name("<script>alert(1)</script> & \"Co\"")
            .client_uri("https://www.web.example/about")
            .redirect_uri("https://web.example/cb")
            .scope("profile calendar"),
        Client::confidential("dev", &secret).redirect_uri("http://127.0.0.1:4000/cb").scope("profile"),
        Client::confidential("own", &secret)
            .first_party()
            .redirect_uri("https://own.example/cb")
            .scope("profile"),
        Client::public("spa").redirect_uri("https://spa.example/cb").scope("profile"),
        Client::public("native").redirect_uri("http://127.0.0.1/cb").scope("profile"),
        Client::public("mobile").redirect_uri("com.example.app:/cb").scope("profile"),
        Client::confidential("own-dev", &secret)
            .first_party()
            .redirect_uri("http://localhost:4000/cb")
            .redirect_uri("https://localhost:4000/cb")
            .redirect_uri("https://127.0.0.1/cb")
            .redirect_uri("https://127.1/cb")
            .redirect_uri("https://[::1]/cb")
            .redirect_uri("https://my.localhost/cb")
            .scope("profile"),
        Client::public("own-native").first_party().redirect_uri("http://127.0.0.1/cb").scope("profile"),
    ]
    .map(|client| client.build().unwrap())
    .into()
}

/// The users of the server: hashing is slow, so it happens once a run.
pub(crate) fn users() -> &'static [User; 3] {
    static USERS: OnceLock<[User; 3]> = OnceLock::new();
    USERS.get_or_init(|| {
        [
            User::new("1", ALICE).with_password(PASSWORD).unwrap(),
            User::new("2", "bob").with_password(PASSWORD).unwrap(),
            User::new("3", "no-password"),
        ]
    })
}

/// A store with clients and users.
pub(crate) async fn store() -> MemoryStore {
    let store = MemoryStore::default();
    fill(&store).await;
    store
}

/// Puts the clients and users into a store.
pub(crate) async fn fill<S: ClientStore + UserStore>(store: &S) {
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    for user in users() {
        store.save_user(user.clone()).await.unwrap();
    }
}

/// Someone with a browser.
#[derive(Clone)]
pub(crate) struct Visitor {
    app: App,
    issuer: String,
    /// `Accept-Language`.
    speaks: Option<String>,
    pub(crate) cookies: BTreeMap<String, String>,
    /// `Set-Cookie` lines of the last answer.
    pub(crate) set_cookies: Vec<String>,
}

impl Visitor {
    /// A visitor of a new server.
    pub(crate) async fn new() -> Self {
        Self::of("https://auth.example.com").await
    }

    /// A visitor of a new server with this issuer.
    pub(crate) async fn of(issuer: &str) -> Self {
        let validator = Accounts(store().await);
        Self::at(Site { issuer: issuer.to_owned(), validator, pages: LoginPages::new() })
    }

    /// A visitor of this server.
    pub(crate) fn at<V, T>(site: Site<V, T>) -> Self
    where
        V: RequestValidator<
                Codes: CodeStore,
                Users: UserStore,
                Sessions: SessionStore,
                Consents: ConsentStore,
            >,
        T: PageTemplates,
    {
        let issuer = site.issuer.clone();
        Self::of_app(App::of(site), issuer)
    }

    /// A visitor of any server with this issuer.
    pub(crate) const fn of_app(app: App, issuer: String) -> Self {
        Self { app, issuer, speaks: None, cookies: BTreeMap::new(), set_cookies: Vec::new() }
    }

    /// A visitor of this server, from an address, and the server's clock.
    pub(crate) fn timed<V, T>(site: Site<V, T>) -> (Self, Clock)
    where
        V: RequestValidator<
                Codes: CodeStore,
                Users: UserStore,
                Sessions: SessionStore,
                Consents: ConsentStore,
            >,
        T: PageTemplates,
    {
        let (issuer, clock) = (site.issuer.clone(), Clock::manual());
        let app = App::in_environment(site, Environment::new().clock(clock.clone()));
        (Self::of_app(app, issuer).from("198.51.100.1"), clock)
    }

    /// The same browser at another address.
    pub(crate) fn from(self, address: &str) -> Self {
        Self { app: self.app.from(address), ..self }
    }

    /// The same browser, whose owner reads these languages.
    pub(crate) fn speaking(self, languages: &str) -> Self {
        Self { speaks: Some(languages.to_owned()), ..self }
    }

    /// Someone else at the same server, with a browser of their own.
    pub(crate) fn someone_else(&self) -> Self {
        Self { cookies: BTreeMap::new(), ..self.clone() }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), String::new()).await
    }

    /// POSTs fields as a page of the issuer does.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let origin = self.issuer.strip_suffix(self.prefix()).unwrap().to_owned();
        self.post_from(path, fields, &[("origin", origin.as_str()), ("sec-fetch-site", "same-origin")]).await
    }

    /// POSTs fields with these headers.
    pub(crate) async fn post_from(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut request =
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(request, body).await
    }

    async fn send(&mut self, mut request: http::request::Builder, body: String) -> Answer {
        if !self.cookies.is_empty() {
            let pairs: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, pairs.join("; "));
        }
        if let Some(languages) = &self.speaks {
            request = request.header(header::ACCEPT_LANGUAGE, languages);
        }
        let answer = self.app.send(request, body).await;
        self.keep(&answer.headers);
        answer
    }

    fn keep(&mut self, headers: &HeaderMap) {
        let lines = headers.get_all(header::SET_COOKIE).iter();
        self.set_cookies = lines.map(|line| line.to_str().unwrap().to_owned()).collect();
        for line in &self.set_cookies {
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    /// Submits the form of a page, with these fields filled in.
    pub(crate) async fn submit(&mut self, page: &Answer, fields: &[(&str, &str)]) -> Answer {
        let form = Form::of(page);
        let hidden = form.hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let all: Vec<_> = hidden.chain(fields.iter().copied()).collect();
        self.post(&form.action, &all).await
    }

    /// Opens the authorization endpoint for a client.
    pub(crate) async fn authorize(&mut self, client_id: &str, more: &str) -> Answer {
        let path = self.authorization_path(client_id, more);
        self.get(&path).await
    }

    pub(crate) fn authorization_path(&self, client_id: &str, more: &str) -> String {
        format!(
            "{}/authorize?response_type=code&client_id={client_id}&code_challenge={CHALLENGE}\
             &code_challenge_method=S256&state=s%26t{more}",
            self.prefix()
        )
    }

    /// The path of the issuer.
    pub(crate) fn prefix(&self) -> &str {
        let (_, rest) = self.issuer.split_once("://").unwrap();
        rest.find('/').map_or("", |at| &rest[at..])
    }

    /// Logs in as `username`, coming from nowhere.
    pub(crate) async fn log_in(&mut self, username: &str, password: &str) -> Answer {
        let page = self.get(&format!("{}/login", self.prefix())).await;
        self.submit(&page, &[("username", username), ("password", password)]).await
    }

    /// Logs in as Alice.
    pub(crate) async fn log_in_as_alice(&mut self) {
        let answer = self.log_in(ALICE, PASSWORD).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
    }

    /// The cookie that holds the session.
    pub(crate) fn session(&self) -> Option<(&str, &str)> {
        self.cookies
            .iter()
            .find(|(name, _)| name.contains("session"))
            .map(|(name, value)| (&**name, &**value))
    }
}

/// The first form of a page.
#[derive(Debug)]
pub(crate) struct Form {
    pub(crate) action: String,
    pub(crate) hidden: BTreeMap<String, String>,
}

impl Form {
    #[track_caller]
    pub(crate) fn of(page: &Answer) -> Self {
        let html = page.text();
        let action =
            attribute(tags(html, "form").next().unwrap_or_else(|| panic!("no form: {html}")), "action");
        let hidden = tags(html, "input").filter(|tag| tag.contains("type=\"hidden\""));
        let hidden = hidden.map(|tag| (attribute(tag, "name").unwrap(), attribute(tag, "value").unwrap()));
        Self { action: action.unwrap(), hidden: hidden.collect() }
    }
}

/// The start tags with this name.
pub(crate) fn tags<'a>(html: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let start = format!("<{name} ");
    html.match_indices(start.as_str())
        .map(|(at, _)| html[at..].split('>').next().unwrap())
        .collect::<Vec<_>>()
        .into_iter()
}

/// The value of an attribute, its character references resolved.
pub(crate) fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split_once(&format!(" {name}=\""))?.1.split('"').next()?;
    Some(
        value
            .replace("&#34;", "\"")
            .replace("&#39;", "'")
            .replace("&#60;", "<")
            .replace("&#62;", ">")
            .replace("&#38;", "&")
            .replace("&amp;", "&"),
    )
}
