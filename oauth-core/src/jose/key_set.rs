//! [`KeySet`]: somebody else's public keys.

use serde::Deserialize;
use serde_json::Value;

use super::jws::{Jws, VerifiedJwt};
use super::verify::{VerifyingKey, verify_with};
use super::{InvalidJws, InvalidKey, Jwk};

/// The keys of a JWK Set (RFC 7517 §5) that can verify signatures. Nothing here can sign.
#[derive(Debug, Clone, Default)]
pub struct KeySet(Vec<VerifyingKey>);

#[derive(Deserialize)]
struct Document {
    keys: Vec<Value>,
}

impl KeySet {
    /// Reads a JWK Set.
    ///
    /// RFC 7517 §5: "Implementations SHOULD ignore JWKs within a JWK Set that use "kty" (key type) values that are not
    /// understood by them, that are missing required members, or for which values are out of the supported ranges." So are
    /// those that are for encryption, symmetric or too weak.
    ///
    /// # Errors
    ///
    /// If it is no JSON object with a list `keys`.
    pub fn from_json(json: &[u8]) -> Result<Self, InvalidKey> {
        let document: Document = serde_json::from_slice(json)
            .map_err(|_| InvalidKey::new("it is not a JWK Set, a JSON object with `keys` (RFC 7517 §5)"))?;
        let understood = document.keys.into_iter().filter_map(|key| {
            let key = serde_json::from_value::<Jwk>(key).map_err(|cause| cause.to_string());
            let key = key.and_then(|jwk| VerifyingKey::from_jwk(&jwk).map_err(|cause| cause.to_string()));
            key.inspect_err(
                |cause| tracing::debug!(target: "oauth_core", cause, "a key of a JWK Set is ignored"),
            )
            .ok()
        });
        Ok(Self(understood.collect()))
    }

    /// Whether no key is in it.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Verifies the signature of a JWT and returns its claims: see [`KeyRing::verify`](super::KeyRing::verify).
    ///
    /// # Errors
    ///
    /// As there.
    pub fn verify(&self, token: &str) -> Result<VerifiedJwt, InvalidJws> {
        VerifiedJwt::from_jws(self.verify_jws(token)?)
    }

    /// Verifies a JWS in compact form: see [`KeyRing::verify_jws`](super::KeyRing::verify_jws).
    ///
    /// # Errors
    ///
    /// As there.
    pub fn verify_jws<'a>(&self, token: &'a str) -> Result<Jws<'a>, InvalidJws> {
        verify_with(self.0.iter(), token)
    }
}

impl FromIterator<VerifyingKey> for KeySet {
    fn from_iter<I: IntoIterator<Item = VerifyingKey>>(keys: I) -> Self {
        Self(keys.into_iter().collect())
    }
}
