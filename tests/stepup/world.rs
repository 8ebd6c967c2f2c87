//! A bank: its authorization server, its API beside the server and elsewhere, and a client.

use std::time::Duration;

use axum::Router;
use axum::routing::get;
use bytes::Bytes;
use http::Request as HttpRequest;
use oauth_core::clock::Clock;
use oauth_core::http::{HttpClient, HttpError};
use oauth_core::interaction::Approval;
use oauth_core::prelude::*;
use oauth_core::resource::{Challenge, ResourceState};
use oauth_core::server::{Environment, RunningServer};
use oauth_core::time::UnixTime;
use oauth_tests::{Answer, App, CHALLENGE, Prover, VERIFIER, basic, secret};

pub(crate) const CALLBACK: &str = "https://web.example/cb";
pub(crate) const TOKEN: &str = "https://auth.example.com/token";

#[scope("accounts.read", "See your accounts")]
pub(crate) struct Read;

#[scope("transfers", "Send your money")]
pub(crate) struct Transfers;

/// A second factor.
#[step_up(acr_values("phr", "phrh"))]
pub(crate) struct Phishingproof;

/// Just now.
#[step_up(max_age = 60)]
pub(crate) struct Recent;

/// Both.
#[step_up(acr = "phrh", max_age = 300)]
pub(crate) struct Hardware;

#[validator]
pub(crate) struct Accounts {
    #[store]
    store: MemoryStore,
}

#[token_generator(jwt, issuer = "https://auth.example.com")]
pub(crate) struct Signed {
    #[signing_key]
    keys: KeyRing,
}

/// Alice, who logged in as the headers `x-test-acr` and `x-test-age` say, and who is not asked where they do not.
pub(crate) struct Login;

impl<V: Sync> Interaction<V> for Login {
    async fn decide(
        &self,
        context: &Context<'_, V>,
        asked: &AuthorizationRequest,
        request: &Request,
    ) -> Result<Decision> {
        let header = |name| request.headers().get(name).map(|value| value.to_str().unwrap());
        let Some(age) = header("x-test-age") else {
            // A login page, which says what it was asked for.
            let mut page = oauth_core::http::Response::default();
            let asked = asked.openid.acr_values.join(" ");
            page.headers_mut().insert("x-test-asked", asked.parse().unwrap());
            return Ok(Decision::Respond(page));
        };
        let age: u64 = age.parse().unwrap();
        let mut approval = Approval::new("alice", UnixTime::from_secs(context.now().as_secs() - age));
        approval.acr = header("x-test-acr").map(str::to_owned);
        Ok(Decision::Approve(approval))
    }
}

#[authorization_server(
    grants(authorization_code, refresh_token, client_credentials),
    scopes(Read, Transfers),
    issuer = "https://auth.example.com",
    acr_values("pwd", "phr", "phrh"),
    dpop
)]
pub(crate) struct Bank<G: TokenGenerator + 'static> {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: G,
    #[interaction]
    login: Login,
}

pub(crate) fn client(client_id: &str) -> Client {
    let secret = ClientSecret::new(secret()).unwrap();
    Client::confidential(client_id, &secret)
        .redirect_uri(format!("https://{client_id}.example/cb"))
        .scope("accounts.read transfers")
        .danger_introspects_all()
        .build()
        .unwrap()
}

pub(crate) async fn store() -> MemoryStore {
    let store = MemoryStore::new();
    store.save_client(client("web")).await.unwrap();
    let own = ClientSecret::new(secret()).unwrap();
    let curious = Client::confidential("curious", &own).redirect_uri("https://curious.example/cb");
    store.save_client(curious.scope("accounts.read").build().unwrap()).await.unwrap();
    store
}

/// The way to the server.
#[derive(Clone)]
pub(crate) struct Wire(App);

impl HttpClient for Wire {
    async fn send(&self, request: HttpRequest<Bytes>) -> Result<http::Response<Bytes>, HttpError> {
        let (parts, body) = request.into_parts();
        let request =
            parts.headers.iter().fold(
                HttpRequest::builder().method(parts.method).uri(parts.uri),
                |request, (name, value)| request.header(name, value),
            );
        let Answer { status, headers, body } = self.0.send(request, body).await;
        let mut response = http::Response::new(body);
        (*response.status_mut(), *response.headers_mut()) = (status, headers);
        Ok(response)
    }
}

#[resource_server(
    issuer = "https://auth.example.com",
    audience = "https://auth.example.com",
    resource = "https://auth.example.com",
    jwks
)]
pub(crate) struct ByKeys {
    #[http_client]
    pub(crate) client: Wire,
}

#[resource_server(
    issuer = "https://auth.example.com",
    audience = "https://auth.example.com",
    resource = "https://auth.example.com",
    introspection
)]
pub(crate) struct ByAsking {
    #[http_client]
    pub(crate) client: Wire,
    #[credentials]
    pub(crate) credentials: Credentials,
}

/// The same API, whoever validates.
fn routes<R: ResourceState + Clone + 'static>(resource: R) -> Router {
    Router::new()
        .route("/read", get(async |_: Bearer<Read>| "read"))
        .route("/transfer", get(async |_: Bearer<StepUp<Phishingproof, Transfers>>| "transfer"))
        .route("/recent", get(async |_: Bearer<StepUp<Recent>>| "recent"))
        .route("/close", get(async |_: Bearer<StepUp<Recent, StepUp<Hardware, Transfers>>>| "close"))
        .route("/all", get(async |_: Bearer<(Read, StepUp<Phishingproof, Transfers>)>| "all"))
        .route("/any", get(async |_: Bearer<AnyOf<(Read, StepUp<Phishingproof, Transfers>)>>| "any"))
        .route("/maybe", get(async |_: Option<Bearer<StepUp<Phishingproof>>>| "maybe"))
        .route("/bound", get(async |_: Bearer<Bound<StepUp<Phishingproof>>>| "bound"))
        .with_state(resource)
}

/// A running bank.
pub(crate) struct World {
    pub(crate) server: App,
    pub(crate) api: App,
    pub(crate) clock: Clock,
    pub(crate) prover: Prover,
}

/// Who validates.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Where {
    Beside,
    ByKeys,
    ByAsking,
}

pub(crate) const EVERYWHERE: [Where; 3] = [Where::Beside, Where::ByKeys, Where::ByAsking];

impl World {
    pub(crate) async fn new(place: Where) -> Self {
        let clock = Clock::manual();
        let accounts = Accounts { store: store().await };
        let (server, api) = match place {
            Where::ByKeys => {
                let tokens = Signed { keys: KeyRing::new(SigningKey::generate(Algorithm::ES256).unwrap()) };
                let server = start(Bank { accounts, tokens, login: Login }, &clock);
                let server = App::over_router(Router::new().fallback_service(server));
                let resource = ByKeys { client: Wire(server.clone()) };
                let environment = Environment::new().clock(clock.clone());
                (server, routes(resource.into_resource_in(environment).unwrap()))
            }
            Where::Beside => {
                let server = start(Bank { accounts, tokens: Opaque::DEFAULT, login: Login }, &clock);
                let resource = server.protected_resource(ResourceConfig::new()).unwrap();
                (App::over_router(Router::new().fallback_service(server)), routes(resource))
            }
            Where::ByAsking => {
                let server = start(Bank { accounts, tokens: Opaque::DEFAULT, login: Login }, &clock);
                let server = App::over_router(Router::new().fallback_service(server));
                let credentials = Credentials::new("web", secret());
                let resource = ByAsking { client: Wire(server.clone()), credentials };
                let environment = Environment::new().clock(clock.clone());
                (server, routes(resource.into_resource_in(environment).unwrap()))
            }
        };
        Self { server, api: App::over_router(api), clock, prover: Prover::new() }
    }

    pub(crate) fn wait(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// An authorization request of `web`, by Alice, who logged in like this.
    pub(crate) async fn authorize(&self, login: Option<(&str, u64)>, more: &[(&str, &str)]) -> Answer {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs([
            ("response_type", "code"),
            ("client_id", "web"),
            ("redirect_uri", CALLBACK),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ]);
        if more.iter().all(|(name, _)| *name != "scope") {
            query.append_pair("scope", "accounts.read transfers");
        }
        let mut request = HttpRequest::get(format!("/authorize?{}", query.extend_pairs(more).finish()));
        if let Some((acr, age)) = login {
            request = request.header("x-test-age", age.to_string());
            if !acr.is_empty() {
                request = request.header("x-test-acr", acr);
            }
        }
        self.server.send(request, "").await
    }

    /// A token request of `web`, with a proof or without.
    pub(crate) async fn ask(&self, is_bound: bool, form: &[(&str, &str)]) -> Answer {
        let mut request = HttpRequest::post("/token")
            .header("authorization", basic("web"))
            .header("content-type", "application/x-www-form-urlencoded");
        if is_bound {
            request = request.header("dpop", self.prover.draft("POST", TOKEN, self.clock.now()).sign());
        }
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let answer = self.server.send(request, body).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer
    }

    /// The tokens of a login.
    pub(crate) async fn tokens(&self, login: (&str, u64), more: &[(&str, &str)]) -> Answer {
        let code = self.authorize(Some(login), more).await.params()["code"].clone();
        let form = [("grant_type", "authorization_code"), ("code", &code), ("code_verifier", VERIFIER)];
        self.ask(false, &form).await
    }

    pub(crate) async fn token(&self, acr: &str, age: u64) -> String {
        self.tokens((acr, age), &[]).await.member("access_token")
    }

    /// A token that is bound to the key.
    pub(crate) async fn bound_token(&self, acr: &str, age: u64) -> String {
        let code = self.authorize(Some((acr, age)), &[]).await.params()["code"].clone();
        let form = [("grant_type", "authorization_code"), ("code", &code), ("code_verifier", VERIFIER)];
        self.ask(true, &form).await.member("access_token")
    }

    /// Presents a token to the API.
    pub(crate) async fn get(&self, path: &str, token: &str) -> Answer {
        self.api.send(HttpRequest::get(path).header("authorization", format!("Bearer {token}")), "").await
    }

    /// Presents a bound token with this proof.
    pub(crate) async fn present(&self, path: &str, token: &str, proof: &str) -> Answer {
        let request = HttpRequest::get(path).header("authorization", format!("DPoP {token}"));
        self.api.send(request.header("dpop", proof), "").await
    }

    pub(crate) fn proof(&self, path: &str, token: &str) -> String {
        let url = format!("https://auth.example.com{path}");
        self.prover.draft("GET", &url, self.clock.now()).with_token(token).sign()
    }
}

fn start<G: TokenGenerator + 'static>(bank: Bank<G>, clock: &Clock) -> RunningServer<Bank<G>> {
    bank.start_in(Environment::new().clock(clock.clone())).unwrap()
}

/// Every challenge of an answer.
pub(crate) fn challenges(answer: &Answer) -> Vec<&str> {
    answer.headers.get_all("www-authenticate").iter().map(|value| value.to_str().unwrap()).collect()
}

/// A parameter of a challenge.
pub(crate) fn parameter(challenge: &str, name: &str) -> Option<String> {
    let (_, rest) = challenge.split_once(&format!("{name}=\""))?;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}

/// Asserts that an API asks for another login, and returns its one challenge.
#[track_caller]
pub(crate) fn assert_asks<'a>(answer: &'a Answer, scheme: &str) -> &'a str {
    let challenges = challenges(answer);
    assert_eq!((answer.status.as_u16(), challenges.len()), (401, 1), "{challenges:?}");
    assert!(challenges[0].starts_with(&format!("{scheme} ")), "{challenges:?}");
    assert_eq!(
        parameter(challenges[0], "error").as_deref(),
        Some("insufficient_user_authentication"),
        "{challenges:?}"
    );
    challenges[0]
}

/// The same of a challenge that a handler answers with.
#[track_caller]
pub(crate) fn text(challenge: &Challenge) -> String {
    assert_eq!(challenge.status(), 401);
    challenge.to_string()
}
