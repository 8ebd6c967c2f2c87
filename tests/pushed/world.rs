//! A server that takes pushed requests, and its clients.

use http::{Request as HttpRequest, header};
use oauth_core::clock::Clock;
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use oauth_core::store::{PushedRequestStore, ReplayStore};
use oauth_tests::{Answer, App, CHALLENGE, ISSUER, VERIFIER, basic, clients};

pub(crate) const CALLBACK: &str = "https://web.example/cb";

#[validator]
pub(crate) struct Accounts<S: PushedRequestStore + ReplayStore> {
    #[store]
    pub(crate) store: S,
}

#[validator(custom)]
pub(crate) struct Hooked {
    #[store]
    store: MemoryStore,
}

/// The scope `calendar` needs a `ticket`, which only hooks know.
#[validator]
impl Hooked {
    async fn post_authorization(
        &self,
        authorization: &AuthorizationRequest,
        request: &Request,
    ) -> Result<()> {
        let needs_ticket = authorization.scopes.contains("calendar");
        if needs_ticket && request.param("ticket").is_none() {
            return Err(Error::invalid_request("a ticket is missing"));
        }
        Ok(())
    }
}

#[authorization_server(
    grants(authorization_code, refresh_token, client_credentials),
    scopes("profile", "calendar", "jobs"),
    issuer = "https://auth.example.com",
    pushed_authorization_requests
)]
pub(crate) struct Server {
    #[validator]
    accounts: Accounts<oauth_tests::Failing>,
    #[interaction]
    people: People,
}

#[authorization_server(
    grants(authorization_code),
    scopes("profile", "calendar"),
    issuer = "https://auth.example.com",
    pushed_authorization_requests
)]
pub(crate) struct WithHooks {
    #[validator]
    accounts: Hooked,
    #[interaction]
    people: People,
}

#[authorization_server(
    grants(authorization_code, refresh_token, client_credentials),
    scopes("profile", "calendar", "jobs"),
    issuer = "https://auth.example.com",
    pushed_authorization_requests
)]
pub(crate) struct OnFile {
    #[validator]
    accounts: Accounts<SqliteStore>,
    #[interaction]
    people: People,
}

impl Server {
    pub(crate) fn new(store: MemoryStore) -> Self {
        Self { accounts: Accounts { store: store.into() }, people: People }
    }
}

/// Whoever comes is Alice, who agrees, refuses with `x-person: deny`, and is still busy with `x-person: page`.
pub(crate) struct People;

impl<V: Sync> Interaction<V> for People {
    async fn decide(
        &self,
        _: &Context<'_, V>,
        _: &AuthorizationRequest,
        request: &Request,
    ) -> Result<Decision> {
        Ok(match request.headers().get("x-person").map(http::HeaderValue::as_bytes) {
            Some(b"page") => Decision::page("a login"),
            Some(b"deny") => Decision::Deny,
            _ => Decision::approve("alice"),
        })
    }
}

/// A server, its clock and its store.
pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) clock: Clock,
    pub(crate) store: oauth_tests::Failing,
}

impl World {
    pub(crate) async fn new() -> Self {
        let inner = MemoryStore::new();
        for client in clients() {
            inner.save_client(client).await.unwrap();
        }
        let (clock, store) = (Clock::manual(), oauth_tests::Failing::from(inner));
        let server = Server { accounts: Accounts { store: store.clone() }, people: People };
        let app = App::in_environment(server, Environment::new().clock(clock.clone()));
        Self { app, clock, store }
    }

    pub(crate) fn wait(&self, seconds: u64) {
        self.clock.advance(std::time::Duration::from_secs(seconds));
    }

    /// Pushes a good request of `web`, with these parameters in place of its own or beside them.
    pub(crate) async fn push(&self, more: &[(&str, &str)]) -> Answer {
        self.app.post("/par", &basic("web"), &form(more)).await
    }

    /// The `request_uri` of a good request.
    pub(crate) async fn pushed(&self) -> String {
        self.push(&[]).await.member("request_uri")
    }

    pub(crate) async fn load(&self, client_id: &str, request_uri: &str) -> Answer {
        self.app.authorize(&[("client_id", client_id), ("request_uri", request_uri)]).await
    }

    /// The same, where the person has not decided yet, or refuses.
    pub(crate) async fn load_as(&self, person: &str, request_uri: &str) -> Answer {
        load_as(&self.app, person, request_uri).await
    }

    pub(crate) async fn assert_dead(&self, client_id: &str, request_uri: &str) {
        assert_dead(&self.load(client_id, request_uri).await);
    }
}

pub(crate) async fn load_as(app: &App, person: &str, request_uri: &str) -> Answer {
    let uri: String = form_urlencoded::byte_serialize(request_uri.as_bytes()).collect();
    let path = format!("/authorize?client_id=web&request_uri={uri}");
    app.send(HttpRequest::get(path).header("x-person", person).header(header::ACCEPT, "text/html"), "").await
}

/// §4: there is nowhere to redirect to.
#[track_caller]
pub(crate) fn assert_dead(answer: &Answer) {
    answer.assert_page(400);
    assert!(answer.text().contains("invalid_request_uri"), "{}", answer.text());
}

/// A good request of `web`, with these parameters in place of its own or beside them; an empty one is left out.
pub(crate) fn form<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("response_type", "code"),
        ("redirect_uri", CALLBACK),
        ("scope", "profile"),
        ("state", "s t"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    form.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
    form.extend(more.iter().copied().filter(|(_, value)| !value.is_empty()));
    form
}

/// Redeems the code of an answer.
pub(crate) async fn redeem(app: &App, answer: &Answer) -> Answer {
    let code = answer.params()["code"].clone();
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    app.post("/token", &basic("web"), &form).await
}

pub(crate) async fn hooked() -> App {
    let store = MemoryStore::new();
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    App::of(WithHooks { accounts: Hooked { store }, people: People })
}

pub(crate) fn on_file(store: SqliteStore) -> App {
    App::of(OnFile { accounts: Accounts { store }, people: People })
}

#[test]
fn the_issuer_is_that_of_the_other_tests() {
    assert_eq!(Server::ISSUER, Issuer::Literal(ISSUER));
}
