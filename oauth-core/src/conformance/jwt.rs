//! JWTs that the server signed.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::answer::Answer;
use super::suite::Suite;
use super::{Check, Stop};
use crate::frame::Route;
use crate::jose::{Jwk, VerifyingKey};

/// A JWT, taken apart and not verified.
pub(super) struct Jwt {
    pub(super) header: Map<String, Value>,
    pub(super) claims: Map<String, Value>,
    signed: String,
    signature: Vec<u8>,
    answer: Answer,
    /// The part that is to blame for its mistakes.
    likely: &'static str,
}

impl Jwt {
    /// The token that came with this answer.
    pub(super) fn of(token: &str, answer: Answer, likely: &'static str) -> Result<Self, Stop> {
        let malformed = || answer.fail("a token that is a JWS of three base64url parts", likely);
        let parts: Vec<_> = token.split('.').collect();
        let [header, claims, signature] = parts.as_slice() else {
            return Err(malformed());
        };
        let bytes = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| malformed());
        let object = |part: &str| serde_json::from_slice(&bytes(part)?).map_err(|_| malformed());
        let (header_object, claims_object) = (object(header)?, object(claims)?);
        let (signed, signature) = (format!("{header}.{claims}"), bytes(signature)?);
        Ok(Self { header: header_object, claims: claims_object, signed, signature, answer, likely })
    }

    /// Tells whether a token is encrypted, so that the suite cannot read it. RFC 7516 §7.1: it has five
    /// parts; §4.1.2: its header has `enc`.
    pub(super) fn is_encrypted(token: &str) -> bool {
        let mut parts = token.split('.');
        let header = parts.next().and_then(|header| URL_SAFE_NO_PAD.decode(header).ok());
        let header = header.and_then(|json| serde_json::from_slice::<Map<String, Value>>(&json).ok());
        parts.count() == 4 && header.is_some_and(|header| Self::text(&header, "enc").is_some())
    }

    /// Tells whether a token looks like a JWT that is signed, or says that it is: three parts, and a header with `alg` (RFC 7515
    /// §4.1.1).
    pub(super) fn is_signed(token: &str) -> bool {
        let header = token.split('.').next().and_then(|header| URL_SAFE_NO_PAD.decode(header).ok());
        let header = header.and_then(|json| serde_json::from_slice::<Map<String, Value>>(&json).ok());
        token.split('.').count() == 3 && header.is_some_and(|header| Self::text(&header, "alg").is_some())
    }

    pub(super) const fn has_signature(&self) -> bool {
        !self.signature.is_empty()
    }

    /// Fails, with what the token says, unless the condition holds.
    pub(super) fn expect(&self, holds: bool, expected: impl Into<String>) -> Check {
        if holds { Ok(()) } else { Err(self.fail(expected, self.likely)) }
    }

    pub(super) fn fail(&self, expected: impl Into<String>, likely: &str) -> Stop {
        let shown = |part: &Map<String, Value>| Value::from(part.clone()).to_string();
        match self.answer.fail(expected, likely) {
            Stop::Failed(mut failure) => {
                let (header, claims) = (shown(&self.header), shown(&self.claims));
                failure.came = format!("a token with\nheader {header}\nclaims {claims}");
                Stop::Failed(failure)
            }
            stop @ (Stop::NotEnabled(_) | Stop::NotTried(_)) => stop,
        }
    }

    /// A claim that is a NumericDate (RFC 7519 §2).
    pub(super) fn time(&self, name: &str) -> Result<u64, Stop> {
        let time = self.claims.get(name).and_then(Value::as_u64);
        time.ok_or_else(|| {
            self.fail(
                format!("`{name}`, in seconds: without it, a token is good for ever or of any age"),
                &format!("what makes the token leaves `{name}` out: {}", self.likely),
            )
        })
    }

    /// A claim or a header parameter that is a text.
    pub(super) fn text<'a>(part: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
        part.get(name).and_then(Value::as_str)
    }

    /// A claim that is a text.
    pub(super) fn claim(&self, name: &str) -> Option<&str> {
        Self::text(&self.claims, name)
    }

    /// Tells whether a published key verifies the signature.
    pub(super) async fn verify(&self, suite: &Suite) -> Check {
        let algorithm = Self::text(&self.header, "alg").unwrap_or_default();
        self.expect(!algorithm.eq_ignore_ascii_case("none"), "a signature (RFC 8725 §3.2)")?;
        let kid = Self::text(&self.header, "kid");
        let mut candidates = keys(suite, self.likely).await?;
        candidates.retain(|key| kid.is_none() || key.kid() == kid);
        if candidates.is_empty() {
            let likely = "`jwks` of the generator does not return the key that signs";
            return Err(self.fail("the `kid` of a published key", likely));
        }
        let verifies = |key: &VerifyingKey| {
            algorithm.parse() == Ok(key.algorithm()) && key.verify(self.signed.as_bytes(), &self.signature)
        };
        if candidates.iter().any(verifies) {
            return Ok(());
        }
        Err(self.fail(
            format!("a signature with {algorithm} that the published key verifies"),
            "`jwks` of the generator returns another key than the one that signs, under its `kid`",
        ))
    }
}

/// The keys that are published.
async fn keys(suite: &Suite, likely: &str) -> Result<Vec<VerifyingKey>, Stop> {
    let answer = suite.get(suite.path(Route::JWKS)?).await?;
    let set: Map<String, Value> = serde_json::from_slice(&answer.body)
        .map_err(|cause| answer.fail(format!("a JWK Set ({cause})"), "`jwks` of the generator"))?;
    let keys = set.get("keys").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let key = |jwk: &Value| {
        let jwk: Jwk = serde_json::from_value(jwk.clone()).map_err(|cause| cause.to_string())?;
        VerifyingKey::from_jwk(&jwk).map_err(|cause| cause.to_string())
    };
    let keys = keys
        .iter()
        .map(|jwk| key(jwk).map_err(|cause| answer.fail(format!("keys that verify ({cause})"), likely)));
    keys.collect()
}
