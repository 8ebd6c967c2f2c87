//! JWTs as assertions, RFC 7521 and RFC 7523 §3: what a client authenticates with, and what an issuer that is trusted says of
//! somebody.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::jose::{Algorithm, Expect, InvalidJws, Jws, JwtKind, KeySet, Unverified};
use crate::request::Request;
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// The difference that is allowed between our clock and that of whoever asserts.
const LEEWAY: Duration = Duration::from_mins(1);

/// An assertion taken apart and **not verified**: anyone may have written it.
pub struct UnverifiedAssertion<'a> {
    token: Unverified<'a>,
    kind: JwtKind,
    audiences: Vec<String>,
    now: UnixTime,
}

impl<'a> UnverifiedAssertion<'a> {
    /// Reads one of either use, RFC 7523 §2.1 or §2.2, that is of one of these kinds. The audiences are what the endpoint that got it
    /// is known by, to that kind.
    pub(crate) fn parse(
        kinds: &[JwtKind],
        token: &'a str,
        audiences: impl FnOnce(JwtKind) -> Vec<String>,
        now: UnixTime,
    ) -> std::result::Result<Self, InvalidJws> {
        let (kind, token) = Unverified::read(kinds, token)?;
        Ok(Self { token, kind, audiences: audiences(kind), now })
    }

    /// Tells whether it is an identity assertion authorization grant (ID-JAG) by its `typ`: what an identity provider says of a person
    /// to the authorization server of another domain.
    pub const fn is_identity_assertion(&self) -> bool {
        matches!(self.kind, JwtKind::IdJag)
    }

    /// `iss`: whose keys it must be verified with.
    pub fn issuer(&self) -> Option<&str> {
        self.token.text("iss")
    }

    /// `sub`, of whom it speaks.
    pub fn subject(&self) -> Option<&str> {
        self.token.text("sub")
    }

    /// `aud`, if it is one text and no list.
    pub(crate) fn audience(&self) -> Option<&str> {
        self.token.text("aud")
    }

    /// `alg`, which is compared with the key's.
    pub const fn algorithm(&self) -> Algorithm {
        self.token.jws().algorithm
    }

    pub(crate) const fn jws(&self) -> &Jws<'a> {
        self.token.jws()
    }

    /// Verifies it, with keys of its [`issuer`](Self::issuer).
    ///
    /// Checked are the signature, `typ`, and the claims of RFC 7523 §3: `iss` and `sub` are there, `aud` is this server
    /// and no other, `exp` is ahead and at most an hour, `iat` and `nbf` are past, all give or take a minute, and `jti` is
    /// there, which the framework then claims, so that no assertion is used twice.
    ///
    /// # Errors
    ///
    /// `invalid_grant` (§3.1), always in the same words; why is in the log.
    pub fn verify(&self, keys: &KeySet) -> Result<VerifiedAssertion> {
        self.check(keys).map_err(|reason| {
            tracing::debug!(target: "oauth_core", issuer = self.issuer(), %reason, "assertion refused");
            refused()
        })
    }

    /// The same, with the reason.
    ///
    /// RFC 7523 §3: "The JWT MUST contain an "aud" (audience) claim containing a value that identifies the authorization
    /// server as an intended audience." One that names others, too, could be used by them here: it is refused.
    pub(crate) fn check(&self, keys: &KeySet) -> std::result::Result<VerifiedAssertion, InvalidJws> {
        let expect =
            Expect::new(self.kind, self.now).any_issuer().audience_only(&self.audiences).leeway(LEEWAY);
        let jwt = expect.verify_again(keys, &self.token)?;
        let text = |name| jwt.text(name).map(str::to_owned).ok_or(InvalidJws::MissingClaim(name));
        let (issuer, subject, jti) = (text("iss")?, text("sub")?, text("jti")?);
        let expires = jwt.time("exp")?.ok_or(InvalidJws::MalformedTime)?;
        // Identifiers are the issuer's own (RFC 7519 §4.1.7).
        let replay_id = self.kind.replay_id(&issuer, &jti)?;
        Ok(VerifiedAssertion { issuer, subject, claims: jwt.claims, replay_id, until: expires + LEEWAY })
    }
}

/// An assertion of a trusted issuer, verified by [`UnverifiedAssertion::verify`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct VerifiedAssertion {
    /// `iss`.
    pub issuer: String,
    /// `sub`: of whom it speaks, in the words of its issuer.
    pub subject: String,
    /// All of its claims.
    pub claims: Map<String, Value>,
    pub(crate) replay_id: TokenHash,
    pub(crate) until: UnixTime,
}

impl VerifiedAssertion {
    /// Accepts it as the word about a person of this server's own. Its issuer calls people by names of its own (RFC 7519
    /// §4.1.2: unique "in the context of the issuer"), so who `alice` of a partner is here is for the application to say.
    pub fn for_subject(self, subject: impl Into<String>) -> AcceptedAssertion {
        AcceptedAssertion { verified: self, subject: Some(subject.into()) }
    }

    /// Accepts it as the client's word about itself: the token has no person, and its `sub` is the client's identifier.
    pub const fn for_client(self) -> AcceptedAssertion {
        AcceptedAssertion { verified: self, subject: None }
    }
}

/// An assertion, and whom the token that it is worth speaks for:
/// [`for_subject`](VerifiedAssertion::for_subject) or [`for_client`](VerifiedAssertion::for_client) makes it.
#[derive(Debug, Clone)]
pub struct AcceptedAssertion {
    pub(crate) verified: VerifiedAssertion,
    pub(crate) subject: Option<String>,
}

/// RFC 7523 §3.1: `invalid_grant`.
pub(crate) fn refused() -> Error {
    Error::invalid_grant("the assertion is not valid")
}

/// The names that an endpoint is known by: clients name the issuer, the token endpoint, or the endpoint
/// itself.
pub(crate) fn audiences(issuer: &str, token_endpoint: &str, endpoint: &str) -> Vec<String> {
    let mut audiences = vec![issuer.to_owned(), format!("{issuer}{token_endpoint}")];
    if endpoint != token_endpoint {
        audiences.push(format!("{issuer}{endpoint}"));
    }
    audiences
}

/// Tells whether a request carries an assertion of either use.
pub(crate) fn is_in(request: &Request) -> bool {
    ["client_assertion", "assertion"].iter().any(|name| request.body().get(name).is_some())
}

impl std::fmt::Debug for UnverifiedAssertion<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UnverifiedAssertion")
            .field("issuer", &self.issuer())
            .field("algorithm", &self.algorithm())
            .finish_non_exhaustive()
    }
}
