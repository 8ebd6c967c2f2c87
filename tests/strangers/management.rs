//! RFC 7592: a client reads, replaces and deletes its registration, and nobody else does.

use http::Method;
use serde_json::{Value, json};

use crate::registration::{Registry, metadata};

struct Own {
    registry: Registry,
    client: Value,
}

impl Own {
    async fn new() -> Self {
        let registry = Registry::open();
        let client = registry.register(&metadata()).await.json();
        Self { registry, client }
    }

    fn text(&self, name: &str) -> &str {
        self.client[name].as_str().unwrap()
    }

    async fn send(&self, method: Method, token: &str, body: &str) -> oauth_tests::Answer {
        let path = format!("/register?client_id={}", self.text("client_id"));
        self.registry.send(method, &path, &format!("Bearer {token}"), body).await
    }

    async fn replace(&self, metadata: &Value) -> oauth_tests::Answer {
        self.send(Method::PUT, self.text("registration_access_token"), &metadata.to_string()).await
    }

    fn metadata(&self) -> Value {
        let mut metadata = metadata();
        metadata["client_id"] = self.client["client_id"].clone();
        metadata
    }
}

#[tokio::test]
async fn a_client_reads_its_registration() {
    let own = Own::new().await;
    let answer = own.send(Method::GET, own.text("registration_access_token"), "").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let mut expected = own.client.clone();
    // Its hash alone is kept.
    expected.as_object_mut().unwrap().retain(|name, _| !name.starts_with("client_secret"));
    assert_eq!(answer.json(), expected);
}

#[tokio::test]
async fn nobody_else_does_and_nobody_learns_who_there_is() {
    let own = Own::new().await;
    let other = own.registry.register(&metadata()).await.json();
    let foreign = other["registration_access_token"].as_str().unwrap();
    let mut answers = Vec::new();
    for method in [Method::GET, Method::PUT, Method::DELETE] {
        let body = if method == Method::PUT { own.metadata().to_string() } else { String::new() };
        for token in ["wrong", foreign, "", "\"x\""] {
            answers.push(own.send(method.clone(), token, &body).await);
        }
        for path in ["/register?client_id=unknown", "/register"] {
            let token = format!("Bearer {}", own.text("registration_access_token"));
            answers.push(own.registry.send(method.clone(), path, &token, &body).await);
        }
    }
    let text = answers[0].text().to_owned();
    for answer in &answers {
        assert_eq!((answer.status.as_u16(), answer.text()), (401, text.as_str()));
        assert!(answer.header("www-authenticate").starts_with("Bearer"));
    }
}

#[tokio::test]
async fn a_replacement_replaces_all_and_the_token_becomes_another() {
    let own = Own::new().await;
    let mut metadata = own.metadata();
    metadata.as_object_mut().unwrap().remove("client_name");
    metadata["redirect_uris"] = json!(["https://client.example/new"]);
    metadata["client_secret"] = own.client["client_secret"].clone();
    let answer = own.replace(&metadata).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let mut new = answer.json();
    assert!(new.get("client_name").is_none() && new.get("client_secret").is_none());
    assert_eq!(new["client_id_issued_at"], own.client["client_id_issued_at"]);
    assert_ne!(new["registration_access_token"], own.client["registration_access_token"]);
    assert_eq!(own.replace(&metadata).await.status, 401, "the old token is dead");
    // The secret is the one that it was.
    new["client_secret"] = own.client["client_secret"].clone();
    assert_eq!(own.registry.log_in(&new, "https://client.example/new", true).await.status, 200);
}

#[tokio::test]
async fn what_the_server_sets_is_not_for_the_client() {
    let own = Own::new().await;
    for (name, value) in [
        ("registration_access_token", json!("x")),
        ("registration_client_uri", json!("https://x.example/")),
        ("client_secret_expires_at", json!(0)),
        ("client_id_issued_at", json!(0)),
        ("client_secret", json!("another-secret-of-some-length")),
        ("client_id", json!("another")),
        ("client_id", Value::Null),
        ("redirect_uris", json!(["javascript:x"])),
    ] {
        let mut metadata = own.metadata();
        metadata[name] = value;
        assert_eq!(own.replace(&metadata).await.status, 400, "{name}");
    }
    assert_eq!(own.replace(&own.metadata()).await.status, 200, "nothing was used up");
}

#[tokio::test]
async fn two_replacements_at_once_are_one() {
    let own = Own::new().await;
    let metadata = own.metadata();
    let (one, other) = tokio::join!(own.replace(&metadata), own.replace(&metadata));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401]);
}

#[tokio::test]
async fn a_client_that_is_deleted_takes_its_tokens_along() {
    let own = Own::new().await;
    let tokens = own.registry.log_in(&own.client, "https://client.example/cb", true).await;
    let refresh = tokens.member("refresh_token");
    let answer = own.send(Method::DELETE, own.text("registration_access_token"), "").await;
    assert_eq!((answer.status.as_u16(), answer.text()), (204, ""));
    let answer = own.send(Method::GET, own.text("registration_access_token"), "").await;
    assert_eq!(answer.status, 401);
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh.as_str()),
        ("client_id", own.text("client_id")),
        ("client_secret", own.text("client_secret")),
    ];
    own.registry.app.post("/token", "", &form).await.assert_error(401, "invalid_client");
}
