//! A client with a key that it authenticates by and another that its tokens are bound to.

use std::sync::atomic::{AtomicU64, Ordering};

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::prelude::*;
use oauth_core::time::UnixTime;
use oauth_tests::forge;
use serde_json::{Value, json};

/// A client of the bank.
pub(crate) struct Fintech {
    pub(crate) id: &'static str,
    pub(crate) key: SigningKey,
    pub(crate) prover: SigningKey,
}

fn fresh(what: &str) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    format!("{what}-{}", COUNT.fetch_add(1, Ordering::Relaxed))
}

impl Fintech {
    pub(crate) fn new(id: &'static str) -> Self {
        let key = || SigningKey::generate(Algorithm::ES256).unwrap();
        Self { id, key: key(), prover: key() }
    }

    /// Its registration, with an `https` redirect URI.
    pub(crate) fn registration(&self) -> Client {
        let client = Client::private_key_jwt(self.id, jwks(&self.key)).scope("openid accounts");
        let client = client.redirect_uri(self.redirect_uri()).introspects("https://auth.example.com");
        client.build().unwrap()
    }

    pub(crate) fn redirect_uri(&self) -> String {
        format!("https://{}.example/cb", self.id)
    }

    pub(crate) fn claims(&self, now: UnixTime) -> Value {
        let now = now.as_secs();
        json!({
            "iss": self.id, "sub": self.id, "aud": oauth_tests::ISSUER, "jti": fresh("assertion"), "iat": now, "exp": now + 60,
        })
    }

    pub(crate) fn assertion(&self, now: UnixTime) -> String {
        signed(&self.key, &self.claims(now))
    }

    /// A proof for a request of this kind, with the access token that it comes with.
    pub(crate) fn proof(&self, method: &str, url: &str, now: UnixTime, token: Option<&str>) -> String {
        let mut claims = json!({ "jti": fresh("proof"), "htm": method, "htu": url, "iat": now.as_secs() });
        if let Some(token) = token {
            claims["ath"] = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, token.as_bytes())).into();
        }
        let mut jwk = serde_json::to_value(self.prover.public_jwk().unwrap()).unwrap();
        for member in ["kid", "use", "alg"] {
            jwk.as_object_mut().unwrap().remove(member);
        }
        let header = json!({ "typ": "dpop+jwt", "alg": self.prover.algorithm().as_str(), "jwk": jwk });
        forge(&self.prover, &header, &claims.to_string())
    }
}

/// A JWT with these claims.
pub(crate) fn signed(key: &SigningKey, claims: &Value) -> String {
    forge(key, &json!({ "typ": "JWT", "alg": key.algorithm().as_str() }), &claims.to_string())
}

/// The JWK Set of a key, in JSON.
pub(crate) fn jwks(key: &SigningKey) -> String {
    json!({ "keys": [key.public_jwk()] }).to_string()
}
