//! Validating signed access tokens, RFC 9068 §4.

use std::time::Duration;

use super::{ResourceConfig, ValidatedToken};
use crate::error::{Error, Result};
use crate::jose::{Algorithm, InvalidJws, KeySet, VerifiedJwt};
use crate::time::UnixTime;

/// What a signed token must be.
#[derive(Debug, Clone)]
pub(super) struct JwtRules {
    pub(super) issuer: String,
    pub(super) audience: String,
    pub(super) algorithms: &'static [Algorithm],
    leeway: Duration,
    danger_typ_jwt: bool,
}

impl JwtRules {
    pub(super) fn new(issuer: String, audience: String, config: &ResourceConfig) -> Self {
        let ResourceConfig { algorithms, leeway, danger_typ_jwt, .. } = *config;
        Self { issuer, audience, algorithms, leeway, danger_typ_jwt }
    }

    /// Verifies the signature.
    pub(super) fn verify(&self, keys: &KeySet, token: &str) -> Result<VerifiedJwt, InvalidJws> {
        let jws = keys.verify_jws(token)?;
        // RFC 8725 §3.1: "Libraries MUST enable the caller to specify a supported set of algorithms".
        if !self.algorithms.contains(&jws.algorithm) {
            return Err(InvalidJws::UnsupportedAlgorithm);
        }
        VerifiedJwt::from_jws(jws)
    }

    /// Checks all that is not the signature.
    pub(super) fn check(&self, jwt: VerifiedJwt, now: UnixTime) -> Result<ValidatedToken> {
        // §4: "The resource server MUST verify that the "typ" header value is "at+jwt" or "application/at+jwt" and reject
        // tokens carrying any other value."
        if !self.is_access_token(jwt.typ.as_deref()) {
            return Err(Error::invalid_token("the token is not an access token: its typ is not at+jwt"));
        }
        // §4: "The current time MUST be before the time represented by the "exp" claim."
        jwt.check_times(now, self.leeway)?;
        let token = ValidatedToken::from_claims(jwt.claims)?;
        // §4: "The issuer identifier […] MUST exactly match the value of the "iss" claim."
        if token.issuer() != Some(self.issuer.as_str()) {
            return Err(Error::invalid_token("the access token is another issuer's"));
        }
        // §4: "The resource server MUST validate that the "aud" claim contains a resource indicator value corresponding to
        // an identifier the resource server expects for itself."
        if !token.is_for(&self.audience) {
            return Err(Error::invalid_token("the access token is meant for another audience"));
        }
        Ok(token)
    }

    fn is_access_token(&self, typ: Option<&str>) -> bool {
        let Some(typ) = typ else { return self.danger_typ_jwt };
        // RFC 7515 §4.1.9: a media type, of which `application/` may be left out; RFC 2045 §5.1: in any case.
        let typ = match typ.split_at_checked("application/".len()) {
            Some((prefix, rest)) if prefix.eq_ignore_ascii_case("application/") => rest,
            _ => typ,
        };
        typ.eq_ignore_ascii_case("at+jwt") || self.danger_typ_jwt && typ.eq_ignore_ascii_case("jwt")
    }
}
