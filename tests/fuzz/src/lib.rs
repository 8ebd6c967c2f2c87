//! The parts that the targets share: a server in memory, and requests to it.

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode, header};
use http_body_util::{BodyExt as _, Full};
use oauth_core::clock::Clock;
use oauth_core::interaction::LoginPages;
use oauth_core::prelude::*;
use oauth_core::server::{Environment, RunningServer};
use oauth_core::time::UnixTime;
use tokio::runtime::{Builder, Runtime};

/// The issuer, and so the origin of its pages.
pub const ISSUER: &str = "https://auth.example.com";
/// The secret of the client `robot`.
pub const SECRET: &str = "a+secret%of/forty:characters=for-robots!";
/// The URI where the client `web` wants people to go.
pub const REDIRECT_URI: &str = "https://web.example/cb?from=fuzz";

const PASSWORD: &str = "correct horse battery staple";

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(authorization_code, client_credentials),
    scopes("profile"),
    issuer = "https://auth.example.com",
    dpop(nonces = "off")
)]
struct Server {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

/// A server with the clients `robot` and `web` and the user `alice`.
pub struct World {
    server: RunningServer<Server>,
    clock: Clock,
    runtime: Runtime,
}

/// An answer.
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Answer {
    /// A header that is text; empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl World {
    /// A new one.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        let runtime = Builder::new_current_thread().enable_time().build().unwrap();
        let (clock, store) = (Clock::manual(), MemoryStore::new());
        let secret = ClientSecret::new(SECRET).unwrap();
        let robot = Client::confidential("robot", &secret).grant_type(GrantType::CLIENT_CREDENTIALS);
        let web = Client::confidential("web", &secret).redirect_uri(REDIRECT_URI).scope("profile");
        runtime.block_on(async {
            for client in [robot, web] {
                store.save_client(client.build().unwrap()).await.unwrap();
            }
            store.save_user(User::new("1", "alice").with_password(PASSWORD).unwrap()).await.unwrap();
        });
        let server = Server { accounts: Accounts { store }, pages: LoginPages::new() };
        let server = server.start_in(Environment::new().clock(clock.clone())).unwrap();
        Self { server, clock, runtime }
    }

    /// Lets so much time pass that no limit of attempts is left over.
    pub fn forget_attempts(&self) {
        self.clock.advance(Duration::from_hours(2));
    }

    /// The time of the server.
    pub fn now(&self) -> UnixTime {
        self.server.now()
    }

    /// Sends a request; `None` if it is none.
    pub fn send(&self, request: http::request::Builder, body: impl Into<Bytes>) -> Option<Answer> {
        let request: Request<Full<Bytes>> = request.body(Full::new(body.into())).ok()?;
        let answer = self.runtime.block_on(async {
            let (parts, body) = self.server.respond(request).await.into_parts();
            let body = body.collect().await.unwrap().to_bytes();
            Answer { status: parts.status, headers: parts.headers, body }
        });
        assert!(!answer.status.is_server_error(), "a request alone made the server fail: {}", answer.status);
        Some(answer)
    }

    /// POSTs a form.
    pub fn post(&self, path: &str, body: impl Into<Bytes>) -> Option<Answer> {
        self.send(form(path), body)
    }

    /// Logs `alice` in: the name and the value of the cookie that holds the session.
    pub fn log_in(&self) -> (String, String) {
        let page = self.send(Request::get("/login"), "").unwrap();
        let html = std::str::from_utf8(&page.body).unwrap();
        let (_, rest) = html.split_once("name=\"csrf\" value=\"").unwrap();
        let csrf = rest.split('"').next().unwrap();
        let fields = [("csrf", csrf), ("username", "alice"), ("password", PASSWORD)];
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let (name, value) = cookies(&page).next().unwrap();
        let request = form("/login").header(header::COOKIE, format!("{name}={value}"));
        let done = self.send(request.header(header::ORIGIN, ISSUER), body).unwrap();
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        cookies(&done).find(|(name, _)| name.contains("session")).unwrap()
    }
}

/// The result of what has nothing to wait for.
pub fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => unreachable!("it waits"),
    }
}

/// The beginning of a POST of a form.
pub fn form(path: &str) -> http::request::Builder {
    Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

fn cookies(answer: &Answer) -> impl Iterator<Item = (String, String)> {
    answer.headers.get_all(header::SET_COOKIE).iter().map(|line| {
        let pair = line.to_str().unwrap().split(';').next().unwrap();
        let (name, value) = pair.split_once('=').unwrap();
        (name.to_owned(), value.to_owned())
    })
}
