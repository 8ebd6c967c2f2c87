//! A running instance, an API beside it, and requests to both.

use axum::Router;
use axum::routing::get;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{Request as HttpRequest, header};
use oauth_core::clock::Clock;
use oauth_core::openid::SubjectType;
use oauth_core::prelude::*;
use oauth_core::server::{Environment, RunningServer};
use oauth_core::store::AccessToken;
use oauth_tests::{Answer, App, CHALLENGE, VERIFIER, basic, secret};
use serde_json::Value;

pub(crate) use crate::servers::{IDS, KeepingOp, Kept, Op, PairwiseOp, Provider, SelfContained, Shared};
use oauth_tests::Prover;

pub(crate) const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
pub(crate) const TOKEN: &str = "https://auth.example.com/token";
pub(crate) const API: &str = "https://api.example.com";

/// A running instance.
pub(crate) struct World<P> {
    pub(crate) server: RunningServer<P>,
    pub(crate) app: App,
    pub(crate) shared: Shared,
}

pub(crate) type InMemory = World<Op<MemoryStore>>;
pub(crate) type Pairwise = World<PairwiseOp<MemoryStore>>;

impl<P: Provider<Store = MemoryStore>> World<P> {
    pub(crate) async fn new() -> Self {
        Self::with_store().await.0
    }

    pub(crate) async fn with_store() -> (Self, MemoryStore) {
        let store = MemoryStore::new();
        (Self::over(store.clone(), &Shared::new()).await, store)
    }
}

impl<P: Provider> World<P> {
    pub(crate) async fn over(store: P::Store, shared: &Shared) -> Self {
        for client in clients() {
            store.save_client(client).await.unwrap();
        }
        let server = P::over(store, shared);
        let server = server
            .start_in(Environment::new().clock(shared.clock.clone()).observer(shared.seen.clone()))
            .unwrap();
        let beside = server.protected_resource(ResourceConfig::new()).unwrap();
        let routes = Router::new()
            .route(
                "/beside",
                get(async |token: Bearer<()>| token.internal_subject().unwrap_or("").to_owned()),
            )
            .with_state(beside);
        let app = App::over_router(routes.fallback_service(server.clone()));
        Self { server, app, shared: shared.clone() }
    }

    /// The record of the token that was issued last, as a store would have kept it.
    pub(crate) fn issued(&self) -> AccessToken {
        self.shared.records.issued.lock().unwrap().last().unwrap().clone()
    }

    /// The record that was read last.
    pub(crate) fn read(&self) -> AccessToken {
        self.shared.records.read.lock().unwrap().take().unwrap()
    }

    pub(crate) fn wait(&self, seconds: u64) {
        self.shared.clock.advance(std::time::Duration::from_secs(seconds));
    }

    /// A code of Alice for a client.
    pub(crate) async fn code(&self, client_id: &str, more: &[(&str, &str)]) -> String {
        self.authorize(client_id, &[], more).await.params()["code"].clone()
    }

    /// Opens the authorization endpoint, with headers for the [`Login`].
    pub(crate) async fn authorize(
        &self,
        client_id: &str,
        headers: &[(&str, &str)],
        more: &[(&str, &str)],
    ) -> Answer {
        let redirect_uri = format!("https://{client_id}.example/cb");
        let params = [
            ("response_type", "code"),
            ("client_id", client_id),
            ("redirect_uri", &redirect_uri),
            ("scope", "openid profile offline_access"),
            ("prompt", "consent"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        let asked = |name: &str| more.iter().any(|(given, _)| *given == name);
        let params = params.iter().filter(|(name, _)| !asked(name)).chain(more);
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
        let request = HttpRequest::get(format!("/authorize?{query}"));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.app.send(request, "").await
    }

    /// Asks the token endpoint, with more headers.
    pub(crate) async fn ask(
        &self,
        client_id: &str,
        headers: &[(&str, &str)],
        form: &[(&str, &str)],
    ) -> Answer {
        let request = HttpRequest::post("/token")
            .header(header::AUTHORIZATION, basic(client_id))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        self.app.send(request, body).await
    }

    pub(crate) async fn redeem(&self, client_id: &str, code: &str) -> Answer {
        self.redeem_with(client_id, code, &[]).await
    }

    pub(crate) async fn redeem_with(&self, client_id: &str, code: &str, headers: &[(&str, &str)]) -> Answer {
        let redirect_uri = format!("https://{client_id}.example/cb");
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &redirect_uri),
            ("code_verifier", VERIFIER),
        ];
        self.ask(client_id, headers, &form).await
    }

    /// The tokens of Alice for a client.
    pub(crate) async fn tokens(&self, client_id: &str) -> Answer {
        let tokens = self.redeem(client_id, &self.code(client_id, &[]).await).await;
        assert_eq!(tokens.status, 200, "{}", tokens.text());
        tokens
    }

    pub(crate) async fn refresh(&self, client_id: &str, refresh_token: &str) -> Answer {
        self.ask(client_id, &[], &[("grant_type", "refresh_token"), ("refresh_token", refresh_token)]).await
    }

    /// A token of a client for itself.
    pub(crate) async fn own_token(&self, client_id: &str) -> String {
        self.ask(client_id, &[], &[("grant_type", "client_credentials")]).await.member("access_token")
    }

    pub(crate) async fn revoke(&self, client_id: &str, token: &str) {
        let answer = self.app.post("/revoke", &basic(client_id), &[("token", token)]).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
    }

    pub(crate) async fn introspect(&self, token: &str) -> Value {
        self.app.post("/introspect", &basic("api"), &[("token", token)]).await.json()
    }

    pub(crate) async fn present(&self, path: &str, token: &str) -> Answer {
        let request = HttpRequest::get(path).header(header::AUTHORIZATION, format!("Bearer {token}"));
        self.app.send(request, "").await
    }

    /// Exchanges a token at the gateway.
    pub(crate) async fn exchange(&self, token: &str) -> Answer {
        self.exchange_of("gateway", &[("subject_token", token), ("audience", API)]).await
    }

    /// Exchanges a token at the gateway, for whom another speaks for.
    pub(crate) async fn exchange_with(&self, token: &str, actor: &str) -> Answer {
        let form = [
            ("subject_token", token),
            ("actor_token", actor),
            ("actor_token_type", ACCESS_TOKEN),
            ("audience", API),
        ];
        self.exchange_of("gateway", &form).await
    }

    /// Exchanges an access token, unless the form says that it is of another type.
    pub(crate) async fn exchange_of(&self, client_id: &str, form: &[(&str, &str)]) -> Answer {
        let is_typed = form.iter().any(|(name, _)| *name == "subject_token_type");
        let kind = (!is_typed).then_some(("subject_token_type", ACCESS_TOKEN));
        let grant = ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        let form: Vec<_> = [grant].into_iter().chain(kind).chain(form.iter().copied()).collect();
        self.ask(client_id, &[], &form).await
    }

    /// Tells whether each reader takes a token of Alice: they agree, or this fails.
    #[track_caller]
    pub(crate) fn is_alive(&self, token: &str) -> impl Future<Output = bool> {
        let place = std::panic::Location::caller();
        async move {
            let introspected = self.introspect(token).await["active"] == true;
            let readers = [
                ("userinfo", self.present("/userinfo", token).await.status == 200),
                ("beside", self.present("/beside", token).await.status == 200),
                ("exchange", self.exchange(token).await.status == 200),
            ];
            for (name, takes) in readers {
                assert_eq!(takes, introspected, "{name} at {place}");
            }
            introspected
        }
    }
}

/// The claims of a token, whoever signed it.
pub(crate) fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&base64::Engine::decode(&URL_SAFE_NO_PAD, payload).unwrap()).unwrap()
}

/// A token request with a proof of this key.
pub(crate) fn proof(prover: &Prover, clock: &Clock) -> String {
    prover.draft("POST", TOKEN, clock.now()).sign()
}

fn clients() -> Vec<Client> {
    let secret = ClientSecret::new(secret()).unwrap();
    let client = |client_id: &str| {
        Client::confidential(client_id, &secret)
            .redirect_uri(format!("https://{client_id}.example/cb"))
            .scope("openid profile email offline_access")
    };
    let pairwise = |client_id: &str| client(client_id).subject_type(SubjectType::Pairwise);
    [
        client("web"),
        client("other"),
        client("once").grant_type(GrantType::AUTHORIZATION_CODE),
        client("wiki").grant_type(GrantType::AUTHORIZATION_CODE).grant_type(GrantType::TOKEN_EXCHANGE),
        Client::confidential("machine", &secret).scope("profile"),
        Client::confidential("gateway", &secret).grant_type(GrantType::TOKEN_EXCHANGE).scope("profile"),
        Client::confidential("api", &secret).danger_introspects_all(),
        pairwise("pair-a"),
        pairwise("pair-b"),
    ]
    .map(|client| client.build().unwrap())
    .into()
}
