//! Proofs of possession: the one kind of JWT that is verified with the key that it brings.

use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Expect, JwtClaims, jwt};
use crate::cache::Cache;
use crate::jose::jws::{LONGEST_KNOWN_HEADER, Parts, Words, decode};
use crate::jose::{InvalidJws, Jwk, VerifyingKey};
use crate::time::UnixTime;

/// The most keys that are known.
const KEYS: usize = 10_000;
/// The time for which a key is known without being read again.
const KNOWN_FOR: Duration = Duration::from_hours(1);

/// Keys by the header that brought them, once they verified what came with it: each proof of a client has the same. It spares what follows
/// from the header alone: the reading of the key, the check that it is on its curve, and its thumbprint. Whose the key is, and everything
/// that a proof says, is looked at each time.
///
/// A header is found by a hash that takes a tenth of SHA-256, with a seed that is random and never leaves the process, so that nobody who
/// chooses headers can tell which are of one place; and it is what it was if its text is the same.
pub(crate) struct OwnKeys {
    known: Cache<Known, UnixTime, u64>,
    seed: RandomState,
}

struct Known {
    header: Box<str>,
    key: VerifyingKey,
}

impl OwnKeys {
    pub(crate) fn new() -> Self {
        Self { known: Cache::new(KEYS), seed: RandomState::new() }
    }

    /// The place of a header that may be known.
    fn place(&self, header: &str) -> Option<u64> {
        (header.len() <= LONGEST_KNOWN_HEADER).then(|| self.seed.hash_one(header))
    }

    fn get(&self, place: u64, header: &str, now: UnixTime) -> Option<VerifyingKey> {
        self.known.get(&place, now, |known| (*known.header == *header).then(|| known.key.clone()))
    }

    fn put(&self, place: u64, header: &str, key: VerifyingKey, now: UnixTime) {
        self.known.put(place, Known { header: header.into(), key }, now + KNOWN_FOR, now);
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
    ) -> Result<(JwtClaims, VerifyingKey), InvalidJws> {
        self.check_length(token)?;
        let Parts { header, payload, signature, signing_input } = Parts::of(token)?;
        let place = known.place(header);
        let found = place.and_then(|place| known.get(place, header, self.now));
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
        if let Some(place) = place.filter(|_| !is_known) {
            known.put(place, header, key.clone(), self.now);
        }
        let claims = JwtClaims::read(decode(payload)?)?;
        self.check_texts(&claims)?;
        for name in self.kind.rules().times {
            jwt::time(&claims, name)?.ok_or(InvalidJws::MalformedTime)?;
        }
        Ok((claims, key))
    }

    /// The key of a header that may be one of the kind.
    fn own_key(&self, header: &str) -> Result<VerifyingKey, InvalidJws> {
        let Words { algorithm, typ, .. } = Words::read(header)?;
        self.check_header(typ.as_deref(), algorithm)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::{Algorithm, SigningKey};

    #[test]
    fn headers_that_meet_in_one_place_are_two() {
        let (known, now) = (OwnKeys::new(), UnixTime::from_secs(1_000));
        let key = SigningKey::generate(Algorithm::ES256).unwrap().verifying_key().clone();
        known.put(1, "one", key, now);
        assert!(known.get(1, "one", now).is_some() && known.get(2, "one", now).is_none());
        assert!(known.get(1, "another", now).is_none());
    }

    #[test]
    fn a_header_has_another_place_in_each_memory_and_a_long_one_has_none() {
        let (one, other) = (OwnKeys::new(), OwnKeys::new());
        assert_eq!(one.place("header"), one.place("header"));
        assert_ne!(one.place("header"), other.place("header"));
        assert_eq!(one.place(&"x".repeat(LONGEST_KNOWN_HEADER + 1)), None);
    }
}
