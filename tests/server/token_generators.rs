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

/// Makes tokens itself: what it was told to, or else what nobody guesses.
#[validator(custom)]
struct Making {
    #[store]
    store: MemoryStore,
    access: Option<&'static str>,
    refresh: Option<&'static str>,
}

impl Making {
    async fn new(access: Option<&'static str>, refresh: Option<&'static str>) -> Self {
        let store = MemoryStore::default();
        for client in clients() {
            store.save_client(client).await.unwrap();
        }
        Self { store, access, refresh }
    }
}

#[validator]
impl Making {
    #[token_generator]
    fn generate_access_token(&self, _: &Request) -> Result<String> {
        Ok(self.access.map_or_else(|| SecretString::random().expose().to_owned(), str::to_owned))
    }

    #[token_generator(refresh)]
    async fn generate_refresh_token(&self, _: &Request) -> Result<String> {
        Ok(self.refresh.map_or_else(|| SecretString::random().expose().to_owned(), str::to_owned))
    }
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", shared_validator)]
struct Maker {
    #[validator]
    making: Making,
}

const CONSTANT: &str = "the-same-token-for-whoever-asks";

async fn ask(app: &App) -> (u16, serde_json::Value) {
    let answer = app.post("/token", &basic("machine"), &[("grant_type", "client_credentials")]).await;
    (answer.status.as_u16(), answer.json())
}

#[tokio::test]
async fn rfc_6749_section_10_10_a_method_that_returns_what_can_be_guessed_issues_nothing() {
    for short in ["42", "constant", "AAECAwQFBgcICQoLDA0OD", "00112233445566778899aabbcc"] {
        let app = App::of(Maker { making: Making::new(Some(short), None).await });
        let (status, answer) = ask(&app).await;
        assert_eq!((status, &answer["error"]), (500, &json!("server_error")), "{short}");
        assert!(answer.get("access_token").is_none() && !answer.to_string().contains(short), "{answer}");
        let seen = app.post("/introspect", &basic("machine"), &[("token", short)]).await.json();
        assert_eq!(seen["active"], false, "{short}");
    }
}

#[tokio::test]
async fn rfc_6749_section_10_10_a_method_that_returns_a_constant_is_found_out() {
    let app = App::of(Maker { making: Making::new(Some(CONSTANT), None).await });
    assert_eq!(ask(&app).await.0, 200);
    for _ in 0..3 {
        let (status, answer) = ask(&app).await;
        assert_eq!((status, &answer["error"]), (500, &json!("server_error")));
        assert!(answer.get("access_token").is_none(), "{answer}");
    }
    // What is random is another each time.
    let app = App::of(Maker { making: Making::new(None, None).await });
    for _ in 0..8 {
        assert_eq!(ask(&app).await.0, 200);
    }
}

#[tokio::test]
async fn rfc_6749_section_10_10_refresh_tokens_of_a_method_cannot_be_guessed_either() {
    let client = || Client::public("app").redirect_uri("https://app.example/cb").build().unwrap();
    let validator = Making::new(None, Some("42")).await;
    let mut request = Request::local(client()).with_subject("alice");
    let error =
        BearerToken::new(&validator).create_token(&mut request, IncludeRefreshToken::Yes).await.unwrap_err();
    let cause = error.source().unwrap().to_string();
    assert!(cause.contains("a refresh token of 2 characters"), "{cause}");
    let validator = Making::new(None, None).await;
    let bearer = BearerToken::new(&validator);
    assert!(bearer.create_token(&mut request, IncludeRefreshToken::Yes).await.is_ok());
}
