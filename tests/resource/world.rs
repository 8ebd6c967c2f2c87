//! An authorization server and an API, each on a port of its own.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, RwLock};

use axum::Router;
use axum::body::Body;
use axum::extract::Request as AxumRequest;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::serve::Listener;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use http::{Request as HttpRequest, StatusCode, header};
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy;
use hyper_util::rt::TokioExecutor;
use oauth_core::prelude::*;
use oauth_core::resource::{ProtectedResource, TokenValidator};
use oauth_core::server::RunningServer;
use oauth_core::time::UnixTime;
use oauth_tests::{Answer, SignNow as _};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};

/// The name by which the API calls itself.
pub(crate) const AUDIENCE: &str = "https://calendar.example.com";

#[scope("calendar.read", "See your calendar")]
pub(crate) struct CalendarRead;

#[scope("calendar.write", "Change your calendar")]
pub(crate) struct CalendarWrite;

#[scope("admin")]
pub(crate) struct Admin;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    /// Tokens are for the calendar, but for those of a client that uses another API.
    async fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()> {
        let audience = if client_id == "photos" { "https://photos.example.com" } else { AUDIENCE };
        request.claims.insert("aud", audience)
    }
}

#[token_generator(jwt, issuer = self.issuer, expires_in = "15m")]
struct Signed {
    issuer: String,
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(
    grants(client_credentials),
    scopes(CalendarRead, CalendarWrite, Admin),
    issuer = self.issuer
)]
struct OpaqueServer {
    #[validator]
    accounts: Accounts,
    issuer: String,
}

#[authorization_server(grants(client_credentials), scopes(CalendarRead, CalendarWrite, Admin))]
struct SignedServer {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: Signed,
}

/// Answers the requests of an issuer.
#[derive(Clone)]
enum Service {
    Opaque(RunningServer<OpaqueServer>),
    Signed(RunningServer<SignedServer>),
    /// Anything a test makes up.
    Routes(Router),
}

impl Service {
    async fn respond(self, request: AxumRequest) -> Response {
        match self {
            Self::Opaque(service) => service.respond(request).await.map(Body::new),
            Self::Signed(service) => service.respond(request).await.map(Body::new),
            Self::Routes(routes) => tower::ServiceExt::oneshot(routes, request).await.into_response(),
        }
    }
}

/// An authorization server on loopback.
pub(crate) struct Issuer {
    pub(crate) url: String,
    pub(crate) secret: ClientSecret,
    store: MemoryStore,
    shared: Arc<Shared>,
}

struct Shared {
    service: RwLock<Service>,
    is_down: AtomicBool,
    /// The paths that were asked for.
    asked: Mutex<Vec<String>>,
}

impl Issuer {
    async fn start(service: impl FnOnce(&str, MemoryStore) -> Service) -> Self {
        let store = MemoryStore::default();
        let secret = ClientSecret::generate();
        for client_id in ["robot", "photos", "calendar-api"] {
            let client = Client::confidential(client_id, &secret).scope("calendar.read calendar.write admin");
            // The APIs of the tests have several audiences, and check them by themselves.
            let client = if client_id == "calendar-api" { client.danger_introspects_all() } else { client };
            store.save_client(client.build().unwrap()).await.unwrap();
        }
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let service = RwLock::new(service(&url, store.clone()));
        let shared = Arc::new(Shared { service, is_down: AtomicBool::new(false), asked: Mutex::default() });
        let issuer = Self { url, secret, store, shared: Arc::clone(&shared) };
        let handler = Arc::clone(&shared);
        let routes = Router::new().fallback(move |request: AxumRequest| {
            let shared = Arc::clone(&handler);
            async move {
                // Connections that were open before it went down.
                if shared.is_down.load(Ordering::SeqCst) {
                    return StatusCode::BAD_GATEWAY.into_response();
                }
                shared.asked.lock().unwrap().push(request.uri().path().to_owned());
                let service = shared.service.read().unwrap().clone();
                service.respond(request).await
            }
        });
        let gate = Gate { listener, shared };
        tokio::spawn(async move { axum::serve(gate, routes).await });
        issuer
    }

    /// One that signs its tokens.
    pub(crate) async fn signing(keys: impl Into<KeyRing>) -> Self {
        let keys = keys.into();
        Self::start(|url, store| Service::Signed(signed(url, store, keys))).await
    }

    /// One whose tokens say nothing.
    pub(crate) async fn opaque() -> Self {
        Self::start(|url, store| {
            let server = OpaqueServer { accounts: Accounts { store }, issuer: url.to_owned() };
            Service::Opaque(server.into_service().unwrap())
        })
        .await
    }

    /// One that a test makes up, given its URL.
    pub(crate) async fn of(routes: impl FnOnce(&str) -> Router) -> Self {
        Self::over(|url, _| routes(url)).await
    }

    /// One that a test makes up, given its URL and a store with clients.
    pub(crate) async fn over(routes: impl FnOnce(&str, MemoryStore) -> Router) -> Self {
        Self::start(|url, store| Service::Routes(routes(url, store))).await
    }

    /// Other keys from now on.
    pub(crate) fn rotate(&self, keys: KeyRing) {
        let service = signed(&self.url, self.store.clone(), keys);
        *self.shared.service.write().unwrap() = Service::Signed(service);
    }

    pub(crate) fn set_down(&self, is_down: bool) {
        self.shared.is_down.store(is_down, Ordering::SeqCst);
    }

    /// The number of times that a path was asked for.
    pub(crate) fn asked(&self, path: &str) -> usize {
        self.shared.asked.lock().unwrap().iter().filter(|asked| *asked == path).count()
    }

    /// POSTs a form as a client.
    async fn post(&self, client_id: &str, path: &str, form: &[(&str, &str)]) -> Answer {
        let credentials = STANDARD.encode(format!("{client_id}:{}", self.secret.expose()));
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = HttpRequest::post(format!("{}{path}", self.url))
            .header(header::AUTHORIZATION, format!("Basic {credentials}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Bytes::from(body));
        send(request.unwrap()).await
    }

    /// A token of a client.
    pub(crate) async fn token_for(&self, client_id: &str, scope: &str) -> String {
        let form = [("grant_type", "client_credentials"), ("scope", scope)];
        self.post(client_id, "/token", &form).await.member("access_token")
    }

    /// A token of `robot`.
    pub(crate) async fn token(&self, scope: &str) -> String {
        self.token_for("robot", scope).await
    }

    pub(crate) async fn revoke(&self, token: &str) {
        assert_eq!(self.post("robot", "/revoke", &[("token", token)]).await.status, 200);
    }
}

fn signed(url: &str, store: MemoryStore, keys: KeyRing) -> RunningServer<SignedServer> {
    let tokens = Signed { issuer: url.to_owned(), keys };
    SignedServer { accounts: Accounts { store }, tokens }.into_service().unwrap()
}

/// Connections to an issuer that is down are closed at once.
struct Gate {
    listener: TcpListener,
    shared: Arc<Shared>,
}

impl Listener for Gate {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        loop {
            if let Ok(accepted) = self.listener.accept().await
                && !self.shared.is_down.load(Ordering::SeqCst)
            {
                return accepted;
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// An API on loopback.
pub(crate) struct Api {
    pub(crate) url: String,
}

impl Api {
    /// `/any`, `/read`, `/both`, `/either`, each for a token with these scopes; `/optional` for any or none.
    pub(crate) async fn start<V: TokenValidator>(resource: ProtectedResource<V>) -> Self {
        async fn optional(token: Option<Bearer<CalendarRead>>) -> String {
            token.map_or_else(|| "nobody".to_owned(), |token| whoami(&token))
        }
        let routes = Router::new()
            .route("/any", get(async |token: Bearer<()>| whoami(&token)))
            .route("/read", get(async |token: Bearer<CalendarRead>| whoami(&token)))
            .route("/both", get(async |token: Bearer<(CalendarRead, CalendarWrite)>| whoami(&token)))
            .route("/either", get(async |token: Bearer<AnyOf<(CalendarWrite, Admin)>>| whoami(&token)))
            .route("/optional", get(optional));
        Self::serve(routes.with_state(resource.clone()).merge(resource.router())).await
    }

    pub(crate) async fn serve(routes: Router) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { url }
    }

    /// GETs a path with an Authorization header, or none.
    pub(crate) async fn get_with(&self, path: &str, authorization: &str) -> Answer {
        let mut request = HttpRequest::get(format!("{}{path}", self.url));
        if !authorization.is_empty() {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        send(request.body(Bytes::new()).unwrap()).await
    }

    /// GETs a path with a bearer token.
    pub(crate) async fn get(&self, path: &str, token: &str) -> Answer {
        self.get_with(path, &format!("Bearer {token}")).await
    }

    /// The status of `/read` with a token.
    pub(crate) async fn status(&self, token: &str) -> u16 {
        self.get("/read", token).await.status.as_u16()
    }

    /// Asserts that `/any` refuses a token, whatever it may do, for this reason.
    #[track_caller]
    pub(crate) fn refuses<'a>(&'a self, token: &'a str, reason: &'a str) -> impl Future<Output = ()> + 'a {
        let caller = std::panic::Location::caller();
        async move {
            let answer = self.get("/any", token).await;
            let challenge = answer.header("www-authenticate");
            assert_eq!(answer.status, 401, "{caller}: {challenge}");
            assert!(challenge.contains("error=\"invalid_token\""), "{caller}: {challenge}");
            assert!(challenge.contains(reason), "{caller}: {challenge}");
        }
    }
}

fn whoami(token: &oauth_core::resource::ValidatedToken) -> String {
    format!("{} by {}", token.subject().unwrap_or("-"), token.client_id().unwrap_or("-"))
}

pub(crate) async fn send(request: HttpRequest<Bytes>) -> Answer {
    let client = legacy::Client::builder(TokioExecutor::new()).build_http::<Full<Bytes>>();
    let (parts, body) = client.request(request.map(Full::new)).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Answer { status: parts.status, headers: parts.headers, body }
}

pub(crate) fn key(algorithm: Algorithm) -> SigningKey {
    SigningKey::generate(algorithm).unwrap()
}

/// The claims of a token that the API takes.
pub(crate) fn claims(issuer: &str) -> Value {
    let now = UnixTime::now().as_secs();
    json!({
        "iss": issuer, "aud": AUDIENCE, "sub": "alice", "client_id": "robot", "scope": "calendar.read",
        "iat": now, "exp": now + 300, "jti": "1",
    })
}

/// A JWS with any header.
pub(crate) fn jws(key: &SigningKey, header: &Value, claims: &Value) -> String {
    let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
    let signed = format!("{}.{}", part(header), part(claims));
    let signature = key.sign_now(signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// The header of an access token.
pub(crate) fn header(key: &SigningKey) -> Value {
    json!({ "typ": "at+jwt", "alg": format!("{:?}", key.algorithm()), "kid": key.kid() })
}

/// An access token with these claims.
pub(crate) fn access_token(key: &SigningKey, claims: &Value) -> String {
    jws(key, &header(key), claims)
}
