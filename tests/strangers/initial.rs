//! Initial access tokens, RFC 7591 §3: who has none causes nothing, and one that is used up was of use.

use std::collections::HashSet;
use std::sync::Mutex;

use oauth_core::http::Fetcher;
use oauth_core::openid::PairwiseKey;
use oauth_core::prelude::*;
use oauth_core::server::{RegistrationConfig, RunningServer, ServerConfig};
use oauth_tests::{Alice, Answer, App};
use serde_json::{Map, Value, json};

use crate::web::Web;

const SECTOR: &str = "https://client.example/clients.json";
const CALLBACK: &str = "https://client.example/cb";

/// Knows tokens that are for one client each, and remembers what it was asked.
#[validator(custom)]
struct Once {
    #[store]
    store: MemoryStore,
    left: Mutex<HashSet<String>>,
    asked: Mutex<Vec<&'static str>>,
}

impl Once {
    fn asked(&self, hook: &'static str) {
        self.asked.lock().unwrap().push(hook);
    }
}

#[validator]
impl Once {
    fn validate_initial_access_token(&self, token: &str, _: &mut Request) -> Result<bool> {
        Ok(self.left.lock().unwrap().contains(token))
    }

    fn claim_initial_access_token(&self, token: &str, _: &mut Request) -> Result<bool> {
        self.asked("claim_initial_access_token");
        Ok(self.left.lock().unwrap().remove(token))
    }

    fn validate_software_statement(&self, _: &str, _: &mut Request) -> Result<Option<Map<String, Value>>> {
        self.asked("validate_software_statement");
        Ok(Some(Map::new()))
    }

    fn allow_fetch(&self, _: &str, _: &mut Request) -> Result<bool> {
        self.asked("allow_fetch");
        Ok(true)
    }

    async fn allow_client(&self, client: &Client, _: &mut Request) -> Result<bool> {
        self.asked("allow_client");
        // Others come in between.
        tokio::task::yield_now().await;
        Ok(client.client_name.as_deref() != Some("Unwanted"))
    }
}

#[token_generator(jwt, issuer = "https://auth.example.com")]
struct Signed {
    #[signing_key]
    keys: KeyRing,
}

/// Registration for those who were given a token, with room for two.
struct Closed {
    once: Once,
    tokens: Signed,
    key: PairwiseKey,
    fetcher: Fetcher,
}

impl AuthorizationServer for Closed {
    type Validator = Once;
    type AccessTokens = Signed;
    type RefreshTokens = Opaque;
    type IdTokens = Signed;
    type Interaction = Alice;
    type Grants = (AuthorizationCode,);
    const ISSUER: Issuer = Issuer::Literal("https://auth.example.com");
    const CONFIG: ServerConfig = ServerConfig::new(&[Scope::new("openid")])
        .registration(RegistrationConfig::OPEN.initial_access_token().most(2));

    fn validator(&self) -> &Once {
        &self.once
    }
    fn access_tokens(&self) -> &Signed {
        &self.tokens
    }
    fn refresh_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn id_tokens(&self) -> &Signed {
        &self.tokens
    }
    fn interaction(&self) -> &Alice {
        &Alice
    }
    fn pairwise_key(&self) -> Option<&PairwiseKey> {
        Some(&self.key)
    }
    fn fetcher(&self) -> Option<&Fetcher> {
        Some(&self.fetcher)
    }
}

struct World {
    app: App,
    web: Web,
    running: RunningServer<Closed>,
}

impl World {
    async fn new() -> Self {
        let web = Web::start().await;
        web.put(SECTOR, &json!([CALLBACK]));
        let left = ["a", "b", "c"].map(str::to_owned).into();
        let server = Closed {
            once: Once { store: MemoryStore::new(), left: Mutex::new(left), asked: Mutex::default() },
            tokens: Signed { keys: KeyRing::from(SigningKey::generate(Algorithm::RS256).unwrap()) },
            key: PairwiseKey::new("a key of thirty-two bytes or more").unwrap(),
            fetcher: web.fetcher(),
        };
        let running = server.start().unwrap();
        Self { app: App::over_router(running.clone().into_router()), web, running }
    }

    fn asked(&self) -> Vec<&'static str> {
        self.running.server().once.asked.lock().unwrap().clone()
    }

    async fn register(&self, token: &str, name: &str, value: Value) -> Answer {
        let mut metadata = json!({
            "redirect_uris": [CALLBACK],
            "token_endpoint_auth_method": "none",
            "subject_type": "pairwise",
            "sector_identifier_uri": SECTOR,
            "software_statement": "statement",
        });
        metadata[name] = value;
        let request = http::Request::post("/register")
            .header("content-type", "application/json")
            .header("authorization", format!("Bearer {token}"));
        self.app.send(request, metadata.to_string()).await
    }
}

#[tokio::test]
async fn who_has_no_initial_access_token_causes_nothing() {
    let world = World::new().await;
    for (name, value) in [("client_name", json!("Client")), ("redirect_uris", json!(7))] {
        let answer = world.register("guessed", name, value).await;
        assert_eq!((answer.status.as_u16(), answer.member("error").as_str()), (401, "invalid_token"));
    }
    assert_eq!((world.asked(), world.web.requests()), (vec![], vec![]));
    assert_eq!(world.register("a", "client_name", json!("Client")).await.status, 201);
    let all = ["validate_software_statement", "allow_client", "allow_fetch", "claim_initial_access_token"];
    assert_eq!((world.asked(), world.web.requests()), (all.to_vec(), vec![SECTOR.to_owned()]));
}

#[tokio::test]
async fn an_initial_access_token_is_used_up_by_a_registration_alone() {
    let world = World::new().await;
    for (name, value) in [
        ("redirect_uris", json!(["javascript:x"])),
        ("redirect_uris", json!(["https://other.example/cb"])),
        ("client_name", json!("Unwanted")),
    ] {
        assert_eq!(world.register("a", name, value.clone()).await.status, 400, "{value}");
    }
    assert_eq!(world.register("a", "client_name", json!("Client")).await.status, 201);
    assert_eq!(world.register("a", "client_name", json!("Client")).await.status, 401, "it is used up");
    assert_eq!(world.register("b", "client_name", json!("Client")).await.status, 201);
    // There is no room for a third.
    assert_eq!(world.register("c", "client_name", json!("Client")).await.status, 503);
    assert!(world.running.server().once.left.lock().unwrap().contains("c"));
}

#[tokio::test]
async fn one_of_several_registrations_by_one_initial_access_token_counts() {
    let world = World::new().await;
    let name = || json!("Client");
    let (one, other) =
        tokio::join!(world.register("a", "client_name", name()), world.register("a", "client_name", name()));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 401]);
    assert_eq!(world.running.server().once.store.usage().clients, 1, "the other is not there");
}
