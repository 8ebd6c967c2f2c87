//! The documents and the report.

use oauth_core::client::ClientMetadata;
use oauth_core::prelude::*;
use oauth_core::resource::ResourceConfig;
use serde_json::{Value, json};

use crate::world::{HEALING, REQUIRED, Server, world};

const ALGORITHMS: [&str; 5] = ["ES256", "ES384", "PS256", "EdDSA", "Ed25519"];

#[tokio::test]
async fn the_metadata_names_the_algorithms() {
    let world = world::<HEALING>().await;
    for path in ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"] {
        let document = world.app.get(path).await.json();
        assert_eq!(document["dpop_signing_alg_values_supported"], json!(ALGORITHMS));
    }
    let plain = oauth_tests::App::new().await.get("/.well-known/oauth-authorization-server").await.json();
    assert!(plain.get("dpop_signing_alg_values_supported").is_none());
}

#[tokio::test]
async fn so_does_the_metadata_of_a_resource() {
    let world = world::<HEALING>().await;
    let document = |config: ResourceConfig| -> Value {
        let resource = world.server.protected_resource(config.resource("https://api.example.com")).unwrap();
        serde_json::from_slice(resource.metadata().unwrap()).unwrap()
    };
    let accepting = document(ResourceConfig::new());
    assert_eq!(accepting["dpop_signing_alg_values_supported"], json!(ALGORITHMS));
    assert!(accepting.get("dpop_bound_access_tokens_required").is_none());
    assert_eq!(document(ResourceConfig::new().dpop_required())["dpop_bound_access_tokens_required"], true);
}

#[tokio::test]
async fn the_report_tells_whose_the_nonces_are() {
    let store = MemoryStore::new();
    let random = Server::<_, REQUIRED>::over(store.clone()).report().to_string();
    assert!(random.contains("every proof needs a nonce, made of a random key of this process"), "{random}");
    let key = oauth_core::binding::NonceKey::new([1; 32]).unwrap();
    let shared = Server::<_, HEALING> { nonces: Some(key), ..Server::over(store) }.report().to_string();
    assert!(
        shared.contains("a wrong clock gets a nonce, made of a key that its instances share"),
        "{shared}"
    );
}

#[test]
fn a_client_registers_that_its_tokens_are_bound() {
    let json = r#"{"redirect_uris": ["https://a.example/cb"], "token_endpoint_auth_method": "none", "dpop_bound_access_tokens": true}"#;
    let metadata: ClientMetadata = serde_json::from_str(json).unwrap();
    assert!(metadata.into_builder("a", None).unwrap().build().unwrap().dpop_bound_access_tokens);
    assert!(ClientMetadata::MEMBERS.contains(&"dpop_bound_access_tokens"));
}

#[test]
fn a_short_key_of_nonces_is_refused() {
    let mistake = oauth_core::binding::NonceKey::new([0; 31]).unwrap_err().to_string();
    assert!(mistake.contains("31 bytes") && mistake.contains("32"), "{mistake}");
}
