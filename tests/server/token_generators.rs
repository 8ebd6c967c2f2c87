//! The statements of generators about their tokens, as clients, resources and starting servers see them.

use oauth_core::jose::{Algorithm, Jwk};
use oauth_core::prelude::*;
use oauth_tests::{App, ISSUER, basic, clients};
use serde_json::json;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

async fn accounts() -> Accounts {
    let store = MemoryStore::default();
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    Accounts { store }
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
struct Server<G: TokenGenerator + 'static> {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: G,
}

async fn app(tokens: impl TokenGenerator + 'static) -> App {
    App::of(Server { accounts: accounts().await, tokens })
}

async fn refusal(tokens: impl TokenGenerator + 'static) -> String {
    Server { accounts: accounts().await, tokens }.into_router().unwrap_err().to_string()
}

async fn token(app: &App) -> String {
    app.post("/token", &basic("machine"), &[("grant_type", "client_credentials")])
        .await
        .member("access_token")
}

#[token_generator(opaque, audience = "https://api.example.com", entropy = 128, prefix = "acme_at_")]
struct ForTheApi;

#[token_generator(opaque)]
struct ForAnybody;

#[tokio::test]
async fn rfc_7662_section_2_2_an_opaque_token_has_the_audience_of_its_generator() {
    let by_hand = Opaque::DEFAULT.audience("https://api.example.com");
    for (app, audience) in [
        (app(ForTheApi).await, "https://api.example.com"),
        (app(by_hand).await, "https://api.example.com"),
        (app(ForAnybody).await, ISSUER),
    ] {
        let token = token(&app).await;
        let seen = app.post("/introspect", &basic("machine"), &[("token", &token)]).await.json();
        assert_eq!((&seen["active"], &seen["aud"]), (&json!(true), &json!(audience)));
    }
}

#[tokio::test]
async fn rfc_6749_section_10_10_a_generator_has_the_entropy_that_is_written() {
    let token = token(&app(ForTheApi).await).await;
    assert_eq!(token.len(), "acme_at_".len() + 22 + 6, "{token}");
    assert!(Opaque::DEFAULT.prefix("acme_at_").entropy(128).looks_valid(&token));
}

#[tokio::test]
async fn rfc_6749_section_10_10_what_can_be_guessed_does_not_start() {
    let mistakes = refusal(Opaque::DEFAULT.entropy(64)).await;
    assert!(
        mistakes.contains("`entropy = 64` can be guessed") && mistakes.contains("RFC 6749 §10.10"),
        "{mistakes}"
    );
}

#[token_generator(jwt, issuer = "https://auth.example.com")]
struct Shared(#[signing_key] KeyRing);

#[tokio::test]
async fn rfc_7518_section_6_4_a_secret_is_never_published() {
    let secret = SigningKey::hmac([7; 32], Algorithm::HS256).unwrap();
    let public = SigningKey::generate(Algorithm::ES256).unwrap();
    // By construction: an HMAC key has no public half, and a ring publishes nothing else.
    let app_with_secret = app(Shared(KeyRing::new(secret.clone()))).await;
    assert_eq!(app_with_secret.get("/jwks.json").await.status, 404);
    let metadata = app_with_secret.get("/.well-known/oauth-authorization-server").await.json();
    assert!(metadata.get("jwks_uri").is_none(), "{metadata}");
    let mixed = app(Shared(KeyRing::new(public).and_publish(secret).unwrap())).await;
    let keys: serde_json::Value = serde_json::from_str(mixed.get("/jwks.json").await.text()).unwrap();
    assert_eq!(keys["keys"].as_array().unwrap().len(), 1);
    assert_eq!(keys["keys"][0]["kty"], "EC");
    // And what would tell a secret is no `Jwk`.
    let private = json!({ "kty": "OKP", "crv": "Ed25519", "x": "AA", "d": "AA" });
    for jwk in [json!({ "kty": "oct", "k": "BwcH" }), json!({ "kty": "oct" }), private] {
        let refused = serde_json::from_value::<Jwk>(jwk).unwrap_err().to_string();
        assert!(refused.contains("RFC 7517 §9.2"), "{refused}");
    }
}
