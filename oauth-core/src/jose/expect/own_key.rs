//! Proofs of possession: the one kind of JWT that is verified with the key that it brings.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Expect, VerifiedJwt, jwt};
use crate::jose::{InvalidJws, Jwk, Jws, VerifyingKey};

/// The part of the header that [`Jws`] does not read.
#[derive(Deserialize)]
struct Header {
    jwk: Option<Map<String, Value>>,
}

impl Expect<'_> {
    /// Verifies a JWT with the public key of its own header (RFC 7515 §4.1.3), and returns the key: whose it is, the caller finds
    /// out. Of its times only `iat` has a meaning to the caller; `exp` and `nbf` are none of RFC 9449 §4.2, and passed over.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks.
    pub(crate) fn verify_with_own_key(&self, token: &str) -> Result<(VerifiedJwt, Jwk), InvalidJws> {
        let jws = self.read(token)?;
        let jwk = own_key(&jws)?;
        let key = VerifyingKey::for_algorithm(jws.algorithm, &jwk).map_err(|_| InvalidJws::NoOwnKey)?;
        if !key.verify(jws.signing_input.as_bytes(), &jws.signature) {
            return Err(InvalidJws::BadSignature);
        }
        let claims = jwt::claims(&jws)?;
        self.check_texts(&claims)?;
        let jwt = VerifiedJwt { typ: jws.typ, kid: jws.kid, claims };
        for name in self.kind.rules().times {
            jwt.time(name)?.ok_or(InvalidJws::MalformedTime)?;
        }
        Ok((jwt, jwk))
    }
}

/// RFC 9449 §4.3, point 7: "the jwk JOSE Header Parameter does not contain a private key", nor is there a secret in it.
fn own_key(jws: &Jws<'_>) -> Result<Jwk, InvalidJws> {
    let (header, _) = jws.signing_input.split_once('.').ok_or(InvalidJws::Malformed)?;
    let header = URL_SAFE_NO_PAD.decode(header).map_err(|_| InvalidJws::Malformed)?;
    let Header { jwk } = serde_json::from_slice(&header).map_err(|_| InvalidJws::Malformed)?;
    let jwk = Jwk::try_from(jwk.ok_or(InvalidJws::NoOwnKey)?).map_err(|_| InvalidJws::NoOwnKey)?;
    // RFC 7517 §4.2: a key of encryption signs nothing.
    if jwk.usage().is_some_and(|usage| usage != "sig") { Err(InvalidJws::NoOwnKey) } else { Ok(jwk) }
}
