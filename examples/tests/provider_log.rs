//! The log of the provider: what it serves and each request, and no secret.

use std::fs;

use crate::provider::{sample, tokens};
use crate::support::Example;

#[tokio::test]
async fn the_log_tells_what_is_served_and_asked_and_no_secrets() {
    let (clients, users) = (sample("clients.json"), sample("users.json"));
    let args = [
        "--listen",
        "127.0.0.1:0",
        "--clients",
        clients.to_str().unwrap(),
        "--users",
        users.to_str().unwrap(),
    ];
    let args = [&args[..], &["--store", "sqlite:oauth.db"]].concat();
    let example = Example::start_logging_in(
        tempfile::tempdir().unwrap(),
        "provider",
        &args,
        "provider: serving",
        "trace",
    );
    let browser = example.browser();

    let token = tokens(&browser).await;
    browser
        .post_as(("web", "mistaken-secret-of-web"), "/token", &[("grant_type", "client_credentials")])
        .await;
    browser.get("/nothing-here?code=secret-in-a-query").await;

    let log = example.log();
    for served in [
        "clients=4 users=2",
        "store sqlite:oauth.db",
        "/token token_endpoint",
        "grants: authorization_code, refresh_token",
        "scopes: openid, profile, email",
        "method=POST path=\"/token\" status=200",
        "method=POST path=\"/token\" status=401",
        "method=GET path=\"/nothing-here\" status=404",
    ] {
        assert!(log.contains(served), "no {served} in {log}");
    }
    let sample = fs::read_to_string(clients).unwrap() + &fs::read_to_string(users).unwrap();
    let mut secrets: Vec<&str> =
        sample.split('"').filter(|text| text.ends_with("-for-development-only")).collect();
    assert_eq!(secrets.len(), 4, "{secrets:?}");
    secrets.extend(["mistaken-secret-of-web", "secret-in-a-query", "a-code-verifier", "state-of-the-client"]);
    secrets.extend([&token["access_token"], &token["refresh_token"]].map(|token| token.as_str().unwrap()));
    for secret in secrets {
        assert!(!log.contains(secret), "{secret} is in the log: {log}");
    }
}
