//! A server in this process, and requests to it.

use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{Method, Request, header};
use http_body_util::BodyExt as _;
use oauth_core::limits::PeerAddress;
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use tower::ServiceExt as _;

use crate::{Accounts, Answer, CHALLENGE, Store, TestServer, VERIFIER, clients, secret};

/// A server in this process.
#[derive(Debug, Clone)]
pub struct App {
    router: axum::Router,
    peer: Option<IpAddr>,
}

impl App {
    /// Any server.
    ///
    /// # Panics
    ///
    /// If its configuration is wrong.
    pub fn of(server: impl AuthorizationServer) -> Self {
        Self::over_router(server.into_router().unwrap())
    }

    /// Any server, in this environment.
    ///
    /// # Panics
    ///
    /// If its configuration is wrong.
    pub fn in_environment<S: AuthorizationServer>(server: S, environment: Environment<S>) -> Self {
        Self::over_router(server.start_in(environment).unwrap().into_router())
    }

    /// The same server, asked from this address.
    ///
    /// # Panics
    ///
    /// If it is none.
    #[must_use]
    pub fn from(&self, address: &str) -> Self {
        Self { peer: Some(address.parse().unwrap()), ..self.clone() }
    }

    /// Any routes.
    pub fn over_router(router: axum::Router) -> Self {
        Self { router, peer: None }
    }

    /// The test server, with its clients, over `store`.
    ///
    /// # Panics
    ///
    /// If the store fails.
    pub async fn over(store: impl Store) -> Self {
        Self::with_grace::<10>(store).await
    }

    /// The test server with a grace for lost refresh responses.
    ///
    /// # Panics
    ///
    /// If the store fails.
    pub async fn with_grace<const GRACE: u64>(store: impl Store) -> Self {
        for client in clients() {
            store.save_client(client).await.unwrap();
        }
        Self::of(TestServer::<_, GRACE> { validator: Accounts(store) })
    }

    /// The test server over memory.
    pub async fn new() -> Self {
        Self::over(MemoryStore::default()).await
    }

    /// Sends any request.
    ///
    /// # Panics
    ///
    /// If the request is malformed.
    pub async fn send(
        &self,
        mut request: http::request::Builder,
        body: impl Into<axum::body::Body>,
    ) -> Answer {
        if let Some(address) = self.peer {
            request = request.extension(PeerAddress(address));
        }
        let response = self.router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// GETs a path.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), "").await
    }

    /// POSTs a form, with the Authorization header that `basic` makes, or none.
    pub async fn post(&self, path: &str, authorization: &str, form: &[(&str, &str)]) -> Answer {
        self.post_raw(path, authorization, &encode(form)).await
    }

    /// POSTs a body as a form, however malformed.
    pub async fn post_raw(&self, path: &str, authorization: &str, body: &str) -> Answer {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if !authorization.is_empty() {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        self.send(request, body.to_owned()).await
    }

    /// Opens the authorization endpoint.
    pub async fn authorize(&self, params: &[(&str, &str)]) -> Answer {
        self.get(&format!("/authorize?{}", encode(params))).await
    }

    /// Gets a code for a client, with PKCE.
    pub async fn code(&self, client_id: &str, redirect_uri: &str) -> String {
        let params = [
            ("response_type", "code"),
            ("client_id", client_id),
            ("redirect_uri", redirect_uri),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        self.authorize(&params).await.params()["code"].clone()
    }

    /// Redeems a code of `web`.
    pub async fn redeem(&self, code: &str) -> Answer {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", "https://web.example/cb"),
            ("code_verifier", VERIFIER),
        ];
        self.post("/token", &basic("web"), &form).await
    }

    /// Redeems a code of `web`, as a client of OAuth 2.1 does.
    pub async fn redeem_without_redirect_uri(&self, code: &str) -> Answer {
        let form = [("grant_type", "authorization_code"), ("code", code), ("code_verifier", VERIFIER)];
        self.post("/token", &basic("web"), &form).await
    }

    /// Uses a refresh token of `web`.
    pub async fn refresh(&self, refresh_token: &str) -> Answer {
        let form = [("grant_type", "refresh_token"), ("refresh_token", refresh_token)];
        self.post("/token", &basic("web"), &form).await
    }

    /// The tokens of `web`, for Alice.
    pub async fn tokens(&self) -> Answer {
        self.redeem(&self.code("web", "https://web.example/cb").await).await
    }

    /// Tells whether introspection says that a token is active.
    pub async fn is_active(&self, token: &str) -> bool {
        self.post("/introspect", &basic("web"), &[("token", token)]).await.json()["active"] == true
    }
}

/// The Authorization header of a test client.
pub fn basic(client_id: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{client_id}:{}", secret())))
}

fn encode(params: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish()
}
