//! RFC 7662.

use oauth_core::prelude::*;
use oauth_tests::{App, ISSUER, basic, clients};
use serde_json::json;

#[tokio::test]
async fn section_2_2_an_active_access_token() {
    let app = App::new().await;
    let token = app.tokens().await.member("access_token");
    let answer = app.post("/introspect", &basic("other"), &[("token", &token)]).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let json = answer.json();
    for (name, value) in [
        ("active", json!(true)),
        ("client_id", json!("web")),
        ("sub", json!("alice")),
        ("iss", json!(ISSUER)),
        ("scope", json!("profile")),
        ("token_type", json!("Bearer")),
        ("aud", json!(ISSUER)),
    ] {
        assert_eq!(json[name], value, "{name}");
    }
    assert_eq!(json["exp"].as_u64().unwrap() - json["iat"].as_u64().unwrap(), 3600);
}

#[tokio::test]
async fn section_2_2_an_inactive_token_says_nothing_else() {
    let app = App::new().await;
    for token in ["unknown", "", "a.b.c"] {
        let form = [("token", token), ("x", "y")];
        let answer = app.post("/introspect", &basic("web"), &form).await;
        if token.is_empty() {
            answer.assert_error(400, "invalid_request");
        } else {
            assert_eq!((answer.status.as_u16(), answer.text()), (200, "{\"active\":false}"));
        }
    }
}

#[tokio::test]
async fn section_4_a_refresh_token_is_its_own_clients_business() {
    let app = App::new().await;
    let tokens = app.tokens().await;
    let refresh = tokens.member("refresh_token");
    let seen = app.post("/introspect", &basic("web"), &[("token", &refresh)]).await.json();
    assert_eq!((&seen["active"], &seen["token_type"]), (&json!(true), &json!("N_A")), "RFC 8693 §2.2.1");
    let seen = app.post("/introspect", &basic("other"), &[("token", &refresh)]).await;
    assert_eq!(seen.text(), "{\"active\":false}");
    app.refresh(&refresh).await;
    assert!(!app.is_active(&refresh).await, "it was rotated");
}

/// Clients apart from what they were issued.
#[validator]
struct Accounts {
    #[clients]
    clients: MemoryStore,
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(client_credentials),
    scopes("profile", "jobs"),
    issuer = "https://auth.example.com"
)]
struct Server {
    #[validator]
    accounts: Accounts,
}

/// It could not say whose the token is: a subject identifier is its client's (OIDC Core §8).
#[tokio::test]
async fn a_token_dies_with_the_registration_of_its_client() {
    let store = MemoryStore::default();
    let app = async |client_ids: &[&str]| {
        let directory = MemoryStore::default();
        for client in clients().into_iter().filter(|client| client_ids.contains(&&*client.client_id)) {
            directory.save_client(client).await.unwrap();
        }
        App::of(Server { accounts: Accounts { clients: directory, store: store.clone() } })
    };
    let (before, after) = (app(&["machine", "other"]).await, app(&["other"]).await);
    let form = [("grant_type", "client_credentials")];
    let token = before.post("/token", &basic("machine"), &form).await.member("access_token");
    let introspect = async |app: &App| app.post("/introspect", &basic("other"), &[("token", &token)]).await;
    assert_eq!(introspect(&before).await.json()["sub"], "machine");
    assert_eq!(introspect(&after).await.text(), "{\"active\":false}");
}

#[tokio::test]
async fn section_2_1_only_for_clients_that_authenticate() {
    let app = App::new().await;
    let token = app.tokens().await.member("access_token");
    app.post("/introspect", "", &[("token", &token)]).await.assert_error(401, "invalid_client");
    let public = [("token", token.as_str()), ("client_id", "spa")];
    app.post("/introspect", "", &public).await.assert_error(401, "invalid_client");
}
