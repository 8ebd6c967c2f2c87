//! Proofs of possession: the one kind of JWT that is verified with the key that it brings.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Expect, jwt};
use crate::cache::Cache;
use crate::jose::jws::{Parts, Words, decode};
use crate::jose::{InvalidJws, Jwk, VerifyingKey};
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// The most keys that are known.
const KEYS: usize = 10_000;
/// The longest header that is known, in characters, so that the memory is bounded, and not only the number: one with an RSA key of 3072 bits
/// has less.
const LONGEST: usize = 1024;
/// The time for which a key is known without being read again.
const KNOWN_FOR: Duration = Duration::from_hours(1);

/// Keys by the header that brought them, once they verified what came with it: each proof of a client has the same. It spares what follows
/// from the header alone: the reading of the key, the check that it is on its curve, and its thumbprint. Whose the key is, and everything
/// that a proof says, is looked at each time.
pub(crate) struct OwnKeys(Cache<VerifyingKey, UnixTime>);

impl OwnKeys {
    pub(crate) fn new() -> Self {
        Self(Cache::new(KEYS))
    }
}

/// The part of the header that [`Words`] does not read.
#[derive(Deserialize)]
struct Header {
    jwk: Option<Map<String, Value>>,
}

impl Expect<'_> {
    /// Verifies a JWT with the public key of its own header (RFC 7515 §4.1.3), and returns its claims and the key, whose `kid` is its
    /// thumbprint: whose it is, the caller finds out. Of its times only `iat` has a meaning to the caller; `exp` and `nbf` are none of RFC
    /// 9449 §4.2, and passed over. What is known is of this kind of JWT alone.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks.
    pub(crate) fn verify_with_own_key(
        &self,
        known: &OwnKeys,
        token: &str,
    ) -> Result<(Map<String, Value>, VerifyingKey), InvalidJws> {
        self.check_length(token)?;
        let Parts { header, payload, signature, signing_input } = Parts::of(token)?;
        let hash = (header.len() <= LONGEST).then(|| TokenHash::of(header));
        let found = hash.and_then(|hash| known.0.get(&hash, self.now, |key| Some(key.clone())));
        let is_known = found.is_some();
        let key = match found {
            Some(key) => {
                self.check_algorithm(key.algorithm())?;
                key
            }
            None => self.own_key(header)?,
        };
        if !key.verify(signing_input.as_bytes(), &decode(signature)?) {
            return Err(InvalidJws::BadSignature);
        }
        if let Some(hash) = hash.filter(|_| !is_known) {
            known.0.put(hash, key.clone(), self.now + KNOWN_FOR, self.now);
        }
        let claims = jwt::claims(&decode(payload)?)?;
        self.check_texts(&claims)?;
        for name in self.kind.rules().times {
            jwt::time(&claims, name)?.ok_or(InvalidJws::MalformedTime)?;
        }
        Ok((claims, key))
    }

    /// The key of a header that may be one of the kind.
    fn own_key(&self, header: &str) -> Result<VerifyingKey, InvalidJws> {
        let Words { algorithm, typ, .. } = Words::read(header)?;
        self.check_typ(typ.as_deref())?;
        self.check_algorithm(algorithm)?;
        VerifyingKey::for_algorithm(algorithm, &own_jwk(header)?).map_err(|_| InvalidJws::NoOwnKey)
    }
}

/// RFC 9449 §4.3, point 7: "the jwk JOSE Header Parameter does not contain a private key", nor is there a secret in it.
fn own_jwk(header: &str) -> Result<Jwk, InvalidJws> {
    let Header { jwk } = serde_json::from_slice(&decode(header)?).map_err(|_| InvalidJws::Malformed)?;
    let jwk = Jwk::try_from(jwk.ok_or(InvalidJws::NoOwnKey)?).map_err(|_| InvalidJws::NoOwnKey)?;
    // RFC 7517 §4.2: a key of encryption signs nothing.
    if jwk.usage().is_some_and(|usage| usage != "sig") { Err(InvalidJws::NoOwnKey) } else { Ok(jwk) }
}
