//! [`KeySet`]: somebody else's public keys.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use super::jws::Words;
use super::verify::VerifyingKey;
use super::{Algorithm, InvalidJws, InvalidKey, Jwk, Jws};

/// The keys of a JWK Set (RFC 7517 §5) that can verify signatures. Nothing here can sign, and cloning is cheap.
#[derive(Debug, Clone, Default)]
pub struct KeySet(Arc<[VerifyingKey]>);

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

    /// The same as [`from_json`](Self::from_json); an RSA key that does not say its `alg` (RFC 7517 §4.4: it
    /// is OPTIONAL) verifies those of RSA that the caller expects.
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
        Ok(Self::from_iter(understood))
    }

    /// Tells whether the set is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The keys.
    pub fn iter(&self) -> impl Iterator<Item = &VerifyingKey> {
        self.0.iter()
    }

    /// Tells whether the keys are the same, in the same order.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let is_same = |(one, other): (&VerifyingKey, &VerifyingKey)| one.is_same(other);
        Arc::ptr_eq(&self.0, &other.0)
            || self.0.len() == other.0.len() && self.iter().zip(other.iter()).all(is_same)
    }

    /// Verifies a JWS in compact form, whatever it holds. For a JWT, ask [`Expect`](super::Expect).
    ///
    /// Its `kid` picks the key; without one, every key of its `alg` is tried (RFC 7515 Appendix D). The algorithm is
    /// the key's, never the header's alone (RFC 8725 §3.1). Keys that the header brings along are ignored.
    ///
    /// # Errors
    ///
    /// As [`Jws::parse`], and [`InvalidJws::UnknownKey`], [`WrongAlgorithm`](InvalidJws::WrongAlgorithm) or
    /// [`BadSignature`](InvalidJws::BadSignature).
    pub fn verify_jws<'a>(&self, token: &'a str) -> Result<Jws<'a>, InvalidJws> {
        let jws = Jws::parse(token)?;
        self.check(&jws)?;
        Ok(jws)
    }

    /// The words of a header.
    pub(super) fn words(&self, header: &str) -> Result<Arc<Words>, InvalidJws> {
        match self.iter().find_map(|key| key.known_words(header)) {
            Some(words) => Ok(Arc::clone(words)),
            None => Words::read(header).map(Arc::new),
        }
    }

    /// Checks the signature: of that key which `kid` names, or without a `kid`, of any of its `alg`.
    pub(super) fn check(&self, jws: &Jws<'_>) -> Result<(), InvalidJws> {
        let Jws { algorithm, kid, signature, signing_input, .. } = jws;
        self.signer(*algorithm, kid.as_deref(), signing_input, signature).map(drop)
    }

    /// The key whose signature it is.
    pub(super) fn signer(
        &self,
        algorithm: Algorithm,
        kid: Option<&str>,
        signing_input: &str,
        signature: &[u8],
    ) -> Result<&VerifyingKey, InvalidJws> {
        let mut refusal = InvalidJws::UnknownKey;
        for key in self.iter() {
            let is_of_algorithm = key.algorithm() == algorithm;
            match kid {
                Some(kid) if key.kid() != Some(kid) => continue,
                None if !is_of_algorithm => continue,
                // RFC 7517 §4.5: keys of different types may share a `kid`.
                Some(_) if !is_of_algorithm => {
                    if matches!(refusal, InvalidJws::UnknownKey) {
                        refusal = InvalidJws::WrongAlgorithm;
                    }
                    continue;
                }
                _ => refusal = InvalidJws::BadSignature,
            }
            if key.verify(signing_input.as_bytes(), signature) {
                return Ok(key);
            }
        }
        Err(refusal)
    }
}

/// The key once for each algorithm that it may verify: RFC 8725 §3.1 has one a key.
fn with_algorithms(jwk: Jwk, algorithms: &[Algorithm]) -> Vec<Jwk> {
    if jwk.alg().is_some() || jwk.kty() != "RSA" {
        return vec![jwk];
    }
    let of_rsa = algorithms.iter().filter(|algorithm| algorithm.is_rsa());
    of_rsa.map(|algorithm| jwk.clone().with_alg(algorithm.as_str())).collect()
}

impl FromIterator<VerifyingKey> for KeySet {
    fn from_iter<I: IntoIterator<Item = VerifyingKey>>(keys: I) -> Self {
        Self(keys.into_iter().collect())
    }
}
