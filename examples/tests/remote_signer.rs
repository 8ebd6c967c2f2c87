//! The key that is in another process.

use axum::http::StatusCode;
use oauth_core::jose::KeySet;

use crate::support::{Beside, Example, run};

#[tokio::test]
async fn a_server_signs_with_a_key_of_another_process_and_outlives_its_restart() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let (status, _, errors) = run("remote_signer", &["serve", "signer", "127.0.0.1:0"], directory.path());
    assert!(status != Some(0) && errors.contains("start it first"), "{errors}");

    let signer_of = directory.path().to_owned();
    let signer = Beside::start("remote_signer", &["sign", "signer"], &signer_of);
    let example = Example::start_in(directory, "remote_signer", &["serve", "signer", "127.0.0.1:0"], "curl");
    let browser = example.browser();
    let credentials = example.word_after("curl -u ").split_once(':').expect("client:secret");
    let form = [("grant_type", "client_credentials")];
    let token = browser.post_as(credentials, "/token", &form).await.json();
    let keys = KeySet::from_json(browser.get("/jwks.json").await.body.as_bytes()).expect("a JWK Set");
    let is_signed =
        |token: &serde_json::Value| keys.verify_jws(token["access_token"].as_str().expect("a token")).is_ok();
    assert!(is_signed(&token), "{token}");

    drop(signer);
    let refused = browser.post_as(credentials, "/token", &form).await;
    assert_eq!(refused.status, StatusCode::INTERNAL_SERVER_ERROR, "{}", refused.body);
    assert_eq!(refused.json()["error"], "server_error");

    // The same key, of its file.
    let _signer = Beside::start("remote_signer", &["sign", "signer"], &signer_of);
    assert!(is_signed(&browser.post_as(credentials, "/token", &form).await.json()));
}
