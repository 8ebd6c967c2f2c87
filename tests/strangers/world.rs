//! A server that takes clients which come by themselves, and the steps of their logins.

use oauth_core::clock::Clock;
use oauth_core::http::Fetcher;
use oauth_core::prelude::*;
use oauth_core::server::{Environment, ServerConfig};
use oauth_core::time::UnixTime;
use oauth_tests::{Accounts, Alice, Answer, App, CHALLENGE, ISSUER, VERIFIER};
use serde_json::{Value, json};

use crate::web::Web;

/// A server by hand.
pub(crate) struct Server {
    pub(crate) accounts: Accounts<MemoryStore>,
    pub(crate) fetcher: Fetcher,
}

impl AuthorizationServer for Server {
    type Validator = Accounts<MemoryStore>;
    type AccessTokens = Opaque;
    type RefreshTokens = Opaque;
    type IdTokens = NoIdTokens;
    type Interaction = Alice;
    type Grants = (AuthorizationCode, RefreshToken, ClientCredentials);
    const ISSUER: Issuer = Issuer::Literal(ISSUER);
    const CONFIG: ServerConfig = ServerConfig::new(&[
        Scope::described("profile", "See your name"),
        Scope::new("calendar"),
        Scope::new("admin"),
    ])
    .client_id_metadata_documents()
    .unverified_scopes(&["profile", "calendar"]);

    fn validator(&self) -> &Self::Validator {
        &self.accounts
    }
    fn access_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn refresh_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn id_tokens(&self) -> &NoIdTokens {
        &NoIdTokens
    }
    fn interaction(&self) -> &Alice {
        &Alice
    }
    fn fetcher(&self) -> Option<&Fetcher> {
        Some(&self.fetcher)
    }
}

/// A server, the web around it, and its clock.
pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) web: Web,
    pub(crate) clock: Clock,
    pub(crate) store: MemoryStore,
}

/// The client of the tests.
pub(crate) const CLIENT: &str = "https://client.example/oauth/client.json";
pub(crate) const CALLBACK: &str = "https://client.example/callback";

/// A document that is right.
pub(crate) fn document() -> Value {
    json!({
        "client_id": CLIENT,
        "client_name": "Client",
        "redirect_uris": [CALLBACK],
        "grant_types": ["authorization_code", "refresh_token"]
    })
}

impl World {
    pub(crate) async fn new() -> Self {
        let web = Web::start().await;
        let (store, clock) = (MemoryStore::new(), Clock::manual());
        let server = Server { accounts: Accounts(store.clone()), fetcher: web.fetcher() };
        let app = App::in_environment(server, Environment::new().clock(clock.clone()));
        Self { app, web, clock, store }
    }

    /// A world whose client has this document.
    pub(crate) async fn with(document: &Value) -> Self {
        let world = Self::new().await;
        world.web.put(CLIENT, document);
        world
    }

    pub(crate) async fn authorize(&self, client_id: &str, redirect_uri: &str) -> Answer {
        self.app
            .authorize(&[
                ("response_type", "code"),
                ("client_id", client_id),
                ("redirect_uri", redirect_uri),
                ("code_challenge", CHALLENGE),
                ("code_challenge_method", "S256"),
                ("state", "abc"),
            ])
            .await
    }

    /// Tells whether the client may begin.
    pub(crate) async fn is_known(&self) -> bool {
        self.authorize(CLIENT, CALLBACK).await.headers.contains_key("location")
    }

    /// Logs in as a public client does, and gives the answer of the token endpoint.
    pub(crate) async fn log_in(&self, client_id: &str, redirect_uri: &str) -> Answer {
        self.log_in_with(client_id, redirect_uri, &[("client_id", client_id)]).await
    }

    pub(crate) async fn log_in_with(
        &self,
        client_id: &str,
        redirect_uri: &str,
        credentials: &[(&str, &str)],
    ) -> Answer {
        let authorized = self.authorize(client_id, redirect_uri).await;
        assert!(authorized.headers.contains_key("location"), "{}", authorized.text());
        let location = authorized.location().to_string();
        assert!(location.starts_with(redirect_uri), "{location}");
        let params = authorized.params();
        assert_eq!((params["iss"].as_str(), params["state"].as_str()), (ISSUER, "abc"));
        let code = params["code"].clone();
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", redirect_uri),
            ("code_verifier", VERIFIER),
        ];
        form.extend(credentials);
        self.app.post("/token", "", &form).await
    }

    pub(crate) async fn metadata(&self) -> Value {
        self.app.get("/.well-known/oauth-authorization-server").await.json()
    }
}

/// What a client asserts of itself.
pub(crate) fn assertion(key: &SigningKey, client_id: &str, aud: &str, now: UnixTime) -> String {
    use oauth_core::jose::JwtType;
    use oauth_tests::SignNow as _;
    let now = now.as_secs();
    key.jwt(
        JwtType::Jwt,
        &json!({
            "iss": client_id,
            "sub": client_id,
            "aud": aud,
            "jti": SecretString::random().expose(),
            "iat": now,
            "exp": now + 60,
        }),
    )
}

pub(crate) const ASSERTION: (&str, &str) =
    ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");

pub(crate) fn jwks(keys: &[&SigningKey]) -> Value {
    let keys: Vec<_> = keys.iter().filter_map(|key| key.public_jwk()).collect();
    json!({ "keys": keys })
}
