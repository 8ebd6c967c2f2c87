//! Clients that register themselves at the provider (RFC 7591): kept in the database, for a restart and for another provider on it.

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::secret::TokenHash;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::provider::{PASSWORD, VERIFIER, sample};
use crate::support::Example;
use crate::support::browser::{Browser, Reply, encode, query_param};

const ISSUER: &str = "https://auth.example.com";
const CALLBACK: &str = "http://127.0.0.1/callback";

/// A provider of this issuer on this database, with the clients and the users of the samples.
fn start(directory: TempDir, store: &str, more: &[&str]) -> Example {
    let (clients, users) = (sample("clients.json"), sample("users.json"));
    let (clients, users) = (clients.to_str().unwrap(), users.to_str().unwrap());
    let args = ["--listen", "127.0.0.1:0", "--clients", clients, "--users", users, "--issuer", ISSUER];
    let args = [&args[..], &["--store", store], more].concat();
    Example::start_in(directory, "provider", &args, "provider: serving")
}

async fn register(browser: &Browser) -> Reply {
    let metadata = json!({
        "client_name": "Newcomer",
        "redirect_uris": [CALLBACK],
        "grant_types": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_method": "none",
        "scope": "calendar phone"
    });
    let headers = HeaderMap::from_iter([(CONTENT_TYPE, "application/json".parse().unwrap())]);
    browser.send(Method::POST, "/register", headers, metadata.to_string()).await
}

fn authorization(client_id: &str) -> String {
    let challenge = URL_SAFE_NO_PAD.encode(TokenHash::of(VERIFIER).as_bytes());
    encode(&[
        ("response_type", "code"),
        ("client_id", client_id),
        ("redirect_uri", CALLBACK),
        ("scope", "calendar"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ])
}

/// Alice logs in and agrees, and the client redeems the code.
async fn log_in(browser: &Browser, client_id: &str) -> Value {
    let path = format!("/authorize?{}", authorization(client_id));
    let login = follow(browser, browser.get(&path).await).await;
    let sent = browser.submit(&login, &[("username", "alice"), ("password", PASSWORD)]).await;
    let consent = follow(browser, sent).await;
    assert!(consent.body.contains("Newcomer"), "{}", consent.body);
    let back = browser.submit(&consent, &[("decision", "allow")]).await;
    let code = query_param(back.location(), "code").expect("a code");
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &*code),
        ("client_id", client_id),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    browser.post("/token", &form).await.json()
}

/// Follows redirects to the issuer, whom nothing but this browser reaches.
async fn follow(browser: &Browser, reply: Reply) -> Reply {
    let mut reply = reply;
    while reply.status.is_redirection() {
        let location = reply.location().to_owned();
        reply = browser.get(location.strip_prefix(ISSUER).unwrap_or(&location)).await;
    }
    reply
}

async fn is_known(browser: &Browser, client_id: &str) -> bool {
    let path = format!("/authorize?{}", authorization(client_id));
    follow(browser, browser.get(&path).await).await.status == StatusCode::OK
}

#[tokio::test]
async fn a_client_registers_at_one_provider_and_logs_in_at_the_other() {
    let first = start(tempfile::tempdir().unwrap(), "sqlite:oauth.db", &["--registration"]);
    let shared = format!("sqlite:{}", first.directory.path().join("oauth.db").display());
    let second = start(tempfile::tempdir().unwrap(), &shared, &["--registration"]);

    let registered = register(&first.browser()).await;
    assert_eq!(registered.status, StatusCode::CREATED, "{}", registered.body);
    let registered = registered.json();
    let client_id = registered["client_id"].as_str().unwrap();
    let token = log_in(&second.browser(), client_id).await;

    assert_eq!(registered["scope"], "calendar", "a telephone number is not for strangers");
    assert_eq!(token["scope"], "calendar", "{token}");
    // Its tokens are good at both.
    let refresh = [
        ("grant_type", "refresh_token"),
        ("client_id", client_id),
        ("refresh_token", token["refresh_token"].as_str().unwrap()),
    ];
    let refreshed = first.browser().post("/token", &refresh).await;
    assert_eq!(refreshed.status, StatusCode::OK, "{}", refreshed.body);
}

#[tokio::test]
async fn a_registration_survives_a_restart_where_clients_may_register() {
    let first = start(tempfile::tempdir().unwrap(), "sqlite:oauth.db", &["--registration"]);
    let registered = register(&first.browser()).await.json();
    let client_id = registered["client_id"].as_str().unwrap();

    let second = start(first.stop(), "sqlite:oauth.db", &["--registration"]);
    assert_eq!(log_in(&second.browser(), client_id).await["scope"], "calendar");

    let closed = start(second.stop(), "sqlite:oauth.db", &[]);
    assert!(!is_known(&closed.browser(), client_id).await);
    assert_eq!(register(&closed.browser()).await.status, StatusCode::NOT_FOUND);

    let again = start(closed.stop(), "sqlite:oauth.db", &["--registration"]);
    assert!(is_known(&again.browser(), client_id).await);
}

#[tokio::test]
async fn memory_forgets_registrations() {
    let first = start(tempfile::tempdir().unwrap(), "memory", &["--registration"]);
    let registered = register(&first.browser()).await.json();
    let client_id = registered["client_id"].as_str().unwrap();
    assert!(is_known(&first.browser(), client_id).await);

    let second = start(first.stop(), "memory", &["--registration"]);

    assert!(!is_known(&second.browser(), client_id).await);
}
