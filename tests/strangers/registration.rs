//! Dynamic registration, RFC 7591: what strangers get, and what they do not.

use std::time::Duration;

use http::{Method, Request as HttpRequest};
use oauth_core::clock::Clock;
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use oauth_tests::{Alice, Answer, App, CHALLENGE, ISSUER, VERIFIER};
use serde_json::{Map, Value, json};

#[validator(custom)]
pub(crate) struct Members {
    #[store]
    pub(crate) store: MemoryStore,
}

#[validator]
impl Members {
    async fn validate_initial_access_token(&self, token: &str, _request: &mut Request) -> Result<bool> {
        Ok(token == "initial")
    }

    async fn validate_software_statement(
        &self,
        statement: &str,
        _request: &mut Request,
    ) -> Result<Option<Map<String, Value>>> {
        match statement {
            "trusted" => Ok(json!({ "client_name": "Vouched for", "software_id": "4" }).as_object().cloned()),
            "forged" => Err(ErrorCode::InvalidSoftwareStatement.into()),
            _ => Ok(None),
        }
    }

    async fn allow_client(&self, client: &Client, _request: &mut Request) -> Result<bool> {
        Ok(client.client_name.as_deref() != Some("Unwanted"))
    }
}

/// Open registration, for anybody.
#[authorization_server(
    grants(authorization_code, refresh_token, client_credentials),
    scopes("profile" = "See your name", "calendar", "admin"),
    issuer = "https://auth.example.com",
    client_id_metadata_documents,
    registration,
    unverified_scopes("profile", "calendar"),
    shared_validator
)]
pub(crate) struct Open {
    #[validator]
    pub(crate) members: Members,
    #[interaction]
    pub(crate) alice: Alice,
}

/// Registration for those who were given a token.
#[authorization_server(
    grants(authorization_code, refresh_token, client_credentials),
    scopes("profile", "jobs"),
    issuer = "https://auth.example.com",
    registration(
        initial_access_token,
        path = "/connect/register",
        unused_lifetime = "1h",
        idle_lifetime = "30d"
    )
)]
struct Closed {
    #[validator]
    members: Members,
    #[interaction]
    alice: Alice,
}

pub(crate) struct Registry {
    pub(crate) app: App,
    pub(crate) store: MemoryStore,
    pub(crate) clock: Clock,
    path: &'static str,
}

impl Registry {
    pub(crate) fn open() -> Self {
        Self::of(|members| Open { members, alice: Alice }, MemoryStore::new(), Clock::manual())
    }

    pub(crate) fn closed() -> Self {
        Self::closed_over(MemoryStore::new(), Clock::manual())
    }

    /// Registration for those who were given a token, with the clients of before.
    pub(crate) fn closed_over(store: MemoryStore, clock: Clock) -> Self {
        let closed = Self::of(|members| Closed { members, alice: Alice }, store, clock);
        Self { path: "/connect/register", ..closed }
    }

    /// The server that this makes, over a store.
    pub(crate) fn of<S: AuthorizationServer>(
        server: impl FnOnce(Members) -> S,
        store: MemoryStore,
        clock: Clock,
    ) -> Self {
        let server = server(Members { store: store.clone() });
        let app = App::in_environment(server, Environment::new().clock(clock.clone()));
        Self { app, store, clock, path: "/register" }
    }

    pub(crate) async fn send(&self, method: Method, path: &str, token: &str, body: &str) -> Answer {
        let mut request = HttpRequest::builder().method(method).uri(path);
        if !token.is_empty() {
            request = request.header("authorization", token);
        }
        if !body.is_empty() {
            request = request.header("content-type", "application/json");
        }
        self.app.send(request, body.to_owned()).await
    }

    pub(crate) async fn register(&self, metadata: &Value) -> Answer {
        self.send(Method::POST, self.path, "", &metadata.to_string()).await
    }

    /// Logs in as a client that was registered.
    pub(crate) async fn log_in(&self, client: &Value, redirect_uri: &str, basic: bool) -> Answer {
        let client_id = client["client_id"].as_str().unwrap();
        let params = [
            ("response_type", "code"),
            ("client_id", client_id),
            ("redirect_uri", redirect_uri),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        let authorized = self.app.authorize(&params).await;
        assert!(authorized.headers.contains_key("location"), "{}", authorized.text());
        assert!(authorized.location().to_string().starts_with(redirect_uri));
        let code = authorized.params()["code"].clone();
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", redirect_uri),
            ("code_verifier", VERIFIER),
        ];
        let mut authorization = String::new();
        match client["client_secret"].as_str() {
            Some(secret) if basic => {
                use base64::Engine as _;
                let pair = base64::engine::general_purpose::STANDARD.encode(format!("{client_id}:{secret}"));
                authorization = format!("Basic {pair}");
            }
            Some(secret) => form.extend([("client_id", client_id), ("client_secret", secret)]),
            None => form.push(("client_id", client_id)),
        }
        self.app.post("/token", &authorization, &form).await
    }
}

pub(crate) fn metadata() -> Value {
    json!({
        "client_name": "Client",
        "redirect_uris": ["https://client.example/cb"],
        "grant_types": ["authorization_code", "refresh_token"]
    })
}

#[tokio::test]
async fn a_client_registers_and_logs_in() {
    let registry = Registry::open();
    let answer = registry.register(&metadata()).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let client = answer.json();
    for (name, value) in [
        ("client_name", json!("Client")),
        ("redirect_uris", json!(["https://client.example/cb"])),
        ("token_endpoint_auth_method", json!("client_secret_basic")),
        ("grant_types", json!(["authorization_code", "refresh_token"])),
        ("response_types", json!(["code"])),
        ("scope", json!("profile calendar")),
        ("client_secret_expires_at", json!(0)),
        ("client_id_issued_at", json!(registry.clock.now().as_secs())),
    ] {
        assert_eq!(client[name], value, "{name}: {client}");
    }
    let uri = format!("{ISSUER}/register?client_id={}", client["client_id"].as_str().unwrap());
    assert_eq!(client["registration_client_uri"], json!(uri));
    for name in ["source", "secret_hash", "first_party", "introspects", "origins"] {
        assert!(client.get(name).is_none(), "{name}");
    }
    // Either way to send a secret, whichever was registered.
    for basic in [true, false] {
        let tokens = registry.log_in(&client, "https://client.example/cb", basic).await;
        assert_eq!(tokens.status, 200, "{}", tokens.text());
    }
}

#[tokio::test]
async fn the_metadata_has_the_endpoint() {
    let metadata = Registry::open().app.get("/.well-known/oauth-authorization-server").await.json();
    assert_eq!(metadata["registration_endpoint"], json!(format!("{ISSUER}/register")));
    assert_eq!(metadata["client_id_metadata_document_supported"], true);
}

#[tokio::test]
async fn strangers_get_what_strangers_may_have() {
    let registry = Registry::open();
    let mut asked = metadata();
    for (name, value) in [
        ("grant_types", json!(["authorization_code", "client_credentials", "password", "urn:x"])),
        ("scope", json!("profile admin")),
        ("first_party", json!(true)),
        ("introspects", json!("all")),
        ("origins", json!(["https://evil.example"])),
        ("source", json!("operator")),
        ("secret_hash", json!("x")),
        ("client_id", json!("chosen")),
        ("backchannel_logout_uri", json!("https://169.254.169.254/")),
        // Without its URI, which is the server's doing, it would contradict itself.
        ("backchannel_logout_session_required", json!(true)),
        ("frontchannel_logout_uri", json!("https://client.example/out")),
        ("frontchannel_logout_session_required", json!(true)),
        ("contacts", json!(["a@example.com"])),
        ("tos_uri", Value::Null),
        ("software_id", json!("7")),
    ] {
        asked[name] = value;
    }
    let answer = registry.register(&asked).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let client = answer.json();
    assert_eq!(client["grant_types"], json!(["authorization_code"]));
    assert_eq!(client["scope"], json!("profile"), "what it named, without what strangers may not have");
    assert_eq!((&client["contacts"], &client["software_id"]), (&json!(["a@example.com"]), &json!("7")));
    assert!(client.get("backchannel_logout_uri").is_none() && client.get("tos_uri").is_none());
    let client_id = client["client_id"].as_str().unwrap();
    assert_ne!(client_id, "chosen");
    let kept = registry.store.client(client_id).await.unwrap().unwrap();
    assert!(!kept.first_party && kept.origins.is_empty());
    // An API may tell it later to ask for more.
    assert_eq!(kept.scope.to_string(), "profile calendar");
    assert_eq!(kept.source, oauth_core::client::ClientSource::Itself);
}

#[tokio::test]
async fn what_is_wrong_has_its_error() {
    let registry = Registry::open();
    let private_key = json!({ "keys": [{ "kty": "EC", "crv": "P-256", "x": "AA", "y": "AA", "d": "AA" }] });
    for (name, value, code) in [
        ("redirect_uris", json!(["javascript:alert(1)"]), "invalid_redirect_uri"),
        ("redirect_uris", json!(["JAVASCRIPT:alert(1)"]), "invalid_redirect_uri"),
        ("redirect_uris", json!(["data:text/html,x"]), "invalid_redirect_uri"),
        ("redirect_uris", json!(["vbscript:x"]), "invalid_redirect_uri"),
        ("redirect_uris", json!(["blob:https://x/y"]), "invalid_redirect_uri"),
        ("redirect_uris", json!(["file:///etc/passwd"]), "invalid_redirect_uri"),
        ("redirect_uris", json!(["about:blank"]), "invalid_redirect_uri"),
        ("redirect_uris", json!(["https://client.example/#x"]), "invalid_redirect_uri"),
        ("redirect_uris", json!(["http://client.example/"]), "invalid_redirect_uri"),
        // A dot may lack where nothing but the code is sent: not of a client with a secret.
        ("redirect_uris", json!(["cursor://x/cb"]), "invalid_redirect_uri"),
        ("redirect_uris", json!([]), "invalid_redirect_uri"),
        ("redirect_uris", json!("https://client.example/"), "invalid_client_metadata"),
        ("jwks", private_key, "invalid_client_metadata"),
        ("jwks", json!({ "keys": [{ "kty": "oct", "k": "AA" }] }), "invalid_client_metadata"),
        ("jwks_uri", json!("http://client.example/jwks"), "invalid_client_metadata"),
        ("token_endpoint_auth_method", json!("tls_client_auth"), "invalid_client_metadata"),
        ("token_endpoint_auth_method", json!("client_secret_jwt"), "invalid_client_metadata"),
        ("token_endpoint_auth_method", json!(7), "invalid_client_metadata"),
        ("response_types", json!(["token"]), "invalid_client_metadata"),
        ("grant_types", json!(["client_credentials"]), "invalid_client_metadata"),
        (
            "grant_types",
            json!(["password", "urn:ietf:params:oauth:grant-type:jwt-bearer"]),
            "invalid_client_metadata",
        ),
        ("grant_types", json!([]), "invalid_client_metadata"),
        ("logo_uri", json!("javascript:alert(1)"), "invalid_client_metadata"),
        ("client_name", json!("a\u{7}b"), "invalid_client_metadata"),
        ("client_name", json!("x".repeat(5000)), "invalid_client_metadata"),
        ("contacts", json!(vec!["a"; 40]), "invalid_client_metadata"),
        ("client_name", json!("Unwanted"), "invalid_client_metadata"),
        ("software_statement", json!("unknown"), "unapproved_software_statement"),
        ("software_statement", json!("forged"), "invalid_software_statement"),
        ("software_statement", json!(7), "invalid_software_statement"),
    ] {
        let mut asked = metadata();
        asked[name] = value.clone();
        let answer = registry.register(&asked).await;
        assert_eq!((answer.status.as_u16(), answer.member("error").as_str()), (400, code), "{name}: {value}");
    }
    for body in ["[]", "7", "null", "{", "{\"a\":1,\"a\":2}"] {
        let answer = registry.send(Method::POST, "/register", "", body).await;
        assert_eq!(answer.status, 400, "{body}");
    }
    assert_eq!(registry.store.usage().clients, 0, "nothing was kept");
}

#[tokio::test]
async fn a_software_statement_counts_more_than_its_client() {
    let registry = Registry::open();
    let mut asked = metadata();
    asked["software_statement"] = json!("trusted");
    let client = registry.register(&asked).await.json();
    assert_eq!(client["client_name"], "Vouched for");
    assert_eq!((&client["software_statement"], &client["software_id"]), (&json!("trusted"), &json!("4")));
}

#[tokio::test]
async fn an_initial_access_token_is_asked_for() {
    let registry = Registry::closed();
    let mut asked = metadata();
    asked["grant_types"] = json!(["client_credentials"]);
    asked["scope"] = json!("jobs unknown");
    for token in [
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        "Basic aW5pdGlhbA==",
        "Bearer initial initial",
        "initial",
        "Bearer \"initial\"",
    ] {
        let answer = registry.send(Method::POST, "/connect/register", token, &asked.to_string()).await;
        assert_eq!(
            (answer.status.as_u16(), answer.member("error").as_str()),
            (401, "invalid_token"),
            "{token}"
        );
        assert!(answer.header("www-authenticate").starts_with("Bearer"));
    }
    let answer = registry.send(Method::POST, "/connect/register", "Bearer initial", &asked.to_string()).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.json()["grant_types"], json!(["client_credentials"]), "somebody vouches for it");
    assert_eq!(answer.json()["scope"], json!("jobs"), "nobody is asked for consent: it gets what it names");
}

#[tokio::test]
async fn clients_that_nobody_uses_are_forgotten() {
    let registry = Registry::open();
    let unused = registry.register(&metadata()).await.json();
    let used = registry.register(&metadata()).await.json();
    assert_eq!(registry.log_in(&used, "https://client.example/cb", true).await.status, 200);
    registry.clock.advance(Duration::from_hours(24));
    registry.register(&metadata()).await;
    let is_there = async |client: &Value| {
        registry.store.client(client["client_id"].as_str().unwrap()).await.unwrap().is_some()
    };
    assert!(!is_there(&unused).await && is_there(&used).await);
    registry.clock.advance(Duration::from_hours(90 * 24));
    registry.register(&metadata()).await;
    assert!(!is_there(&used).await);
}

#[tokio::test]
async fn an_address_registers_so_many_and_no_more() {
    let registry = Registry::open();
    let app = registry.app.from("198.51.100.7");
    let mut statuses = Vec::new();
    for _ in 0..21 {
        let request = HttpRequest::post("/register").header("content-type", "application/json");
        statuses.push(app.send(request, metadata().to_string()).await.status.as_u16());
    }
    assert_eq!(statuses.pop(), Some(429));
    assert!(statuses.iter().all(|status| *status == 201));
    assert_eq!(registry.register(&metadata()).await.status, 201, "others do");
}

#[tokio::test]
async fn a_browser_registers_from_anywhere() {
    let registry = Registry::open();
    let preflight = HttpRequest::options("/register")
        .header("origin", "https://client.example")
        .header("access-control-request-method", "PUT");
    let answer = registry.app.send(preflight, "").await;
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("access-control-allow-headers"), "authorization, content-type");
    for method in ["GET", "POST", "PUT", "DELETE"] {
        assert!(answer.header("access-control-allow-methods").contains(method), "{method}");
    }
}

/// A dot in the scheme, or strictness about `web`, would lose it.
#[tokio::test]
async fn cursor() {
    let registry = Registry::open();
    let answer = registry
        .register(&json!({
            "client_name": "Cursor",
            "redirect_uris": [
                "cursor://anysphere.cursor-mcp/oauth/callback",
                "http://localhost:8787/callback"
            ],
            "grant_types": ["authorization_code", "refresh_token"],
            "response_types": ["code"],
            "application_type": "web",
            "token_endpoint_auth_method": "none"
        }))
        .await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let client = answer.json();
    for redirect_uri in ["cursor://anysphere.cursor-mcp/oauth/callback", "http://localhost:50123/callback"] {
        let tokens = registry.log_in(&client, redirect_uri, false).await;
        assert_eq!(tokens.status, 200, "{}", tokens.text());
    }
}

/// It registers without `application_type`, and with null where it has nothing to say.
#[tokio::test]
async fn sdks_that_say_little() {
    let registry = Registry::open();
    let answer = registry
        .register(&json!({
            "client_name": "SDK",
            "redirect_uris": ["http://127.0.0.1:3030/callback"],
            "token_endpoint_auth_method": null,
            "scope": "profile",
            "client_uri": null
        }))
        .await;
    assert_eq!(
        answer.json()["token_endpoint_auth_method"],
        "client_secret_basic",
        "the default of RFC 7591 section 2"
    );
}
