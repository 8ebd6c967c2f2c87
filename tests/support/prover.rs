//! A client's key, and the proofs that it signs, right and wrong.

use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::jose::thumbprint;
use oauth_core::prelude::*;
use oauth_core::time::UnixTime;
use serde_json::{Value, json};

use crate::forge;

/// A client's key.
#[derive(Debug)]
pub struct Prover(pub SigningKey);

impl Default for Prover {
    fn default() -> Self {
        Self::new()
    }
}

impl Prover {
    /// A key for ES256.
    pub fn new() -> Self {
        Self::with(Algorithm::ES256)
    }

    /// A key for this algorithm.
    pub fn with(algorithm: Algorithm) -> Self {
        Self(SigningKey::generate(algorithm).unwrap())
    }

    /// The public key, bare.
    pub fn jwk(&self) -> Value {
        let mut jwk = serde_json::to_value(self.0.verifying_key().public_jwk().unwrap()).unwrap();
        for member in ["kid", "use", "alg"] {
            jwk.as_object_mut().unwrap().remove(member);
        }
        jwk
    }

    /// The thumbprint of the public key.
    pub fn jkt(&self) -> String {
        thumbprint(self.0.verifying_key().public_jwk().unwrap()).unwrap()
    }

    /// A good proof, to be made worse.
    pub fn draft(&self, method: &str, url: &str, now: UnixTime) -> Draft<'_> {
        static JTI: AtomicU64 = AtomicU64::new(0);
        let jti = format!("jti-{}", JTI.fetch_add(1, Ordering::Relaxed));
        Draft {
            key: &self.0,
            header: json!({ "typ": "dpop+jwt", "alg": self.0.algorithm().as_str(), "jwk": self.jwk() }),
            claims: json!({ "jti": jti, "htm": method, "htu": url, "iat": now.as_secs() }),
        }
    }
}

/// A proof before it is signed.
#[derive(Debug)]
pub struct Draft<'k> {
    key: &'k SigningKey,
    /// The JOSE header.
    pub header: Value,
    /// The claims.
    pub claims: Value,
}

impl Draft<'_> {
    /// Sets a claim.
    #[must_use]
    pub fn claim(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.claims[name] = value.into();
        self
    }

    /// Leaves a claim out.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.claims.as_object_mut().unwrap().remove(name);
        self
    }

    /// Sets a member of the header.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.header[name] = value.into();
        self
    }

    /// The proof at a resource, with this token.
    #[must_use]
    pub fn with_token(self, token: &str) -> Self {
        self.claim("ath", ath(token))
    }

    /// The proof.
    pub fn sign(&self) -> String {
        forge(self.key, &self.header, &self.claims.to_string())
    }
}

/// The hash of a token (RFC 9449 §4.2).
pub fn ath(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, token.as_bytes()))
}

/// The claims of a JWT, whoever signed it.
pub fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}
