//! A server that binds tokens, an API beside it, and requests to both.

use std::sync::LazyLock;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use bytes::Bytes;
use http::Request as HttpRequest;
use oauth_core::binding::{Dpop, DpopNonces, NonceKey};
use oauth_core::clock::Clock;
use oauth_core::http::Response;
use oauth_core::interaction::DeviceInteraction;
use oauth_core::prelude::*;
use oauth_core::server::{Environment, RunningServer, ServerConfig};
use oauth_core::time::UnixTime;
use oauth_tests::{
    Accounts, Alice, Answer, App, CHALLENGE, Draft, ISSUER, Prover, Store, VERIFIER, basic, secret,
};

pub(crate) const TOKEN: &str = "https://auth.example.com/token";
pub(crate) const ME: &str = "https://auth.example.com/me";
pub(crate) const USERINFO: &str = "https://auth.example.com/userinfo";
pub(crate) const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";

pub(crate) const OFF: u8 = 0;
pub(crate) const HEALING: u8 = 1;
pub(crate) const REQUIRED: u8 = 2;

#[token_generator(jwt, issuer = "https://auth.example.com")]
pub(crate) struct Signed {
    #[signing_key]
    keys: KeyRing,
}

/// Alice, who decides about devices behind the back of the server.
pub(crate) struct Person;

impl<V: Sync> Interaction<V> for Person {
    async fn decide(
        &self,
        context: &Context<'_, V>,
        asked: &AuthorizationRequest,
        request: &Request,
    ) -> Result<Decision> {
        Alice.decide(context, asked, request).await
    }
}

impl<V: Sync> DeviceInteraction<V> for Person {
    const VERIFICATION_PATH: &'static str = "/device";
    const PAGES: &'static [&'static str] = &[];

    async fn device_page(&self, _: &Context<'_, V>, _: &str, _: &http::Request<Bytes>) -> Result<Response> {
        Ok(Response::default())
    }
}

/// A server of every grant, with this choice of nonces.
pub(crate) struct Server<T, const NONCES: u8> {
    pub(crate) accounts: Accounts<T>,
    pub(crate) tokens: Signed,
    pub(crate) keys: IdTokenKeys,
    pub(crate) nonces: Option<NonceKey>,
}

const fn dpop(nonces: u8) -> Dpop {
    Dpop::new().nonces(match nonces {
        OFF => DpopNonces::Off,
        HEALING => DpopNonces::Healing,
        _ => DpopNonces::Required,
    })
}

impl<T: Store, const NONCES: u8> AuthorizationServer for Server<T, NONCES> {
    type Validator = Accounts<T>;
    type AccessTokens = Signed;
    type RefreshTokens = Opaque;
    type IdTokens = IdTokenKeys;
    type Interaction = Person;
    type Grants = (AuthorizationCode, RefreshToken, ClientCredentials, DeviceCode);
    const ISSUER: Issuer = Issuer::Literal(ISSUER);
    const CONFIG: ServerConfig =
        ServerConfig::new(&[Scope::new("openid"), Scope::new("profile")]).dpop(dpop(NONCES));

    fn validator(&self) -> &Accounts<T> {
        &self.accounts
    }
    fn access_tokens(&self) -> &Signed {
        &self.tokens
    }
    fn refresh_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn id_tokens(&self) -> &IdTokenKeys {
        &self.keys
    }
    fn interaction(&self) -> &Person {
        &Person
    }
    fn dpop_nonce_key(&self) -> Option<&NonceKey> {
        self.nonces.as_ref()
    }
}

static KEY: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::generate(Algorithm::RS256).unwrap());

impl<T: Store, const NONCES: u8> Server<T, NONCES> {
    pub(crate) fn over(store: T) -> Self {
        let tokens = Signed { keys: KeyRing::new(KEY.clone()) };
        Self { accounts: Accounts(store), tokens, keys: IdTokenKeys::new(KEY.clone()), nonces: None }
    }
}

pub(crate) fn clients() -> Vec<Client> {
    let secret = ClientSecret::new(secret()).unwrap();
    [
        Client::public("spa").redirect_uri("https://spa.example/cb").origin("https://spa.example"),
        Client::confidential("web", &secret).redirect_uri("https://web.example/cb").danger_introspects_all(),
        Client::confidential("machine", &secret),
        Client::confidential("always", &secret)
            .redirect_uri("https://always.example/cb")
            .dpop_bound_access_tokens(),
        Client::public("tv").grant_type(GrantType::DEVICE_CODE).grant_type(GrantType::REFRESH_TOKEN),
    ]
    .map(|client| client.scope("openid profile").build().unwrap())
    .into()
}

/// A running server with an API beside it.
pub(crate) struct World<T: Store, const NONCES: u8> {
    pub(crate) app: App,
    pub(crate) clock: Clock,
    pub(crate) server: RunningServer<Server<T, NONCES>>,
    pub(crate) prover: Prover,
}

pub(crate) async fn world<const NONCES: u8>() -> World<MemoryStore, NONCES> {
    let store = MemoryStore::new();
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    World::start(Server::over(store), Clock::manual())
}

impl<T: Store, const NONCES: u8> World<T, NONCES> {
    pub(crate) fn start(server: Server<T, NONCES>, clock: Clock) -> Self {
        let server = server.start_in(Environment::new().clock(clock.clone())).unwrap();
        let resource = server.protected_resource(ResourceConfig::new()).unwrap();
        let routes = Router::new()
            .route("/me", get(async |token: Bearer<()>| token.subject().unwrap_or("nobody").to_owned()))
            .route("/strict", get(async |_: Bearer<Bound<()>>| "strict"))
            .route("/twice", get(async |_: Bearer<()>, _: Option<Bearer<()>>| "twice"))
            .with_state(resource);
        let nested = Router::new().nest("/nested", routes.clone());
        let app = App::over_router(nested.merge(routes).fallback_service(server.clone()));
        Self { app, clock, server, prover: Prover::new() }
    }

    pub(crate) fn now(&self) -> UnixTime {
        self.clock.now()
    }

    pub(crate) fn wait(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// A good proof for the token endpoint.
    pub(crate) fn draft(&self) -> Draft<'_> {
        self.prover.draft("POST", TOKEN, self.now())
    }

    /// A token request with these DPoP headers.
    pub(crate) async fn post(
        &self,
        path: &str,
        client_id: &str,
        proofs: &[&str],
        form: &[(&str, &str)],
    ) -> Answer {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(form);
        let mut request = HttpRequest::post(path).header("content-type", "application/x-www-form-urlencoded");
        if ["spa", "tv"].contains(&client_id) {
            body.append_pair("client_id", client_id);
        } else {
            request = request.header("authorization", basic(client_id));
        }
        let body = body.finish();
        request = proofs.iter().fold(request, |request, proof| request.header("DPoP", *proof));
        self.app.send(request, body).await
    }

    /// A client credentials request of `machine`.
    pub(crate) async fn machine(&self, proofs: &[&str]) -> Answer {
        self.post("/token", "machine", proofs, &[("grant_type", "client_credentials")]).await
    }

    /// A code of a client, with these parameters besides.
    pub(crate) async fn code(&self, client_id: &str, more: &[(&str, &str)]) -> String {
        self.authorize(client_id, more).await.params()["code"].clone()
    }

    pub(crate) async fn authorize(&self, client_id: &str, more: &[(&str, &str)]) -> Answer {
        let redirect_uri = format!("https://{client_id}.example/cb");
        let params = [
            ("response_type", "code"),
            ("client_id", client_id),
            ("redirect_uri", &redirect_uri),
            ("scope", "openid profile"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        let params: Vec<_> = params.into_iter().chain(more.iter().copied()).collect();
        self.app.authorize(&params).await
    }

    pub(crate) async fn redeem(&self, client_id: &str, code: &str, proofs: &[&str]) -> Answer {
        let form = [("grant_type", "authorization_code"), ("code", code), ("code_verifier", VERIFIER)];
        self.post("/token", client_id, proofs, &form).await
    }

    pub(crate) async fn refresh(&self, client_id: &str, token: &str, proofs: &[&str]) -> Answer {
        let form = [("grant_type", "refresh_token"), ("refresh_token", token)];
        self.post("/token", client_id, proofs, &form).await
    }

    /// The bound tokens of a client, for Alice.
    pub(crate) async fn tokens(&self, client_id: &str) -> Answer {
        let code = self.code(client_id, &[]).await;
        let answer = self.redeem(client_id, &code, &[&self.draft().sign()]).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer
    }

    /// A bound access token for Alice.
    pub(crate) async fn token(&self) -> String {
        self.tokens("web").await.member("access_token")
    }

    /// A good proof for a URL of the API, with this token.
    pub(crate) fn proof(&self, url: &str, token: &str) -> Draft<'_> {
        self.prover.draft("GET", url, self.now()).with_token(token)
    }

    /// GETs a path with these headers.
    pub(crate) async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request = headers
            .iter()
            .fold(HttpRequest::get(path), |request, (name, value)| request.header(*name, *value));
        self.app.send(request, "").await
    }

    /// GETs a path with a bound token and its proof.
    pub(crate) async fn present(&self, path: &str, token: &str, proof: &str) -> Answer {
        self.get(path, &[("authorization", &format!("DPoP {token}")), ("dpop", proof)]).await
    }
}

/// Every challenge of an answer.
pub(crate) fn challenges(answer: &Answer) -> Vec<&str> {
    answer.headers.get_all("www-authenticate").iter().map(|value| value.to_str().unwrap()).collect()
}

/// Asserts the one challenge of RFC 9449 §7.1 with an error.
#[track_caller]
pub(crate) fn assert_refused(answer: &Answer, error: &str) {
    let challenges = challenges(answer);
    assert_eq!(answer.status, 401, "{challenges:?}");
    assert_eq!(challenges.len(), 1, "{challenges:?}");
    assert!(challenges[0].starts_with("DPoP "), "{challenges:?}");
    assert!(challenges[0].contains(&format!("error=\"{error}\"")), "{challenges:?}");
    assert!(challenges[0].contains("algs=\"ES256 ES384 PS256 EdDSA Ed25519\""), "{challenges:?}");
}
