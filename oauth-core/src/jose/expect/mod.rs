//! [`Expect`]: the one way from the text of a JWT to claims that are believed.

mod checks;
mod claims;
mod jwt;
mod kind;
mod own_key;

use std::sync::Arc;
use std::time::Duration;

pub(crate) use self::claims::{Claim, ClaimsSet, JwtClaims};
pub use self::jwt::VerifiedJwt;
pub(crate) use self::jwt::{Unverified, text, time};
pub use self::kind::JwtKind;
pub(crate) use self::own_key::OwnKeys;
use super::jws::{Parts, Words, decode};
use super::{Algorithm, InvalidJws, KeySet};
use crate::time::UnixTime;

/// Everything that a JWT must be before its claims are believed.
///
/// What a [kind](JwtKind) of token has and nobody expected is refused: without [`issuer`](Self::issuer) and
/// [`audience`](Self::audience), no token that names them is valid.
///
/// ```
/// use oauth_core::jose::{Expect, InvalidJws, JwtKind, KeySet};
/// use oauth_core::time::UnixTime;
///
/// let expect = Expect::new(JwtKind::AccessToken, UnixTime::now())
///     .issuer("https://auth.example.com")
///     .audience("https://api.example.com");
/// assert_eq!(expect.verify(&KeySet::default(), "none of ours"), Err(InvalidJws::Malformed));
/// ```
#[derive(Debug, Clone)]
pub struct Expect<'e> {
    kind: JwtKind,
    now: UnixTime,
    leeway: Duration,
    issuer: Expected<&'e str>,
    audience: Expected<Audience<'e>>,
    subject: Option<&'e str>,
    algorithms: Option<&'e [Algorithm]>,
    may_have_expired: bool,
    danger_plain_typ: bool,
}

#[derive(Debug, Clone, Copy)]
enum Expected<T> {
    /// Nothing was said: nothing will do.
    Nothing,
    /// The caller looks at it.
    Anything,
    This(T),
}

#[derive(Debug, Clone, Copy)]
enum Audience<'e> {
    Includes(&'e str),
    Only(&'e [String]),
}

impl<'e> Expect<'e> {
    /// Expects a JWT of this kind, at this time by the server's clock.
    pub const fn new(kind: JwtKind, now: UnixTime) -> Self {
        Self {
            kind,
            now,
            leeway: Duration::ZERO,
            issuer: Expected::Nothing,
            audience: Expected::Nothing,
            subject: None,
            algorithms: None,
            may_have_expired: false,
            danger_plain_typ: false,
        }
    }

    /// Expects this `iss`, byte for byte.
    #[must_use]
    pub const fn issuer(mut self, issuer: &'e str) -> Self {
        self.issuer = Expected::This(issuer);
        self
    }

    /// Expects `aud` to name this audience, and perhaps others.
    #[must_use]
    pub const fn audience(mut self, audience: &'e str) -> Self {
        self.audience = Expected::This(Audience::Includes(audience));
        self
    }

    /// Expects `aud` to name some of these and nobody else, who could use the token here.
    #[must_use]
    pub const fn audience_only(mut self, audiences: &'e [String]) -> Self {
        self.audience = Expected::This(Audience::Only(audiences));
        self
    }

    /// Expects this `sub`.
    #[must_use]
    pub const fn subject(mut self, subject: &'e str) -> Self {
        self.subject = Some(subject);
        self
    }

    /// Expects one of these algorithms. Default: whichever the key is for.
    #[must_use]
    pub const fn algorithms(mut self, algorithms: &'e [Algorithm]) -> Self {
        self.algorithms = Some(algorithms);
        self
    }

    /// Allows the issuer's clock to be off by as much; a minute or less is usual. Default: not at all.
    #[must_use]
    pub const fn leeway(mut self, leeway: Duration) -> Self {
        self.leeway = leeway;
        self
    }

    /// Takes any issuer: the caller looks at it.
    pub(crate) const fn any_issuer(mut self) -> Self {
        self.issuer = Expected::Anything;
        self
    }

    /// Takes any audience: the caller looks at it.
    pub(crate) const fn any_audience(mut self) -> Self {
        self.audience = Expected::Anything;
        self
    }

    /// Takes a token that has expired. It names its expiry all the same.
    pub(crate) const fn may_have_expired(mut self) -> Self {
        self.may_have_expired = true;
        self
    }

    /// Takes a token without `typ`, or with `JWT`, where the kind has one of its own.
    #[cfg(feature = "resource")]
    pub(crate) const fn danger_plain_typ(mut self, is_taken: bool) -> Self {
        self.danger_plain_typ = is_taken;
        self
    }

    /// Verifies a JWT in compact form: its length, form, type and algorithm, then its signature, then its claims.
    ///
    /// Its `kid` picks the key; without one, every key of its `alg` is tried (RFC 7515 Appendix D). The algorithm is the
    /// key's, never the header's alone (RFC 8725 §3.1). Keys that the header brings along are ignored.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks.
    pub fn verify(&self, keys: &KeySet, token: &str) -> Result<VerifiedJwt, InvalidJws> {
        let (words, claims) = self.verified(keys, token)?;
        let Words { typ, kid, .. } = &*words;
        Ok(VerifiedJwt { typ: typ.clone(), kid: kid.clone(), claims: claims.to_map() })
    }

    /// The same, for the claims as they were read.
    pub(crate) fn verify_claims(&self, keys: &KeySet, token: &str) -> Result<JwtClaims, InvalidJws> {
        self.verified(keys, token).map(|(_, claims)| claims)
    }

    fn verified(&self, keys: &KeySet, token: &str) -> Result<(Arc<Words>, JwtClaims), InvalidJws> {
        self.check_length(token)?;
        let Parts { header, payload, signature, signing_input } = Parts::of(token)?;
        let words = keys.words(header)?;
        let (payload, signature) = (decode(payload)?, decode(signature)?);
        self.check_header(words.typ.as_deref(), words.algorithm)?;
        let key = keys.signer(words.algorithm, words.kid.as_deref(), signing_input, &signature)?;
        key.know(header, Arc::clone(&words));
        let claims = JwtClaims::read(payload)?;
        self.believe(&claims)?;
        Ok((words, claims))
    }

    /// The same of a token that was [read](Unverified::read) before.
    pub(crate) fn verify_again(
        &self,
        keys: &KeySet,
        token: &Unverified<'_>,
    ) -> Result<VerifiedJwt, InvalidJws> {
        let Unverified { jws, claims } = token;
        self.check_header(jws.typ.as_deref(), jws.algorithm)?;
        keys.check(jws)?;
        self.believe(claims)?;
        Ok(VerifiedJwt { typ: jws.typ.clone(), kid: jws.kid.clone(), claims: claims.clone() })
    }

    fn check_length(&self, token: &str) -> Result<(), InvalidJws> {
        if token.len() > self.kind.rules().limit { Err(InvalidJws::TooLong) } else { Ok(()) }
    }
}
