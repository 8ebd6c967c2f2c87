//! Clients that come by themselves to a server of the FAPI 2.0 Security Profile: what it refuses of all, it refuses of them.

use oauth_core::clock::Clock;
use oauth_core::http::Fetcher;
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use oauth_tests::{Alice, App, ISSUER};
use serde_json::{Value, json};

use crate::web::Web;
use crate::world::{ASSERTION, CALLBACK, CLIENT, assertion, jwks};

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    profile = "fapi2",
    grants(authorization_code, refresh_token),
    scopes("accounts" = "See your accounts"),
    issuer = "https://auth.example.com",
    client_id_metadata_documents,
    unverified_scopes("accounts"),
    registration
)]
struct Bank {
    #[validator]
    accounts: Accounts,
    #[fetcher]
    fetcher: Fetcher,
    #[interaction]
    alice: Alice,
}

struct World {
    app: App,
    web: Web,
    clock: Clock,
}

impl World {
    async fn new() -> Self {
        let (web, clock) = (Web::start().await, Clock::manual());
        let accounts = Accounts { store: MemoryStore::new() };
        let bank = Bank { accounts, fetcher: web.fetcher(), alice: Alice };
        Self { app: App::in_environment(bank, Environment::new().clock(clock.clone())), web, clock }
    }

    /// Registers a client with this metadata; the error, or nothing.
    async fn register(&self, metadata: &Value) -> Option<String> {
        let request = http::Request::post("/register").header("content-type", "application/json");
        let answer = self.app.send(request, metadata.to_string()).await;
        let json: Value = serde_json::from_slice(&answer.body).unwrap();
        json["error"].as_str().map(str::to_owned)
    }
}

/// Metadata that is right, with this key.
fn metadata(key: &SigningKey) -> Value {
    json!({
        "client_name": "Fintech",
        "redirect_uris": [CALLBACK],
        "grant_types": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_method": "private_key_jwt",
        "jwks": jwks(&[key])
    })
}

/// The same with one member changed.
fn with(metadata: &Value, name: &str, value: Value) -> Value {
    let mut metadata = metadata.clone();
    metadata[name] = value;
    metadata
}

/// Metadata that others would take, each with what it is told at registration.
fn refused(good: &Value) -> [(Value, &'static str); 6] {
    let rsa = SigningKey::generate(Algorithm::RS256).unwrap();
    let loopback = with(good, "redirect_uris", json!(["http://127.0.0.1:8080/cb"]));
    [
        (with(good, "token_endpoint_auth_method", json!("none")), "invalid_client_metadata"),
        (with(good, "jwks", jwks(&[&rsa])), "invalid_client_metadata"),
        (with(good, "token_endpoint_auth_signing_alg", json!("ES384")), "invalid_client_metadata"),
        (with(good, "id_token_signed_response_alg", json!("RS256")), "invalid_client_metadata"),
        (with(&loopback, "application_type", json!("web")), "invalid_redirect_uri"),
        (with(good, "redirect_uris", json!([CALLBACK, "http://127.0.0.1:8080/cb"])), "invalid_redirect_uri"),
    ]
}

#[tokio::test]
async fn a_registration_is_judged_by_the_profile() {
    let world = World::new().await;
    let good = metadata(&SigningKey::generate(Algorithm::ES256).unwrap());
    assert_eq!(world.register(&good).await, None);
    for (metadata, error) in refused(&good) {
        assert_eq!(world.register(&metadata).await.as_deref(), Some(error), "{metadata}");
    }
    // RFC 7591 §2: without a method it would have a secret.
    let mut unsaid = good;
    unsaid.as_object_mut().unwrap().remove("token_endpoint_auth_method");
    assert_eq!(world.register(&unsaid).await.as_deref(), Some("invalid_client_metadata"));
}

#[tokio::test]
async fn a_document_is_judged_by_the_profile() {
    let key = SigningKey::generate(Algorithm::ES256).unwrap().with_kid("a").unwrap();
    let good = with(&metadata(&key), "client_id", json!(CLIENT));
    let authenticates = async |document: &Value| {
        let world = World::new().await;
        world.web.put(CLIENT, document);
        let assertion = assertion(&key, CLIENT, ISSUER, world.clock.now());
        let form =
            [("grant_type", "urn:example:nothing"), ASSERTION, ("client_assertion", assertion.as_str())];
        world.app.post("/token", "", &form).await.member("error") == "unsupported_grant_type"
    };
    assert!(authenticates(&good).await);
    for (document, _) in refused(&good) {
        assert!(!authenticates(&document).await, "{document}");
    }
}
