//! RFC 9068 access tokens inside RFC 7516: signed, then encrypted to the resource server.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::prelude::*;
use oauth_core::token::{JweProfile, JwtProfile};
use oauth_tests::{Accounts, App, ISSUER, ReadJwt as _, basic, clients, ready};
use serde_json::{Value, json};

#[token_generator(
    jwe,
    issuer = "https://auth.example.com",
    audience = "https://api.example.com",
    alg = "ECDH-ES+A256KW",
    enc = "A256GCM",
    expires_in = "5m",
    claims(tier = 3)
)]
struct AccessTokens {
    #[signing_key]
    keys: KeyRing,
    #[encryption_key]
    resource: EncryptionKey,
}

#[authorization_server(grants(client_credentials), scopes("jobs"))]
struct Machines {
    #[validator]
    accounts: Validator,
    #[access_token]
    tokens: AccessTokens,
}

#[validator]
struct Validator {
    #[store]
    store: MemoryStore,
}

fn recipient(alg: KeyManagement) -> DecryptionKey {
    DecryptionKey::generate(alg, ContentEncryption::A256GCM).unwrap()
}

fn signing_key() -> KeyRing {
    SigningKey::generate(Algorithm::ES256).unwrap().into()
}

async fn app(resource: &DecryptionKey, keys: &KeyRing) -> App {
    let store = MemoryStore::new();
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    let tokens = AccessTokens { keys: keys.clone(), resource: resource.encryption_key().clone() };
    App::of(Machines { accounts: Validator { store }, tokens })
}

#[tokio::test]
async fn section_4_the_resource_server_decrypts_and_then_verifies() {
    let (resource, keys) = (recipient(KeyManagement::EcdhEsA256KW), signing_key());
    let app = app(&resource, &keys).await;
    let answer = app.post("/token", &basic("machine"), &[("grant_type", "client_credentials")]).await;
    assert_eq!(answer.json()["expires_in"], 300);
    let token = answer.member("access_token");
    let header = URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    for (name, value) in [("alg", "ECDH-ES+A256KW"), ("enc", "A256GCM"), ("cty", "JWT"), ("typ", "at+jwt")] {
        assert_eq!(header[name], value);
    }
    assert_eq!(header["kid"].as_str(), resource.encryption_key().kid());
    let jwt = keys.verify(resource.decrypt_jwt(&token).unwrap().expose()).unwrap();
    assert_eq!(jwt.typ.as_deref(), Some("at+jwt"));
    for (name, value) in [
        ("iss", json!(ISSUER)),
        ("aud", json!("https://api.example.com")),
        ("sub", json!("machine")),
        ("client_id", json!("machine")),
        ("scope", json!("jobs")),
        ("tier", json!(3)),
    ] {
        assert_eq!(jwt.claims[name], value, "{name}");
    }
    // The server itself knows it by its hash, like any other.
    assert!(app.is_active(&token).await);
    app.post("/revoke", &basic("machine"), &[("token", &token)]).await;
    assert!(!app.is_active(&token).await);
    // The keys of the signature are published, the recipient's is not ours to publish.
    let published: Value = serde_json::from_slice(&app.get("/jwks.json").await.body).unwrap();
    assert_eq!(published["keys"].as_array().unwrap().len(), 1);
    assert_eq!(published["keys"][0]["use"], "sig");
}

#[tokio::test]
async fn the_bearer_token_engine_validates_encrypted_tokens() {
    let accounts = Accounts(MemoryStore::new());
    for client in clients() {
        accounts.0.save_client(client).await.unwrap();
    }
    let resource = recipient(KeyManagement::EcdhEsA256KW);
    let tokens = AccessTokens { keys: signing_key(), resource: resource.encryption_key().clone() };
    let bearer = BearerToken::new(&accounts).token_generator(&tokens);
    let mut request =
        Request::local(clients().into_iter().find(|client| client.client_id == "machine").unwrap());
    request = request.with_scopes(ScopeSet::parse("jobs").unwrap());
    let token = bearer.create_token(&mut request, IncludeRefreshToken::No).await.unwrap();
    accounts.save_bearer_token(&token, &mut request).await.unwrap();
    let text = token.access_token.expose();
    let resource_request = |token: &str| {
        let request = http::Request::get("/jobs").header("authorization", format!("Bearer {token}"));
        Request::for_resource(&request.body(()).unwrap().into_parts().0).unwrap()
    };
    let record = bearer.validate_request(&mut resource_request(text)).await.unwrap();
    assert_eq!(record.client_id(), "machine");
    let changed = format!("{}A", &text[..text.len() - 1]);
    assert!(bearer.validate_request(&mut resource_request(&changed)).await.is_err() || changed == text);
}

#[test]
fn rfc_8725_section_3_1_the_key_must_have_the_algorithms_of_the_profile() {
    let keys = signing_key();
    let key = recipient(KeyManagement::EcdhEs);
    let profile = JweProfile::new(JwtProfile::new());
    assert_eq!(profile.check(&keys, &key), Ok(()));
    assert_eq!(profile.alg(KeyManagement::EcdhEs).enc(ContentEncryption::A256GCM).check(&keys, &key), Ok(()));
    for (profile, says) in [
        (
            profile.alg(KeyManagement::EcdhEsA256KW),
            "says alg = \"ECDH-ES+A256KW\", but its encryption key has ECDH-ES (RFC 8725 §3.1): call \
             `.with_alg(KeyManagement::EcdhEsA256KW)`",
        ),
        (
            profile.enc(ContentEncryption::A128CbcHs256),
            "says enc = \"A128CBC-HS256\", but its encryption key has A256GCM (RFC 8725 §3.1): call \
             `.with_enc(ContentEncryption::A128CbcHs256)`",
        ),
        (JweProfile::new(JwtProfile::new().algorithm(Algorithm::RS256)), "says algorithm = \"RS256\""),
    ] {
        let message = profile.check(&keys, &key).unwrap_err();
        assert!(message.contains(says), "{message}");
        let request = Request::local(clients().remove(0));
        let error = ready(profile.generate(&keys, key.encryption_key(), ISSUER, &request)).unwrap_err();
        assert_eq!((error.code(), error.description()), (ErrorCode::ServerError, None));
    }
}

#[tokio::test]
async fn a_server_whose_key_is_of_another_algorithm_does_not_start() {
    let tokens = AccessTokens {
        keys: signing_key(),
        resource: recipient(KeyManagement::A256KW).encryption_key().clone(),
    };
    let accounts = Validator { store: MemoryStore::new() };
    let error = Machines { accounts, tokens }.into_service().unwrap_err();
    assert!(error.mistakes().any(|mistake| mistake.contains("alg = \"ECDH-ES+A256KW\"")), "{error}");
}
