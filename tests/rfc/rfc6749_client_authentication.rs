//! RFC 6749 §2.3, §3.2.1.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use oauth_tests::{App, basic, secret};

const GRANT: (&str, &str) = ("grant_type", "client_credentials");

#[tokio::test]
async fn section_2_3_1_basic() {
    let app = App::new().await;
    assert_eq!(app.post("/token", &basic("machine"), &[GRANT]).await.member("token_type"), "Bearer");
    let lower = basic("machine").replace("Basic", "basic");
    assert_eq!(
        app.post("/token", &lower, &[GRANT]).await.status,
        200,
        "RFC 9110 §11.1: schemes have no case"
    );
    let form = [GRANT, ("client_id", "machine")];
    assert_eq!(
        app.post("/token", &basic("machine"), &form).await.status,
        200,
        "a client_id alone is no second method"
    );
}

#[tokio::test]
async fn section_2_3_1_basic_credentials_are_form_encoded_first() {
    let app = App::new().await;
    let encoded = format!("Basic {}", STANDARD.encode(format!("%6Dachine:{}", secret())));
    assert_eq!(app.post("/token", &encoded, &[GRANT]).await.status, 200);
}

#[tokio::test]
async fn section_2_3_1_post() {
    let app = App::new().await;
    let form = [GRANT, ("client_id", "post"), ("client_secret", secret())];
    assert_eq!(app.post("/token", "", &form).await.status, 200);
}

#[tokio::test]
async fn section_2_3_two_methods_at_once_are_an_error() {
    let app = App::new().await;
    let form = [GRANT, ("client_id", "machine"), ("client_secret", secret())];
    app.post("/token", &basic("machine"), &form).await.assert_error(400, "invalid_request");
    let form = [GRANT, ("client_id", "web")];
    app.post("/token", &basic("machine"), &form).await.assert_error(400, "invalid_request");
}

#[tokio::test]
async fn section_5_2_every_failure_has_one_answer() {
    let app = App::new().await;
    let wrong = |id: &str, secret: &str| format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")));
    let mut bodies = Vec::new();
    for authorization in [
        wrong("machine", "wrong-secret-of-this-client"),
        wrong("machine", ""),
        wrong("nobody", secret()),
        wrong("spa", secret()),
        wrong("post", secret()),
        "Basic !!!".to_owned(),
        "Basic".to_owned(),
        "Bearer abc".to_owned(),
        format!("Basic {}", STANDARD.encode("no colon")),
        format!("Basic {}", STANDARD.encode([0xff, b':', 0xfe])),
    ] {
        let answer = app.post("/token", &authorization, &[GRANT]).await;
        answer.assert_error(401, "invalid_client");
        assert!(answer.header("www-authenticate").starts_with("Basic "), "{answer:?}");
        bodies.push(answer.body);
    }
    for form in [
        vec![GRANT],
        vec![GRANT, ("client_id", "nobody")],
        vec![GRANT, ("client_id", "machine")],
        vec![GRANT, ("client_id", "machine"), ("client_secret", secret())],
        vec![GRANT, ("client_id", "post"), ("client_secret", "wrong-secret-of-this-client")],
    ] {
        let answer = app.post("/token", "", &form).await;
        answer.assert_error(401, "invalid_client");
        bodies.push(answer.body);
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "nothing tells an unknown client from a wrong secret: {bodies:?}");
}

/// RFC 6749 §2.3.1: "the authorization server MUST protect any endpoint utilizing it against brute force attacks." Unknown clients are
/// counted as well, so that nothing tells which there are; and whoever guesses keeps nobody else out.
#[tokio::test]
async fn section_2_3_1_guessing_client_secrets_is_slowed_down() {
    let app = App::new().await;
    let guess = async |address: &str, client_id: &str, secret: &str| {
        let header = format!("Basic {}", STANDARD.encode(format!("{client_id}:{secret}")));
        app.from(address).post("/introspect", &header, &[("token", "any")]).await
    };
    for client_id in ["web", "nobody"] {
        for _ in 0..30 {
            guess("198.51.100.1", client_id, "a wrong secret, but long")
                .await
                .assert_error(401, "invalid_client");
        }
        let refused = guess("198.51.100.1", client_id, secret()).await;
        refused.assert_error(429, "temporarily_unavailable");
        assert_eq!(refused.header("retry-after"), "10");
    }
    assert_eq!(guess("203.0.113.7", "web", secret()).await.status, 200, "the client itself");
    for _ in 0..60 {
        assert_eq!(guess("203.0.113.7", "web", secret()).await.status, 200, "successes do not count");
    }
}
