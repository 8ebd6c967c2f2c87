//! RFC 8414 §2: a server offers some client authentication methods, and checks no other.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use oauth_core::prelude::*;
use oauth_core::server::Route;
use oauth_tests::{Accounts, Answer, App, basic, clients, secret};
use serde_json::json;

/// Offers `client_secret_post` and `private_key_jwt`.
#[authorization_server(
    grants(authorization_code, client_credentials),
    scopes("profile", "calendar", "jobs"),
    token_endpoint_auth_methods("client_secret_post", "private_key_jwt"),
    issuer = "https://auth.example.com"
)]
struct Selective {
    #[validator]
    accounts: Accounts<MemoryStore>,
    #[interaction]
    pages: oauth_tests::Alice,
}

async fn app() -> App {
    let accounts = Accounts(MemoryStore::default());
    for client in clients() {
        accounts.0.save_client(client).await.unwrap();
    }
    App::of(Selective { accounts, pages: oauth_tests::Alice })
}

const GRANT: (&str, &str) = ("grant_type", "client_credentials");

#[tokio::test]
async fn what_is_offered_is_advertised_and_nothing_else() {
    let document = app().await.get("/.well-known/oauth-authorization-server").await.json();
    for endpoint in ["token", "revocation", "introspection"] {
        let methods = &document[format!("{endpoint}_endpoint_auth_methods_supported")];
        assert_eq!(*methods, json!(["client_secret_post", "private_key_jwt"]), "{endpoint}");
    }
    let algorithms = document["token_endpoint_auth_signing_alg_values_supported"].as_array().unwrap();
    assert!(!algorithms.iter().any(|name| name.as_str().unwrap().starts_with("HS")), "{algorithms:?}");
    let report = Selective { accounts: Accounts(MemoryStore::default()), pages: oauth_tests::Alice }.report();
    assert_eq!(report.client_authentication, ["client_secret_post", "private_key_jwt"]);
    assert!(report.path(Route::TOKEN).is_some());
}

#[tokio::test]
async fn a_client_of_a_method_that_is_offered_is_let_in() {
    let form = [GRANT, ("client_id", "post"), ("client_secret", secret())];
    assert_eq!(app().await.post("/token", "", &form).await.member("token_type"), "Bearer");
}

/// Nothing tells a right secret from a wrong one, or from a client that is not there.
#[tokio::test]
async fn a_client_of_another_method_is_refused_like_a_wrong_secret() {
    let app = app().await;
    let mut answers: Vec<Answer> = Vec::new();
    let wrong_secret = format!("Basic {}", STANDARD.encode("machine:wrong-secret-of-this-client"));
    for path in ["/token", "/revoke", "/introspect"] {
        let form = [GRANT, ("token", "x")];
        let right = app.post(path, &basic("machine"), &form).await;
        let wrong = app.post(path, &wrong_secret, &form).await;
        let unknown = app.post(path, &basic("nobody"), &form).await;
        answers.extend([right, wrong, unknown]);
    }
    for answer in &answers {
        answer.assert_error(401, "invalid_client");
        assert_eq!(answer.body, answers[0].body);
        assert_eq!(answer.header("www-authenticate"), answers[0].header("www-authenticate"));
    }
    let public = [("grant_type", "authorization_code"), ("client_id", "spa"), ("code", "x")];
    app.post("/token", "", &public).await.assert_error(401, "invalid_client");
}

/// It exempts every client, which has authenticated by nothing then.
#[validator(custom)]
struct LenientAccounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl LenientAccounts {
    fn client_authentication_required(&self, _: &Client, _: &mut Request) -> Result<bool> {
        Ok(false)
    }
}

#[authorization_server(
    grants(client_credentials),
    token_endpoint_auth_methods("client_secret_basic"),
    issuer = "https://auth.example.com"
)]
struct LenientServer {
    #[validator]
    accounts: LenientAccounts,
}

#[tokio::test]
async fn who_is_exempted_counts_as_a_public_client() {
    let store = MemoryStore::default();
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    let app = App::of(LenientServer { accounts: LenientAccounts { store } });
    let form = [("client_id", "machine"), ("token", "x")];
    app.post("/revoke", "", &form).await.assert_error(401, "invalid_client");
    assert_eq!(app.post("/revoke", &basic("machine"), &[("token", "x")]).await.status, 200);
}
