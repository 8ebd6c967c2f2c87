//! An OpenID provider with signed access tokens, pairwise identifiers and declared claims, written with the macros.

use std::sync::{Arc, LazyLock, Mutex};

use axum::routing::get;
use axum::{Json, Router};
use http::{Request as HttpRequest, StatusCode, header};
use oauth_core::openid::{PairwiseKey, SubjectType};
use oauth_core::prelude::*;
use oauth_tests::{Answer, App, CHALLENGE, Jwt, Person, ReadJwt as _, VERIFIER, basic, secret};
use serde_json::{Map, Value, json};

pub(crate) const ISSUER: &str = "https://op.example/tenant";

#[validator(custom)]
pub(crate) struct Accounts {
    #[store]
    store: MemoryStore,
    /// The identifier that the hook took the person for.
    known_to_post_token: Arc<Mutex<Option<String>>>,
}

#[validator]
impl Accounts {
    #[claim("tenant", scope = "profile", to(id_token, userinfo, access_token))]
    fn tenant(&self, _request: &Request) -> &'static str {
        "acme"
    }

    #[claim("seen", to(userinfo))]
    async fn seen(&self, request: &Request) -> Option<String> {
        request.subject.as_ref().map(|subject| format!("as {subject}"))
    }

    /// The identifier that hooks take the person for.
    #[claim("known_as", scope = "admin", to(access_token, id_token, userinfo))]
    fn known_as(&self, request: &Request) -> Option<String> {
        request.subject_identifier().map(str::to_owned)
    }

    async fn post_token(&self, request: &Request) -> Result<()> {
        *self.known_to_post_token.lock().unwrap() = request.subject_identifier().map(str::to_owned);
        Ok(())
    }

    #[claim("roles", scope = "admin", to(id_token, userinfo))]
    fn roles(&self, _request: &Request) -> [&'static str; 1] {
        ["operator"]
    }

    /// A struct of claims, each of which can be asked for by its name.
    #[claims(scope = "admin", to(id_token, userinfo))]
    async fn membership(&self, request: &Request) -> Result<Membership> {
        let known = request.subject.as_ref().ok_or_else(|| Error::server("nobody"))?;
        Ok(Membership { level: u8::from(known == "alice"), expires: None, since: 2020 })
    }

    /// A claim that does not say where it goes.
    #[claim("internal")]
    fn internal(&self, _request: &Request) -> u8 {
        7
    }
}

#[derive(Claims)]
struct Membership {
    level: u8,
    expires: Option<u64>,
    #[claim("https://op.example/since")]
    since: u64,
}

#[token_generator(jwt, issuer = "https://op.example/tenant")]
pub(crate) struct Tokens {
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(
    grants(authorization_code, refresh_token, client_credentials),
    scopes("openid", "profile", "email", "address", "phone", "admin", "offline_access")
)]
pub(crate) struct Op {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: Tokens,
    #[pairwise_key]
    pairwise_key: PairwiseKey,
    #[interaction]
    person: Person,
}

/// Nobody keeps users.
#[validator]
struct NoUsers {
    #[clients]
    #[tokens]
    #[codes]
    store: MemoryStore,
}

#[authorization_server(
    grants(authorization_code),
    scopes("openid", "profile"),
    issuer = "https://op.example/tenant"
)]
struct Stranger {
    #[validator]
    accounts: NoUsers,
    #[id_token]
    keys: KeyRing,
    #[interaction]
    person: Person,
}

async fn beside_the_server(token: Bearer<()>) -> Json<Value> {
    assert_eq!(token.claims()["sub"], token.subject().unwrap());
    Json(json!({ "sub": token.subject(), "internal": token.internal_subject() }))
}

/// A provider, and what stands behind it.
pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) store: MemoryStore,
    pub(crate) keys: KeyRing,
    pub(crate) known_to_post_token: Arc<Mutex<Option<String>>>,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with_key("a key of thirty-two bytes or more").await
    }

    pub(crate) async fn with_key(pairwise_key: &str) -> Self {
        static KEYS: LazyLock<KeyRing> =
            LazyLock::new(|| KeyRing::new(SigningKey::generate(Algorithm::RS256).unwrap()));
        let store = MemoryStore::new();
        for client in clients() {
            store.save_client(client).await.unwrap();
        }
        let mut alice = User::new("alice", "alice@login");
        alice.claims = person();
        store.save_user(alice).await.unwrap();
        let known_to_post_token = Arc::default();
        let server = Op {
            accounts: Accounts {
                store: store.clone(),
                known_to_post_token: Arc::clone(&known_to_post_token),
            },
            tokens: Tokens { keys: KEYS.clone() },
            pairwise_key: PairwiseKey::new(pairwise_key).unwrap(),
            person: Person,
        };
        let service = server.into_service().unwrap();
        let beside = service.protected_resource(ResourceConfig::new()).unwrap();
        let routes = Router::new().route("/beside", get(beside_the_server)).with_state(beside);
        let app = App::over_router(routes.fallback_service(service));
        Self { app, store, keys: KEYS.clone(), known_to_post_token }
    }

    /// A provider that has no users of its own, over the same store.
    pub(crate) fn without_users(&self) -> Self {
        let accounts = NoUsers { store: self.store.clone() };
        let app = App::of(Stranger { accounts, keys: self.keys.clone(), person: Person });
        Self { app, store: self.store.clone(), keys: self.keys.clone(), known_to_post_token: Arc::default() }
    }

    /// The token response of the code flow.
    pub(crate) async fn tokens(&self, client_id: &str, scope: &str, more: &[(&str, &str)]) -> Answer {
        self.tokens_as(&[], client_id, scope, more).await
    }

    /// Likewise, from the [`Person`] that the headers describe.
    pub(crate) async fn tokens_as(
        &self,
        headers: &[(&str, &str)],
        client_id: &str,
        scope: &str,
        more: &[(&str, &str)],
    ) -> Answer {
        let redirect_uri = redirect_uri(client_id);
        let params = [
            ("response_type", "code"),
            ("client_id", client_id),
            ("redirect_uri", redirect_uri.as_str()),
            ("scope", scope),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        let query =
            form_urlencoded::Serializer::new(String::new()).extend_pairs(params).extend_pairs(more).finish();
        let request = HttpRequest::get(format!("/tenant/authorize?{query}"));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let code = self.app.send(request, "").await.params()["code"].clone();
        let form = [
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", &redirect_uri),
            ("code_verifier", VERIFIER),
        ];
        let tokens = self.app.post("/tenant/token", &basic(client_id), &form).await;
        assert_eq!(tokens.status, StatusCode::OK, "{}", tokens.text());
        tokens
    }

    /// GETs the userinfo of a token.
    pub(crate) async fn userinfo(&self, access_token: &str) -> Answer {
        let request = HttpRequest::get("/tenant/userinfo")
            .header(header::AUTHORIZATION, format!("Bearer {access_token}"));
        self.app.send(request, "").await
    }

    /// The identifier that a resource beside the server takes the person for.
    pub(crate) async fn beside(&self, access_token: &str) -> Value {
        let request =
            HttpRequest::get("/beside").header(header::AUTHORIZATION, format!("Bearer {access_token}"));
        self.app.send(request, "").await.json()
    }

    pub(crate) fn verify(&self, token: &str) -> Jwt {
        self.keys.verify(token).unwrap()
    }
}

pub(crate) fn redirect_uri(client_id: &str) -> String {
    match client_id {
        "pair-a2" => "https://pair-a.example/second/cb".to_owned(),
        "sector" => "https://one.example/cb".to_owned(),
        client_id => format!("https://{client_id}.example/cb"),
    }
}

fn clients() -> Vec<Client> {
    let secret = ClientSecret::new(secret()).unwrap();
    let client = |client_id: &str| {
        Client::confidential(client_id, &secret)
            .redirect_uri(redirect_uri(client_id))
            .scope("openid profile email address phone admin offline_access")
    };
    let pairwise = |client_id: &str| client(client_id).subject_type(SubjectType::Pairwise);
    [
        client("web").origin("https://web.example"),
        client("other").origin("https://other.example"),
        client("signed").userinfo_signed_response_alg(Algorithm::RS256),
        client("unsignable").userinfo_signed_response_alg(Algorithm::ES384),
        client("modest").scope("openid profile"),
        Client::resource_server("api", &secret, ISSUER),
        pairwise("pair-a"),
        pairwise("pair-a2"),
        pairwise("pair-b"),
        pairwise("sector")
            .redirect_uri("https://two.example/cb")
            .sector_identifier_uri("https://pair-b.example/uris.json"),
    ]
    .map(|client| client.build().unwrap())
    .into()
}

/// The facts known of Alice.
pub(crate) fn person() -> Map<String, Value> {
    let claims = json!({
        "name": "Alice Liddell",
        "nickname": "",
        "birthdate": null,
        "locale": "en-GB",
        "email": "alice@example.com",
        "email_verified": true,
        "phone_number": "+44 20 7946 0000",
        "address": { "locality": "Oxford" },
        "shoe_size": 36,
    });
    claims.as_object().unwrap().clone()
}
