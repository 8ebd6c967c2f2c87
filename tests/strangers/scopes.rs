//! The scopes of clients that come by themselves: what they name is the wish of a moment, and what they may ask for the server says.

use oauth_tests::{App, CHALLENGE, VERIFIER};
use serde_json::{Value, json};

use crate::registration::{Registry, metadata};
use crate::world::{CALLBACK, CLIENT, World, document};

/// The scope of a token that a public client gets by asking for this one, or the error.
pub(crate) async fn ask(app: &App, client_id: &str, scope: &str) -> String {
    let params = [
        ("response_type", "code"),
        ("client_id", client_id),
        ("redirect_uri", CALLBACK),
        ("scope", scope),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let answer = app.authorize(&params).await;
    if !answer.headers.contains_key("location") {
        // To a stranger, nobody is sent before they know.
        let is_told = answer.status == 400 && answer.text().contains("error=invalid_scope");
        assert!(is_told, "{}", answer.text());
        return "invalid_scope".to_owned();
    }
    let code = &answer.params()["code"];
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
        ("client_id", client_id),
    ];
    app.post("/token", "", &form).await.member("scope")
}

/// Asks as the SDKs of MCP do: first for what the API named, and for more once it answers `insufficient_scope`.
async fn steps_up(app: &App, client_id: &str) {
    assert_eq!(ask(app, client_id, "profile").await, "profile");
    assert_eq!(ask(app, client_id, "profile calendar").await, "profile calendar");
    assert_eq!(ask(app, client_id, "profile admin").await, "invalid_scope", "that is not for strangers");
}

pub(crate) async fn register(registry: &Registry, scope: &Value) -> Value {
    let mut asked = metadata();
    asked["token_endpoint_auth_method"] = json!("none");
    asked["redirect_uris"] = json!([CALLBACK]);
    asked["scope"] = scope.clone();
    let answer = registry.register(&asked).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()
}

/// RFC 7591 §3.2.1: the answer has what the client named, as far as it may have it, or else all that it may have.
#[tokio::test]
async fn a_client_that_registered_with_the_scope_of_the_moment_may_ask_for_more_later() {
    let registry = Registry::open();
    for (scope, told) in [
        (json!("profile"), "profile"),
        (json!("profile unknown"), "profile"),
        (json!("admin"), "profile calendar"),
        (json!(""), "profile calendar"),
        (Value::Null, "profile calendar"),
    ] {
        let client = register(&registry, &scope).await;
        assert_eq!(client["scope"], told, "{scope}");
        steps_up(&registry.app, client["client_id"].as_str().unwrap()).await;
    }
}

#[tokio::test]
async fn a_document_that_names_the_scope_of_the_moment_is_no_limit() {
    for scope in [json!("profile"), json!("admin"), Value::Null] {
        let mut document = document();
        document["scope"] = scope;
        steps_up(&World::with(&document).await.app, CLIENT).await;
    }
}

#[tokio::test]
async fn a_scope_that_is_malformed_is_refused_all_the_same() {
    let mut asked = metadata();
    for scope in [json!("a\"b"), json!("a  b\u{e9}"), json!(["profile"]), json!(7)] {
        asked["scope"] = scope.clone();
        let answer = Registry::open().register(&asked).await;
        assert_eq!(
            (answer.status.as_u16(), answer.member("error").as_str()),
            (400, "invalid_client_metadata"),
            "{scope}"
        );
    }
}
