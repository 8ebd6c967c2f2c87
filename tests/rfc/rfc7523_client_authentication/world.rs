//! A client that signs, and its assertions.

use oauth_core::jose::JwtType;
use oauth_core::prelude::*;
use oauth_core::time::UnixTime;
use oauth_tests::{Answer, App, ISSUER, SignNow as _};
use serde_json::{Value, json};

pub(super) const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
pub(super) const GRANT: (&str, &str) = ("grant_type", "client_credentials");

pub(super) fn jwks(keys: &[&SigningKey]) -> String {
    let keys: Vec<_> = keys.iter().filter_map(|key| key.public_jwk()).collect();
    json!({ "keys": keys }).to_string()
}

pub(super) fn key(algorithm: Algorithm) -> SigningKey {
    SigningKey::generate(algorithm).unwrap()
}

pub(super) fn now() -> u64 {
    UnixTime::now().as_secs()
}

/// The claims that a good client asserts.
pub(super) fn claims(client_id: &str) -> Value {
    json!({
        "iss": client_id,
        "sub": client_id,
        "aud": ISSUER,
        "jti": SecretString::random().expose(),
        "iat": now(),
        "exp": now() + 60,
    })
}

pub(super) fn with(client_id: &str, name: &str, value: Value) -> Value {
    let mut claims = claims(client_id);
    claims[name] = value;
    claims
}

pub(super) fn sign(key: &SigningKey, claims: &Value) -> String {
    key.jwt(JwtType::Jwt, claims)
}

/// An assertion with any header, signed by the key as it is.
pub(super) fn forge(key: &SigningKey, header: &Value, claims: &Value) -> String {
    oauth_tests::forge(key, header, &claims.to_string())
}

/// A server whose client `signer` has this key.
pub(super) struct World {
    pub(super) app: App,
    pub(super) key: SigningKey,
}

impl World {
    pub(super) async fn new() -> Self {
        Self::over(MemoryStore::new()).await
    }

    pub(super) async fn over(store: impl oauth_tests::Store) -> Self {
        let key = key(Algorithm::ES256);
        for client in [
            Client::private_key_jwt("signer", jwks(&[&key])).scope("jobs").build().unwrap(),
            Client::private_key_jwt("neighbour", jwks(&[&SigningKey::generate(Algorithm::ES256).unwrap()]))
                .scope("jobs")
                .build()
                .unwrap(),
        ] {
            store.save_client(client).await.unwrap();
        }
        Self { app: App::over(store).await, key }
    }

    pub(super) async fn token(&self, assertion: &str) -> Answer {
        token(&self.app, assertion).await
    }

    pub(super) async fn assert_refused(&self, assertion: &str, why: &str) {
        let answer = self.token(assertion).await;
        assert_eq!(answer.status, 401, "{why}");
        answer.assert_error(401, "invalid_client");
        assert_eq!(answer.json()["error_description"], "client authentication failed", "{why}");
    }
}

pub(super) async fn token(app: &App, assertion: &str) -> Answer {
    app.post("/token", "", &[GRANT, ("client_assertion_type", TYPE), ("client_assertion", assertion)]).await
}
