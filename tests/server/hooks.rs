//! Hooks: `fn` and `async fn` alike, each asked where its name says.

use std::sync::{Arc, Mutex};

use oauth_core::prelude::*;
use oauth_core::store::{Attempt, AuthorizationGrant, CodeRedemption, CodeStore as _, PeekedCode};
use oauth_core::token::TokenResponse;
use oauth_tests::{App, CHALLENGE, TestServer, VERIFIER, basic, clients};

/// Writes down every hook that is asked, in order.
#[validator(custom)]
struct Recorder {
    #[store]
    store: MemoryStore,
    asked: Arc<Mutex<Vec<&'static str>>>,
}

impl Recorder {
    fn asked(&self, hook: &'static str) {
        self.asked.lock().unwrap().push(hook);
    }
}

#[validator]
impl Recorder {
    fn client_authentication_required(&self, client: &Client, _: &Request) -> Result<bool> {
        self.asked("client_authentication_required");
        Ok(!client.is_public())
    }

    async fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()> {
        self.asked("validate_client_id");
        tokio::task::yield_now().await;
        request.claims.insert("aud", client_id)
    }

    fn validate_grant_type(&self, _: &Client, grant_type: &GrantType, _: &mut Request) -> Result<()> {
        self.asked("validate_grant_type");
        if grant_type.as_str() == "client_credentials" {
            return Err(Error::unauthorized_client("not today"));
        }
        Ok(())
    }

    fn validate_response_type(&self, _: &Client, _: ResponseType, _: &Request) -> Result<()> {
        self.asked("validate_response_type");
        Ok(())
    }

    fn is_origin_allowed(&self, _: &Client, origin: &str, _: &Request) -> Result<bool> {
        self.asked("is_origin_allowed");
        Ok(origin == "https://hook.example")
    }

    async fn validate_redirect_uri(&self, _: &Client, redirect_uri: &str, _: &mut Request) -> Result<()> {
        self.asked("validate_redirect_uri");
        if redirect_uri == "https://web.example/cb" { Ok(()) } else { Err(Error::invalid_request("no")) }
    }

    fn validate_scopes(&self, _: &Client, scopes: &ScopeSet, _: &Request) -> Result<()> {
        self.asked("validate_scopes");
        if scopes.contains("admin") { Err(Error::invalid_scope("no")) } else { Ok(()) }
    }

    fn get_default_scopes(&self, _: &Client, _: &ScopeSet, _: &Request) -> Result<ScopeSet> {
        self.asked("get_default_scopes");
        ScopeSet::parse("calendar")
    }

    fn is_within_original_scope(&self, scopes: &ScopeSet, _: &ScopeSet, _: &Request) -> Result<bool> {
        self.asked("is_within_original_scope");
        Ok(scopes.contains("jobs"))
    }

    async fn save_authorization_code(
        &self,
        code: &SecretString,
        grant: AuthorizationGrant,
        _: &Request,
    ) -> Result<()> {
        self.asked("save_authorization_code");
        Ok(self.store.save_code(code.hash(), grant).await?)
    }

    async fn peek_authorization_code(&self, code: &str, request: &Request) -> Result<Option<PeekedCode>> {
        self.asked("peek_authorization_code");
        Ok(self.store.peek_code(&SecretString::new(code).hash(), request.now()).await?)
    }

    async fn redeem_authorization_code(&self, code: &str, request: &Request) -> Result<CodeRedemption> {
        self.asked("redeem_authorization_code");
        let hash = SecretString::new(code).hash();
        Ok(self.store.take_code(&hash, Attempt::random(), request.now()).await?)
    }

    fn rotate_refresh_token(&self, _: &Request) -> Result<bool> {
        self.asked("rotate_refresh_token");
        Ok(false)
    }

    async fn save_bearer_token(&self, token: &TokenResponse, request: &mut Request) -> Result<()> {
        self.asked("save_bearer_token");
        token.keep(self, request).await
    }

    #[claim("tenant", scope = "calendar")]
    async fn tenant(&self, request: &Request) -> Option<String> {
        request.subject.as_ref().map(|subject| format!("tenant-of-{subject}"))
    }

    #[claim("absent")]
    fn absent(&self, _: &Request) -> Option<u8> {
        None
    }

    #[claim("admin_of", scope = "admin")]
    fn admin_of(&self, _: &Request) -> Result<Vec<String>> {
        Err(Error::server("this scope is never granted"))
    }
}

async fn app() -> (App, Arc<Mutex<Vec<&'static str>>>) {
    let store = MemoryStore::default();
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    let asked = Arc::default();
    let server: TestServer<_> = TestServer { validator: Recorder { store, asked: Arc::clone(&asked) } };
    (App::of(server), asked)
}

fn taken(asked: &Mutex<Vec<&'static str>>) -> Vec<&'static str> {
    std::mem::take(&mut *asked.lock().unwrap())
}

#[tokio::test]
async fn each_hook_is_asked_where_its_name_says() {
    let (app, asked) = app().await;
    let params = [
        ("response_type", "code"),
        ("client_id", "web"),
        ("redirect_uri", "https://web.example/cb"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let code = app.authorize(&params).await.params()["code"].clone();
    assert_eq!(
        taken(&asked),
        [
            "validate_client_id",
            "validate_redirect_uri",
            "validate_response_type",
            "get_default_scopes",
            "save_authorization_code"
        ]
    );
    let form = [("grant_type", "authorization_code"), ("code", code.as_str()), ("code_verifier", VERIFIER)];
    let tokens = app.post("/token", &basic("web"), &form).await;
    assert_eq!(
        taken(&asked),
        [
            "validate_client_id",
            "validate_grant_type",
            "peek_authorization_code",
            "redeem_authorization_code",
            "save_bearer_token"
        ]
    );

    let seen =
        app.post("/introspect", &basic("web"), &[("token", &tokens.member("access_token"))]).await.json();
    assert_eq!(seen["aud"], "web", "a dynamic claim arrives");
    assert_eq!(seen["tenant"], "tenant-of-alice", "a declared claim arrives");
    assert!(seen.get("absent").is_none() && seen.get("admin_of").is_none(), "{seen}");
    taken(&asked);

    let refresh = tokens.member("refresh_token");
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str()), ("scope", "jobs")];
    let refreshed = app.post("/token", &basic("web"), &form).await;
    assert_eq!(refreshed.member("scope"), "jobs", "is_within_original_scope said so");
    assert_eq!(refreshed.member("refresh_token"), refresh, "rotate_refresh_token said so");
    assert_eq!(
        taken(&asked),
        [
            "validate_client_id",
            "validate_grant_type",
            "is_within_original_scope",
            "validate_scopes",
            "rotate_refresh_token",
            "save_bearer_token"
        ]
    );
}

#[tokio::test]
async fn declared_claims_are_made_anew_for_each_token() {
    let (app, _) = app().await;
    let params = [
        ("response_type", "code"),
        ("client_id", "web"),
        ("scope", "profile calendar"),
        ("redirect_uri", "https://web.example/cb"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let code = app.authorize(&params).await.params()["code"].clone();
    let form = [("grant_type", "authorization_code"), ("code", code.as_str()), ("code_verifier", VERIFIER)];
    let tokens = app.post("/token", &basic("web"), &form).await;
    let seen = async |token: &str| app.post("/introspect", &basic("web"), &[("token", token)]).await.json();
    assert_eq!(seen(&tokens.member("access_token")).await["tenant"], "tenant-of-alice");

    let refresh = tokens.member("refresh_token");
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str()), ("scope", "profile")];
    let narrowed = app.post("/token", &basic("web"), &form).await.member("access_token");
    let narrowed = seen(&narrowed).await;
    assert_eq!(narrowed["scope"], "profile");
    assert!(narrowed.get("tenant").is_none(), "its scope is gone: {narrowed}");

    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str())];
    let whole = app.post("/token", &basic("web"), &form).await.member("access_token");
    assert_eq!(seen(&whole).await["tenant"], "tenant-of-alice", "and here it is granted again");
}

/// Lets the client `machine` in without its secret.
#[validator(custom)]
struct Lax {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Lax {
    fn client_authentication_required(&self, client: &Client, request: &Request) -> Result<bool> {
        assert!(
            request.grant_type.is_some() || request.param("token").is_some(),
            "the hook knows what is asked for"
        );
        Ok(client.client_id != "machine" && client.client_id != "web")
    }
}

#[tokio::test]
async fn a_client_exempted_from_authentication_gets_what_a_public_one_gets() {
    let store = MemoryStore::default();
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    let server: TestServer<_> = TestServer { validator: Lax { store } };
    let app = App::of(server);
    let form = [("grant_type", "client_credentials"), ("client_id", "machine")];
    app.post("/token", "", &form).await.assert_error(400, "unauthorized_client");
    let form = [("token", "x"), ("client_id", "web")];
    app.post("/introspect", "", &form).await.assert_error(401, "invalid_client");
    assert_eq!(app.post("/revoke", "", &form).await.status, 200);
    let code = app.code("web", "https://web.example/cb").await;
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", "web"),
        ("code", code.as_str()),
        ("code_verifier", VERIFIER),
    ];
    let refresh = app.post("/token", "", &form).await.member("refresh_token");
    let form = [("grant_type", "refresh_token"), ("client_id", "web"), ("refresh_token", refresh.as_str())];
    assert_ne!(
        app.post("/token", "", &form).await.member("refresh_token"),
        refresh,
        "rotation is not optional then"
    );
}

/// Authenticates by a header of the application's own.
#[validator(custom)]
struct ByHeader {
    #[store]
    store: MemoryStore,
}

#[validator]
impl ByHeader {
    async fn authenticate_client(&self, request: &mut Request) -> Result<Arc<Client>> {
        let id = request
            .headers()
            .get("x-client")
            .and_then(|id| id.to_str().ok())
            .ok_or_else(Error::invalid_client)?;
        self.store.client(id).await?.ok_or_else(Error::invalid_client)
    }

    fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()> {
        request.claims.insert("aud", client_id)
    }
}

#[tokio::test]
async fn authentication_of_the_applications_own() {
    let store = MemoryStore::default();
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    let server: TestServer<_> = TestServer { validator: ByHeader { store } };
    let app = App::of(server);
    let send = async |path: &str, client: &str, body: String| {
        let request = http::Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("x-client", client);
        app.send(request, body).await
    };
    send("/token", "nobody", "grant_type=client_credentials".to_owned())
        .await
        .assert_error(401, "invalid_client");
    let token =
        send("/token", "machine", "grant_type=client_credentials".to_owned()).await.member("access_token");
    let seen = send("/introspect", "web", format!("token={token}")).await.json();
    assert_eq!(seen["aud"], "machine", "validate_client_id was asked");
}

#[tokio::test]
async fn a_hook_that_refuses_is_obeyed() {
    let (app, _) = app().await;
    let form = [("grant_type", "client_credentials")];
    let answer = app.post("/token", &basic("machine"), &form).await;
    answer.assert_error(400, "unauthorized_client");
    assert_eq!(answer.member("error_description"), "not today");
    let params = [
        ("response_type", "code"),
        ("client_id", "web"),
        ("scope", "admin"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    app.authorize(&params).await.assert_redirected_error("https://web.example/cb", "invalid_scope");
    let params =
        [("response_type", "code"), ("client_id", "other"), ("redirect_uri", "https://other.example/cb")];
    app.authorize(&params).await.assert_page(400);
}

#[tokio::test]
async fn declared_claims_are_advertised() {
    let (app, _) = app().await;
    let document = app.get("/.well-known/oauth-authorization-server").await.json();
    assert_eq!(document["claims_supported"], serde_json::json!(["tenant", "absent", "admin_of"]));
}
