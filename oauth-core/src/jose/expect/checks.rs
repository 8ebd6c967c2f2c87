//! The rules of a JWT, one after the other.

use serde_json::Value;

use super::claims::{Claim, ClaimsSet};
use super::jwt::{text, time};
use super::{Audience, Expect, Expected, JwtKind};
use crate::jose::{Algorithm, InvalidJws};
use crate::time::UnixTime;

/// Identifiers are kept where they are claimed; a longer one is nobody's.
const LONGEST_JTI: usize = 256;

impl Expect<'_> {
    pub(super) fn check_header(&self, typ: Option<&str>, algorithm: Algorithm) -> Result<(), InvalidJws> {
        self.check_typ(typ)?;
        self.check_algorithm(algorithm)
    }

    /// RFC 8725 §3.11: a JWT of another kind is refused by its type.
    fn check_typ(&self, typ: Option<&str>) -> Result<(), InvalidJws> {
        let is_plain = || typ.is_none() || JwtKind::IdToken.is_typ(typ);
        let is_right = self.kind.is_typ(typ) || self.danger_plain_typ && is_plain();
        if is_right { Ok(()) } else { Err(InvalidJws::WrongType) }
    }

    /// RFC 8725 §3.1: "Libraries MUST enable the caller to specify a supported set of algorithms".
    pub(super) fn check_algorithm(&self, algorithm: Algorithm) -> Result<(), InvalidJws> {
        let is_expected = self.algorithms.is_none_or(|expected| expected.contains(&algorithm));
        if is_expected { Ok(()) } else { Err(InvalidJws::UnsupportedAlgorithm) }
    }

    /// Checks the claims of a token whose signature is right.
    pub(super) fn believe(&self, claims: &impl ClaimsSet) -> Result<(), InvalidJws> {
        self.check_texts(claims)?;
        self.believe_still(claims)
    }

    /// Checks the claims of a token that was believed before: its times, and the parties that it names.
    pub(crate) fn believe_still(&self, claims: &impl ClaimsSet) -> Result<(), InvalidJws> {
        self.check_times(claims)?;
        self.check_parties(claims)
    }

    pub(super) fn check_texts(&self, claims: &impl ClaimsSet) -> Result<(), InvalidJws> {
        for name in self.kind.rules().texts {
            if text(claims, name).is_none_or(str::is_empty) {
                return Err(InvalidJws::MissingClaim(name));
            }
        }
        if text(claims, "jti").is_some_and(|jti| jti.len() > LONGEST_JTI) {
            return Err(InvalidJws::TooLong);
        }
        Ok(())
    }

    /// RFC 7519 §4.1.4: "The processing of the "exp" claim requires that the current date/time MUST be before the
    /// expiration date/time"; §4.1.5 likewise of `nbf`.
    fn check_times(&self, claims: &impl ClaimsSet) -> Result<(), InvalidJws> {
        let rules = self.kind.rules();
        for name in rules.times {
            time(claims, name)?.ok_or(InvalidJws::MalformedTime)?;
        }
        if let Some(expires) = time(claims, "exp")? {
            if self.now >= expires + self.leeway && !self.may_have_expired {
                return Err(InvalidJws::Expired);
            }
            if rules.longest.is_some_and(|longest| expires > self.now + longest + self.leeway) {
                return Err(InvalidJws::TooLongLived);
            }
        }
        let is_ahead = |at: UnixTime| self.now + self.leeway < at;
        if time(claims, "nbf")?.is_some_and(is_ahead) {
            return Err(InvalidJws::NotYetValid);
        }
        // What lives for hours is checked by the clocks of many; what is made for this one request, by ours alone.
        if rules.longest.is_some() && time(claims, "iat")?.is_some_and(is_ahead) {
            return Err(InvalidJws::NotYetValid);
        }
        Ok(())
    }

    /// RFC 7519 §4.1.1 to §4.1.3; RFC 8725 §3.8, §3.9.
    fn check_parties(&self, claims: &impl ClaimsSet) -> Result<(), InvalidJws> {
        let rules = self.kind.rules();
        let is_issuer = match self.issuer {
            Expected::This(expected) => text(claims, "iss") == Some(expected),
            Expected::Anything => true,
            Expected::Nothing => !rules.has_issuer,
        };
        if !is_issuer {
            return Err(InvalidJws::WrongIssuer);
        }
        let is_audience = match self.audience {
            Expected::This(expected) => expected.is_of(claims.claim("aud")),
            Expected::Anything => true,
            Expected::Nothing => !rules.has_audience,
        };
        if !is_audience {
            return Err(InvalidJws::WrongAudience);
        }
        if self.subject.is_some_and(|expected| text(claims, "sub") != Some(expected)) {
            return Err(InvalidJws::WrongSubject);
        }
        // RFC 9101 §10.8 and RFC 7523 §3: a client's assertion is about the client itself, and no request object is.
        if self.kind == JwtKind::RequestObject
            && text(claims, "sub").is_some_and(|sub| text(claims, "client_id") == Some(sub))
        {
            return Err(InvalidJws::WrongSubject);
        }
        Ok(())
    }
}

impl Audience<'_> {
    /// RFC 7519 §4.1.3: `aud` is a text or a list of them.
    fn is_of(self, aud: Option<Claim<'_>>) -> bool {
        match aud {
            Some(Claim::Text(one)) => self.is_among([Some(one)]),
            Some(Claim::Value(Value::Array(several))) => self.is_among(several.iter().map(Value::as_str)),
            Some(Claim::Value(_)) | None => false,
        }
    }

    fn is_among<'n>(self, named: impl IntoIterator<Item = Option<&'n str>>) -> bool {
        let mut named = named.into_iter().peekable();
        match self {
            Self::Includes(expected) => named.any(|name| name == Some(expected)),
            Self::Only(ours) => {
                let is_ours = |name: &str| ours.iter().any(|expected| expected == name);
                named.peek().is_some() && named.all(|name| name.is_some_and(is_ours))
            }
        }
    }
}
