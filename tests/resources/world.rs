//! A server of an API that is a type beside it, of one that is a URI with scopes, and of one where every scope is known.

use std::sync::OnceLock;

use oauth_core::grant::UserCode;
use oauth_core::grant::token_exchange::{ExchangeApproval, TokenExchangePolicy, TokenExchangeRequest};
use oauth_core::http::Response;
use oauth_core::interaction::{Context, Decision, DeviceInteraction, Interaction};
use oauth_core::prelude::*;
use oauth_core::server::RunningServer;
use oauth_core::store::{DeviceDecision, DeviceStore as _};
use oauth_core::time::UnixTime;
use oauth_tests::{Answer, App, CHALLENGE, VERIFIER, basic, secret};
use serde_json::Value;

pub(crate) const CALENDAR: &str = "https://api.example.com/calendar";
pub(crate) const MAIL: &str = "https://api.example.com/mail";
pub(crate) const MCP: &str = "https://mcp.example.com";

#[scope("calendar.read")]
pub(crate) struct CalendarRead;

#[resource_server(
    issuer = "https://auth.example.com",
    audience = "https://api.example.com/calendar",
    jwks,
    scopes(CalendarRead)
)]
pub(crate) struct CalendarApi;

/// Asks hooks of a test's own.
#[validator(custom)]
pub(crate) struct Accounts {
    #[store]
    pub store: MemoryStore,
    pub hooks: Hooks,
}

/// The answers of hooks.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hooks {
    pub picks: Option<&'static [&'static str]>,
    pub audience: Option<&'static str>,
}

#[validator]
impl Accounts {
    fn get_token_resources(&self, resources: &[String], _request: &mut Request) -> Result<Vec<String>> {
        match self.hooks.picks {
            Some(picks) => Ok(picks.iter().copied().map(str::to_owned).collect()),
            None => {
                Err(Error::new(ErrorCode::InvalidTarget)
                    .describe(format!("{} are too many", resources.len())))
            }
        }
    }

    fn pre_token(&self, request: &mut Request) -> Result<()> {
        request.claims.insert("aud", self.hooks.audience)
    }
}

/// Everybody may exchange everything: what resources say counts all the same.
impl TokenExchangePolicy for Accounts {
    async fn may_exchange(&self, _: &TokenExchangeRequest, _: &Request) -> Result<ExchangeApproval> {
        Ok(ExchangeApproval::impersonation())
    }
}

/// For all that name no resource: it is one of the resources, too, which no token may profit from.
#[token_generator(jwt, issuer = "https://auth.example.com", audience = "https://mcp.example.com")]
pub(crate) struct Tokens {
    #[signing_key]
    key: SigningKey,
}

#[authorization_server(
    grants(authorization_code, refresh_token, client_credentials, device_code, token_exchange),
    scopes("openid", "profile", CalendarRead, "mail.read"),
    resources(CalendarApi, "https://api.example.com/mail"(scopes("mail.read")), "https://mcp.example.com")
)]
pub(crate) struct Server {
    #[validator]
    pub accounts: Accounts,
    #[access_token]
    tokens: Tokens,
    #[interaction]
    alice: Alice,
}

/// She agrees to everything.
pub(crate) struct Alice;

impl<V: Sync> Interaction<V> for Alice {
    async fn decide(&self, _: &Context<'_, V>, _: &AuthorizationRequest, _: &Request) -> Result<Decision> {
        Ok(Decision::approve("alice"))
    }
}

impl<V: Sync> DeviceInteraction<V> for Alice {
    const VERIFICATION_PATH: &'static str = "/device";
    const PAGES: &'static [&'static str] = &[];

    async fn device_page(
        &self,
        _: &Context<'_, V>,
        _: &str,
        _: &http::Request<bytes::Bytes>,
    ) -> Result<Response> {
        Ok(Response::default())
    }
}

fn key() -> SigningKey {
    static KEY: OnceLock<SigningKey> = OnceLock::new();
    KEY.get_or_init(|| SigningKey::generate(Algorithm::RS256).unwrap()).clone()
}

pub(crate) const SCOPE: &str = "openid profile calendar.read mail.read";

/// `web` may ask for every resource, `mailer` for mail.
fn clients() -> [Client; 2] {
    let secret = ClientSecret::new(secret()).unwrap();
    let client = |name: &str| {
        Client::confidential(name, &secret)
            .redirect_uri(format!("https://{name}.example/cb"))
            .grant_type(GrantType::AUTHORIZATION_CODE)
            .grant_type(GrantType::REFRESH_TOKEN)
            .grant_type(GrantType::CLIENT_CREDENTIALS)
            .grant_type(GrantType::DEVICE_CODE)
            .grant_type(GrantType::TOKEN_EXCHANGE)
            .scope(SCOPE)
            .danger_introspects_all()
    };
    [client("web"), client("mailer").resource("https://API.example.com/mail")]
        .map(|client| client.build().unwrap())
}

pub(crate) struct World {
    pub app: App,
    pub store: MemoryStore,
    pub running: RunningServer<Server>,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(Hooks::default()).await
    }

    pub(crate) async fn with(hooks: Hooks) -> Self {
        let store = MemoryStore::new();
        Self::over(store, hooks).await
    }

    pub(crate) async fn over(store: MemoryStore, hooks: Hooks) -> Self {
        for client in clients() {
            store.save_client(client).await.unwrap();
        }
        let accounts = Accounts { store: store.clone(), hooks };
        let server = Server { accounts, tokens: Tokens { key: key() }, alice: Alice };
        let running = server.start().unwrap();
        Self { app: App::over_router(running.clone().into_router()), store, running }
    }

    /// An authorization request of a client for these resources.
    pub(crate) async fn authorize(&self, client_id: &str, resources: &[&str]) -> Answer {
        let redirect_uri = format!("https://{client_id}.example/cb");
        let mut params = vec![
            ("response_type", "code"),
            ("client_id", client_id),
            ("redirect_uri", &redirect_uri),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
            ("scope", SCOPE),
        ];
        params.extend(resources.iter().map(|resource| ("resource", *resource)));
        self.app.authorize(&params).await
    }

    /// A code of `web` for these resources.
    pub(crate) async fn code(&self, resources: &[&str]) -> String {
        self.authorize("web", resources).await.params()["code"].clone()
    }

    async fn token(&self, grant: &[(&str, &str)], resources: &[&str]) -> Answer {
        let mut form = grant.to_vec();
        form.extend(resources.iter().map(|resource| ("resource", *resource)));
        self.app.post("/token", &basic("web"), &form).await
    }

    pub(crate) async fn redeem(&self, code: &str, resources: &[&str]) -> Answer {
        let grant = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", "https://web.example/cb"),
            ("code_verifier", VERIFIER),
        ];
        self.token(&grant, resources).await
    }

    pub(crate) async fn refresh(&self, refresh_token: &str, resources: &[&str]) -> Answer {
        self.token(&[("grant_type", "refresh_token"), ("refresh_token", refresh_token)], resources).await
    }

    pub(crate) async fn machine(&self, resources: &[&str]) -> Answer {
        self.token(&[("grant_type", "client_credentials"), ("scope", "calendar.read mail.read")], resources)
            .await
    }

    pub(crate) async fn begin_device(&self, resources: &[&str]) -> Answer {
        let mut form = vec![("scope", "calendar.read mail.read")];
        form.extend(resources.iter().map(|resource| ("resource", *resource)));
        self.app.post("/device_authorization", &basic("web"), &form).await
    }

    pub(crate) async fn approve_device(&self, begun: &Answer) {
        let code = UserCode::parse(&begun.member("user_code")).unwrap().hash();
        let now = UnixTime::now();
        let asked = self.store.device_authorization(&code, now).await.unwrap().unwrap();
        let approval = DeviceDecision::approve("alice", now, asked.scopes);
        assert!(self.store.decide_device_code(&code, approval, now).await.unwrap());
    }

    pub(crate) async fn poll(&self, device_code: &str, resources: &[&str]) -> Answer {
        let grant = "urn:ietf:params:oauth:grant-type:device_code";
        self.token(&[("grant_type", grant), ("device_code", device_code)], resources).await
    }

    /// Exchanges an access token, as this client.
    pub(crate) async fn exchange(&self, client_id: &str, token: &str, targets: &[(&str, &str)]) -> Answer {
        let mut form = vec![
            ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
            ("subject_token", token),
            ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
        ];
        form.extend_from_slice(targets);
        self.app.post("/token", &basic(client_id), &form).await
    }

    pub(crate) async fn introspect(&self, token: &str) -> Value {
        self.app.post("/introspect", &basic("web"), &[("token", token)]).await.json()
    }

    /// Takes a resource away from `web`, and leaves it the others.
    pub(crate) async fn leave_web(&self, resource: &str) {
        let [web, _] = clients();
        let mut web = web;
        web.resources = vec![resource.to_owned()];
        self.store.save_client(web).await.unwrap();
    }

    /// Asserts whom the access token of a response is for and which scopes it has, wherever that is told.
    #[track_caller]
    pub(crate) fn assert_is_for(
        &self,
        answer: &Answer,
        audience: &Value,
        scope: &str,
    ) -> impl Future<Output = ()> {
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.json()["scope"], scope, "{}", answer.text());
        let token = answer.member("access_token");
        let claims = claims(&token);
        assert_eq!((&claims["aud"], claims["scope"].as_str()), (audience, Some(scope)), "{claims}");
        let audience = audience.clone();
        async move {
            let told = self.introspect(&token).await;
            assert_eq!((&told["active"], &told["aud"]), (&true.into(), &audience), "{told}");
        }
    }
}

/// The claims of a JWT, whoever signed it.
pub(crate) fn claims(token: &str) -> Value {
    use base64::Engine as _;
    let payload = token.split('.').nth(1).unwrap();
    let payload = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(payload).unwrap();
    serde_json::from_slice(&payload).unwrap()
}
