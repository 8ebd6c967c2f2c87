//! Identity assertion authorization grants, both sides: an identity provider vouches for its people at another authorization server.

use oauth_core::clock::Clock;
use oauth_core::grant::token_exchange::{ExchangeApproval, TokenExchangePolicy, TokenExchangeRequest};
use oauth_core::jose::{JwtType, KeySet};
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use oauth_core::time::UnixTime;
use oauth_tests::{Alice, Answer, App, SignNow as _, basic, secret};
use serde_json::{Value, json};

const PROVIDER: &str = "https://idp.example";
const CHAT: &str = "https://chat.example";
const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const ID_TOKEN: &str = "urn:ietf:params:oauth:token-type:id_token";
const ID_JAG: &str = "urn:ietf:params:oauth:token-type:id-jag";

#[validator]
struct People {
    #[store]
    store: MemoryStore,
}

/// Employees may use the chat, by the wiki's client there.
impl TokenExchangePolicy for People {
    async fn may_exchange(&self, exchange: &TokenExchangeRequest, _: &Request) -> Result<ExchangeApproval> {
        if exchange.is_identity_assertion && exchange.requester.client_id == "web" {
            return Ok(ExchangeApproval::impersonation().known_there_as("wiki"));
        }
        if exchange.targets() == ["api"] {
            return Ok(ExchangeApproval::delegation());
        }
        Err(ErrorCode::InvalidTarget.into())
    }
}

#[authorization_server(
    grants(authorization_code, token_exchange),
    scopes("openid", "profile"),
    issuer = "https://idp.example"
)]
struct IdentityProvider {
    #[validator]
    people: People,
    #[id_token]
    keys: SigningKey,
    #[interaction]
    alice: Alice,
}

#[validator(custom)]
struct Chatters {
    #[store]
    store: MemoryStore,
    provider: KeySet,
}

#[validator]
impl Chatters {
    fn validate_jwt_bearer_token(
        &self,
        assertion: &UnverifiedAssertion<'_>,
        _: &mut Request,
    ) -> Result<AcceptedAssertion> {
        if !assertion.is_identity_assertion() || assertion.issuer() != Some(PROVIDER) {
            return Err(Error::invalid_grant("the issuer is not trusted"));
        }
        let assertion = assertion.verify(&self.provider)?;
        let subject = format!("idp:{}", assertion.subject);
        Ok(assertion.for_subject(subject))
    }
}

#[authorization_server(grants(jwt_bearer), scopes("rooms"), issuer = "https://chat.example")]
struct Chat {
    #[validator]
    chatters: Chatters,
}

struct World {
    provider: App,
    chat: App,
    key: SigningKey,
    clock: Clock,
}

impl World {
    async fn new() -> Self {
        let (clock, key) = (Clock::manual(), SigningKey::generate(Algorithm::RS256).unwrap());
        let environment = || clock.clone();
        let (people, secret) = (MemoryStore::new(), ClientSecret::new(secret()).unwrap());
        let web = Client::confidential("web", &secret)
            .redirect_uri("https://web.example/cb")
            .grant_type(GrantType::AUTHORIZATION_CODE)
            .grant_type(GrantType::TOKEN_EXCHANGE)
            .scope("openid profile");
        people.save_client(web.build().unwrap()).await.unwrap();
        let provider = IdentityProvider { people: People { store: people }, keys: key.clone(), alice: Alice };
        let provider = App::in_environment(provider, Environment::new().clock(environment()));
        let store = MemoryStore::new();
        for id in ["wiki", "other"] {
            let client = Client::confidential(id, &secret).grant_type(GrantType::JWT_BEARER).scope("rooms");
            store.save_client(client.build().unwrap()).await.unwrap();
        }
        let chatters = Chatters { store, provider: [key.clone().into()].into_iter().collect() };
        let chat = App::in_environment(Chat { chatters }, Environment::new().clock(environment()));
        Self { provider, chat, key, clock }
    }

    async fn tokens(&self) -> Answer {
        let params = [
            ("response_type", "code"),
            ("client_id", "web"),
            ("redirect_uri", "https://web.example/cb"),
            ("scope", "openid profile"),
            ("code_challenge", oauth_tests::CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        let code = self.provider.authorize(&params).await.params()["code"].clone();
        self.provider.redeem(&code).await
    }

    async fn id_token(&self) -> String {
        self.tokens().await.member("id_token")
    }

    async fn exchange(&self, id_token: &str, audience: &str) -> Answer {
        let form = [
            ("grant_type", EXCHANGE),
            ("requested_token_type", ID_JAG),
            ("subject_token", id_token),
            ("subject_token_type", ID_TOKEN),
            ("audience", audience),
        ];
        self.provider.post("/token", &basic("web"), &form).await
    }

    async fn redeem(&self, client: &str, assertion: &str) -> Answer {
        self.chat.post("/token", &basic(client), &[("grant_type", BEARER), ("assertion", assertion)]).await
    }

    fn claims(&self) -> Value {
        let now = self.clock.now().as_secs();
        json!({
            "iss": PROVIDER, "sub": "alice", "aud": CHAT, "client_id": "wiki",
            "jti": "1", "iat": now, "exp": now + 60,
        })
    }

    async fn forged(&self, name: &str, value: Value) -> Answer {
        let mut claims = self.claims();
        claims[name] = value;
        self.redeem("wiki", &self.key.jwt(JwtType::IdJag, &claims)).await
    }
}

#[tokio::test]
async fn a_login_at_the_provider_is_worth_a_token_at_the_chat() {
    let world = World::new().await;
    let issued = world.exchange(&world.id_token().await, CHAT).await;
    let told = issued.json();
    assert_eq!(
        (&told["issued_token_type"], &told["token_type"]),
        (&json!(ID_JAG), &json!("N_A")),
        "{issued:?}"
    );
    let assertion = issued.member("access_token");
    let answer = world.redeem("wiki", &assertion).await;
    assert_eq!(answer.json()["scope"], "rooms", "{answer:?}");
    assert_eq!(answer.json().get("refresh_token"), None);
    // It comes back with the same one, for as long as that lasts.
    assert_eq!(world.redeem("wiki", &assertion).await.status, 200);
    world.clock.advance(std::time::Duration::from_mins(7));
    world.redeem("wiki", &assertion).await.assert_error(400, "invalid_grant");
}

#[tokio::test]
async fn it_is_for_one_client_one_server_and_one_kind() {
    let world = World::new().await;
    let assertion = world.exchange(&world.id_token().await, CHAT).await.member("access_token");
    world.redeem("other", &assertion).await.assert_error(400, "invalid_grant");
    // An ID token, or an assertion of another kind, says nothing of a client here.
    world.redeem("wiki", &world.id_token().await).await.assert_error(400, "invalid_grant");
    world
        .redeem("wiki", &world.key.jwt(JwtType::Jwt, &world.claims()))
        .await
        .assert_error(400, "invalid_grant");
    for (name, value) in [
        ("aud", json!("https://elsewhere.example")),
        ("aud", json!([CHAT, "https://elsewhere.example"])),
        ("aud", json!(format!("{CHAT}/token"))),
        ("client_id", json!("other")),
        ("client_id", Value::Null),
        ("iss", json!("https://evil.example")),
        ("jti", Value::Null),
        ("iat", Value::Null),
        // Bound to a key that the request does not prove.
        ("cnf", json!({ "jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" })),
        ("cnf", json!("a key")),
        ("exp", json!(UnixTime::from_secs(1))),
    ] {
        world.forged(name, value).await.assert_error(400, "invalid_grant");
    }
    assert_eq!(world.forged("jti", json!("2")).await.status, 200);
}

#[tokio::test]
async fn it_is_worth_no_more_than_it_says() {
    let world = World::new().await;
    world.forged("scope", json!("doors")).await.assert_error(400, "invalid_scope");
    assert_eq!(world.forged("scope", json!("rooms doors")).await.json()["scope"], "rooms");
    // What it is made from is a login, which ends.
    let id_token = world.id_token().await;
    world.clock.advance(std::time::Duration::from_mins(8));
    let left = world.exchange(&id_token, CHAT).await.json()["expires_in"].as_u64().unwrap();
    assert!(left <= 120, "{left}");
}

/// Whoever got an access token to serve with it would pass for the person elsewhere.
#[tokio::test]
async fn attack_a_resource_server_makes_an_assertion_of_an_access_token() {
    let world = World::new().await;
    let token = world.tokens().await.member("access_token");
    let form = [
        ("grant_type", EXCHANGE),
        ("requested_token_type", ID_JAG),
        ("subject_token", token.as_str()),
        ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
        ("audience", CHAT),
    ];
    world.provider.post("/token", &basic("web"), &form).await.assert_error(400, "invalid_request");
}

#[tokio::test]
async fn the_provider_vouches_where_its_policy_says_and_not_to_itself() {
    let world = World::new().await;
    let id_token = world.id_token().await;
    world.exchange(&id_token, PROVIDER).await.assert_error(400, "invalid_target");
    world.exchange(&id_token, "chat").await.assert_error(400, "invalid_target");
    world.exchange("garbage", CHAT).await.assert_error(400, "invalid_request");
    // An ID token is exchanged for an assertion, and for no access token.
    let form = [
        ("grant_type", EXCHANGE),
        ("subject_token", id_token.as_str()),
        ("subject_token_type", ID_TOKEN),
        ("audience", CHAT),
    ];
    world.provider.post("/token", &basic("web"), &form).await.assert_error(400, "invalid_request");
    world.clock.advance(std::time::Duration::from_mins(11));
    world.exchange(&id_token, CHAT).await.assert_error(400, "invalid_request");
}

#[tokio::test]
async fn metadata_says_what_is_issued_and_what_is_taken() {
    let world = World::new().await;
    let at = "/.well-known/oauth-authorization-server";
    let (provider, chat) = (world.provider.get(at).await.json(), world.chat.get(at).await.json());
    assert_eq!(provider["identity_chaining_requested_token_types_supported"], json!([ID_JAG]));
    assert_eq!(
        chat["authorization_grant_profiles_supported"],
        json!(["urn:ietf:params:oauth:grant-profile:id-jag"])
    );
}

/// Nobody logged in at the client that exchanges a token.
#[tokio::test]
async fn an_exchange_yields_no_id_token() {
    let world = World::new().await;
    let token = world.tokens().await.member("access_token");
    let form = [
        ("grant_type", EXCHANGE),
        ("subject_token", token.as_str()),
        ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
        ("audience", "api"),
    ];
    let told = world.provider.post("/token", &basic("web"), &form).await.json();
    assert_eq!((told.get("id_token"), &told["scope"]), (None, &json!("profile")), "{told}");
}
