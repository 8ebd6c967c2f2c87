//! JWTs before and after they are verified.

use serde_json::{Map, Value};

use super::JwtKind;
use super::claims::{Claim, ClaimsSet};
use crate::jose::{InvalidJws, Jws};
use crate::time::UnixTime;

/// JWT that was found to be what was [expected](super::Expect::verify).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct VerifiedJwt {
    /// `typ`, if it says what it is.
    pub typ: Option<String>,
    /// `kid`, if it names its key.
    pub kid: Option<String>,
    /// The claims.
    pub claims: Map<String, Value>,
}

/// JWT that was read and **not verified**: anyone may have written it.
pub(crate) struct Unverified<'a> {
    pub(super) jws: Jws<'a>,
    pub(super) claims: Map<String, Value>,
}

impl<'a> Unverified<'a> {
    /// Reads a token, so that its keys can be looked up: of the first of these kinds that its `typ` is of, and no kind passes for
    /// another (RFC 8725 §3.12).
    pub(crate) fn read(kinds: &[JwtKind], token: &'a str) -> Result<(JwtKind, Self), InvalidJws> {
        let limit = kinds.iter().map(|kind| kind.rules().limit).max();
        if limit.is_none_or(|limit| token.len() > limit) {
            return Err(InvalidJws::TooLong);
        }
        let jws = Jws::parse(token)?;
        let kind = kinds.iter().copied().find(|kind| kind.is_typ(jws.typ.as_deref()));
        let kind = kind.ok_or(InvalidJws::WrongType)?;
        if token.len() > kind.rules().limit {
            return Err(InvalidJws::TooLong);
        }
        let claims = claims(&jws.payload)?;
        Ok((kind, Self { jws, claims }))
    }

    pub(crate) const fn jws(&self) -> &Jws<'a> {
        &self.jws
    }

    /// A claim that is a text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        text(&self.claims, name)
    }
}

impl VerifiedJwt {
    /// A claim that is a text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        text(&self.claims, name)
    }

    /// A claim that is a time, if it is there.
    pub(crate) fn time(&self, name: &str) -> Result<Option<UnixTime>, InvalidJws> {
        time(&self.claims, name)
    }
}

/// A claim that is a text.
pub(crate) fn text<'c>(claims: &'c impl ClaimsSet, name: &str) -> Option<&'c str> {
    match claims.claim(name)? {
        Claim::Text(text) => Some(text),
        Claim::Value(_) => None,
    }
}

/// A claim that is a time, if it is there.
pub(crate) fn time(claims: &impl ClaimsSet, name: &str) -> Result<Option<UnixTime>, InvalidJws> {
    match claims.claim(name) {
        None => Ok(None),
        Some(Claim::Text(_)) => Err(InvalidJws::MalformedTime),
        Some(Claim::Value(value)) => numeric_date(value).map(Some),
    }
}

/// RFC 7519 §7.2: the payload is a JSON object.
pub(super) fn claims(payload: &[u8]) -> Result<Map<String, Value>, InvalidJws> {
    // UTF-8 as a whole takes less than text by text.
    let json = std::str::from_utf8(payload).map_err(|_| InvalidJws::NotClaims)?;
    serde_json::from_str(json).map_err(|_| InvalidJws::NotClaims)
}

/// `NumericDate` of RFC 7519 §2: seconds, of which a fraction is dropped.
fn numeric_date(value: &Value) -> Result<UnixTime, InvalidJws> {
    if let Some(seconds) = value.as_u64() {
        return Ok(UnixTime::from_secs(seconds));
    }
    let seconds = value.as_f64().filter(|seconds| seconds.is_finite()).ok_or(InvalidJws::MalformedTime)?;
    // A float becomes an integer without loss of meaning: before 1970 is 1970, and beyond the range is its end.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Ok(UnixTime::from_secs(seconds as u64))
}
