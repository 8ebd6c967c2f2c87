//! [`KeySet`]: somebody else's public keys.

use jsonwebtoken::jwk::AlgorithmParameters;
use serde::Deserialize;
use serde_json::Value;

use super::jws::{Jws, VerifiedJwt};
use super::verify::{VerifyingKey, verify_with};
use super::{Algorithm, InvalidJws, InvalidKey, Jwk};

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
        Self::from_json_for(json, &[Algorithm::RS256])
    }

    /// As [`from_json`](Self::from_json); an RSA key that does not say its `alg` (RFC 7517 §4.4: it is OPTIONAL) verifies
    /// those of RSA that the caller expects.
    pub(crate) fn from_json_for(json: &[u8], algorithms: &[Algorithm]) -> Result<Self, InvalidKey> {
        let document: Document = serde_json::from_slice(json)
            .map_err(|_| InvalidKey::new("it is not a JWK Set, a JSON object with `keys` (RFC 7517 §5)"))?;
        let ignored =
            |cause: &str| tracing::debug!(target: "oauth_core", cause, "a key of a JWK Set is ignored");
        let mut understood = Vec::new();
        for key in document.keys {
            let jwk = match serde_json::from_value::<Jwk>(key) {
                Ok(jwk) => jwk,
                Err(cause) => {
                    ignored(&cause.to_string());
                    continue;
                }
            };
            for jwk in with_algorithms(jwk, algorithms) {
                match VerifyingKey::from_jwk(&jwk) {
                    Ok(key) => understood.push(key),
                    Err(cause) => ignored(&cause.to_string()),
                }
            }
        }
        Ok(Self(understood))
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

/// The key once for each algorithm that it may verify: RFC 8725 §3.1 has one a key.
fn with_algorithms(jwk: Jwk, algorithms: &[Algorithm]) -> Vec<Jwk> {
    if jwk.common.key_algorithm.is_some() || !matches!(jwk.algorithm, AlgorithmParameters::RSA(_)) {
        return vec![jwk];
    }
    let of_rsa = algorithms.iter().filter(|algorithm| is_rsa(**algorithm));
    of_rsa
        .map(|algorithm| {
            let mut jwk = jwk.clone();
            jwk.common.key_algorithm = Some((*algorithm).into());
            jwk
        })
        .collect()
}

const fn is_rsa(algorithm: Algorithm) -> bool {
    use Algorithm::{PS256, PS384, PS512, RS256, RS384, RS512};

    matches!(algorithm, RS256 | RS384 | RS512 | PS256 | PS384 | PS512)
}

impl FromIterator<VerifyingKey> for KeySet {
    fn from_iter<I: IntoIterator<Item = VerifyingKey>>(keys: I) -> Self {
        Self(keys.into_iter().collect())
    }
}
