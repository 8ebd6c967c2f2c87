//! Client ID Metadata Documents: which are taken, and what their clients may have.

use std::time::Duration;

use oauth_core::prelude::*;
use serde_json::{Value, json};

use crate::world::{CALLBACK, CLIENT, World, document};

fn with(name: &str, value: Value) -> Value {
    let mut document = document();
    document[name] = value;
    document
}

#[tokio::test]
async fn a_client_logs_in_without_being_registered() {
    let world = World::with(&document()).await;
    let tokens = world.log_in(CLIENT, CALLBACK).await;
    assert_eq!(tokens.status, 200, "{}", tokens.text());
    let refresh = tokens.member("refresh_token");
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str()), ("client_id", CLIENT)];
    let tokens = world.app.post("/token", "", &form).await;
    assert_eq!(tokens.status, 200, "{}", tokens.text());
    assert_eq!(world.web.requests(), [CLIENT], "it is fetched once");
    let token = tokens.member("access_token");
    let revoked = world.app.post("/revoke", "", &[("token", &token), ("client_id", CLIENT)]).await;
    assert_eq!(revoked.status, 200, "{}", revoked.text());
}

#[tokio::test]
async fn the_metadata_says_so() {
    let metadata = World::new().await.metadata().await;
    assert_eq!(metadata["client_id_metadata_document_supported"], true);
    let methods = metadata["token_endpoint_auth_methods_supported"].as_array().unwrap();
    for method in ["none", "private_key_jwt"] {
        assert!(methods.contains(&json!(method)), "{methods:?}");
    }
}

#[tokio::test]
async fn what_a_document_may_not_say_is_refused_in_one_text() {
    let absent = World::new().await.authorize(CLIENT, CALLBACK).await.text().to_owned();
    let all_methods = ["client_secret_basic", "client_secret_post", "client_secret_jwt", "tls_client_auth"];
    let methods = all_methods.map(|method| with("token_endpoint_auth_method", json!(method)));
    let documents = [
        with("client_id", json!("https://other.example/oauth/client.json")),
        with("client_id", json!(CLIENT.to_uppercase())),
        with("client_id", json!([CLIENT])),
        with("client_id", Value::Null),
        with("client_secret", json!("s3cr3t-s3cr3t-s3cr3t-s3cr3t-s3cr3t")),
        with("client_secret", Value::Null),
        with("client_secret_expires_at", json!(0)),
        with("token_endpoint_auth_method", json!("private_key_jwt")),
        with("redirect_uris", json!([])),
        with("redirect_uris", json!(["javascript:alert(1)"])),
        with("redirect_uris", json!(["ms-msdt:/id"])),
        with("redirect_uris", json!(["search-ms:query"])),
        with("redirect_uris", json!(["https://client.example/cb#x"])),
        with("redirect_uris", json!(["http://client.example/cb"])),
        with("redirect_uris", json!("https://client.example/cb")),
        with("redirect_uris", json!([1])),
        with("client_uri", json!("http://client.example/")),
        with("logo_uri", json!("data:image/png;base64,AAAA")),
        with("jwks_uri", json!("http://client.example/jwks.json")),
        with("client_name", json!("a\nb")),
        with("client_name", json!("\u{202e}elgooG")),
        with("client_name", json!("x".repeat(300))),
        with("client_name", json!({})),
        with("x", json!("x".repeat(6 * 1024))),
        json!([document()]),
        json!("text"),
    ];
    for document in documents.iter().chain(&methods) {
        let world = World::with(document).await;
        let page = world.authorize(CLIENT, CALLBACK).await;
        page.assert_page(400);
        assert_eq!(page.text(), absent, "{document}");
        let form = [("grant_type", "refresh_token"), ("refresh_token", "x"), ("client_id", CLIENT)];
        world.app.post("/token", "", &form).await.assert_error(401, "invalid_client");
        assert_eq!(world.web.requests().len(), 1, "a failure is remembered for a moment: {document}");
    }
}

#[tokio::test]
async fn members_that_are_unknown_or_not_for_strangers_are_passed_over() {
    let mut document = document();
    for (name, value) in [
        (
            "grant_types",
            json!([
                "authorization_code",
                "refresh_token",
                "client_credentials",
                "urn:ietf:params:oauth:grant-type:device_code"
            ]),
        ),
        ("response_types", json!(["code", "token", "whatever"])),
        ("post_logout_redirect_uris", json!(["https://evil.example/"])),
        ("backchannel_logout_uri", json!("https://evil.example/")),
        ("unknown", json!({ "a": [1] })),
        ("tos_uri", Value::Null),
        ("scope", json!("profile admin")),
    ] {
        document[name] = value;
    }
    let world = World::with(&document).await;
    let tokens = world.log_in(CLIENT, CALLBACK).await;
    assert_eq!(tokens.status, 200, "{}", tokens.text());
    assert_eq!(
        tokens.member("scope"),
        "profile calendar",
        "the scopes of strangers are a set of the server's"
    );
    let form = [("grant_type", "client_credentials"), ("client_id", CLIENT)];
    let refused = world.app.post("/token", "", &form).await;
    assert_eq!(refused.member("error"), "unauthorized_client");
}

#[tokio::test]
async fn a_document_is_kept_as_long_as_its_server_says() {
    let world = World::with(&document()).await;
    for (seconds, fetched) in [(0, 1), (599, 1), (1, 2)] {
        world.clock.advance(Duration::from_secs(seconds));
        assert!(world.is_known().await);
        assert_eq!(world.web.requests().len(), fetched);
    }
}

#[tokio::test]
async fn one_that_has_expired_and_is_gone_is_no_client_any_more() {
    let world = World::with(&document()).await;
    let tokens = world.log_in(CLIENT, CALLBACK).await;
    world.web.put_with(CLIENT, "410 Gone", "x: y", "");
    assert!(world.is_known().await, "it is kept");
    world.clock.advance(Duration::from_secs(601));
    assert!(!world.is_known().await);
    let refresh = tokens.member("refresh_token");
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str()), ("client_id", CLIENT)];
    world.app.post("/token", "", &form).await.assert_error(401, "invalid_client");
    world.web.put(CLIENT, &document());
    world.clock.advance(Duration::from_secs(11));
    let tokens = world.app.post("/token", "", &form).await;
    assert_eq!(tokens.status, 200, "nothing was used up: {}", tokens.text());
}

#[tokio::test]
async fn many_who_want_one_document_at_once_fetch_it_once() {
    let world = std::sync::Arc::new(World::with(&document()).await);
    let mut all = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let world = std::sync::Arc::clone(&world);
        all.spawn(async move { world.is_known().await });
    }
    assert!(all.join_all().await.into_iter().all(|is_known| is_known));
    assert_eq!(world.web.requests().len(), 1);
}

/// Only without a dot is it a scheme of the system's.
#[test]
fn a_reversed_domain_name_may_begin_as_schemes_of_systems_do() {
    let client = Client::public("app").redirect_uri("ms-app.example.com:/cb").build().unwrap();
    let kept = serde_json::to_value(&client).unwrap();
    let again: Client = serde_json::from_value(kept.clone()).unwrap();
    assert_eq!(serde_json::to_value(&again).unwrap(), kept);
}
