//! Validating signed access tokens, RFC 9068 §4.

use std::time::Duration;

use super::ResourceConfig;
use crate::error::Error;
use crate::jose::{Algorithm, ClaimsSet, Expect, InvalidJws, JwtClaims, JwtKind, KeySet, time};
use crate::time::UnixTime;

/// The requirements of a signed token.
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

    /// Verifies a token by the rules of §4.
    pub(super) fn verify(&self, keys: &KeySet, token: &str, now: UnixTime) -> Result<JwtClaims, InvalidJws> {
        self.at(now).verify_claims(keys, token)
    }

    /// Checks the claims of a token that was verified before, as far as the moment may have changed what is said of them.
    pub(super) fn believe_still(&self, claims: &impl ClaimsSet, now: UnixTime) -> Result<(), InvalidJws> {
        self.at(now).believe_still(claims)
    }

    /// The moment at which a token that was verified is valid no longer.
    pub(super) fn end_of(&self, claims: &impl ClaimsSet) -> Result<UnixTime, InvalidJws> {
        Ok(time(claims, "exp")?.ok_or(InvalidJws::MalformedTime)? + self.leeway)
    }

    fn at(&self, now: UnixTime) -> Expect<'_> {
        Expect::new(JwtKind::AccessToken, now)
            // "The issuer identifier […] MUST exactly match the value of the "iss" claim."
            .issuer(&self.issuer)
            // "The resource server MUST validate that the "aud" claim contains a resource indicator value corresponding to
            // an identifier the resource server expects for itself."
            .audience(&self.audience)
            .algorithms(self.algorithms)
            .leeway(self.leeway)
            .danger_plain_typ(self.danger_typ_jwt)
    }
}

/// §4: "The resource server MUST verify that the "typ" header value is "at+jwt" or "application/at+jwt" and reject tokens
/// carrying any other value."
pub(super) fn refused(reason: InvalidJws) -> Error {
    match reason {
        InvalidJws::WrongType => {
            Error::invalid_token("the token is not an access token: its typ is not at+jwt")
        }
        reason => reason.into(),
    }
}
