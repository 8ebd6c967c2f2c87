//! JWTs as assertions, RFC 7521 and RFC 7523 §3: what a client authenticates with, and what an issuer that is trusted says of
//! somebody.

use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::error::{Error, Result};
use crate::jose::{Algorithm, InvalidJws, Jws, KeySet, VerifiedJwt};
use crate::request::Request;
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// How much the clocks of whoever asserts and ours may differ.
const LEEWAY: Duration = Duration::from_mins(1);

/// RFC 7523 §3: "The authorization server MAY reject JWTs with an "exp" claim value that is unreasonably far in the
/// future." An identifier is kept for as long.
const LONGEST: Duration = Duration::from_hours(1);

/// An assertion taken apart and **not verified**: anyone may have written it.
pub struct UnverifiedAssertion<'a> {
    token: &'a str,
    algorithm: Algorithm,
    claims: Map<String, Value>,
    audiences: Vec<String>,
    now: UnixTime,
}

/// What an assertion is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// RFC 7523 §2.2.
    ClientAuthentication,
    /// RFC 7523 §2.1.
    AuthorizationGrant,
}

/// Why an assertion is refused: for the log, never for the wire.
pub(crate) type Reason = std::borrow::Cow<'static, str>;

impl<'a> UnverifiedAssertion<'a> {
    /// The audiences are what the endpoint that got it is known by.
    pub(crate) fn parse(
        token: &'a str,
        audiences: Vec<String>,
        now: UnixTime,
    ) -> std::result::Result<Self, InvalidJws> {
        let jws = Jws::parse(token)?;
        let claims = serde_json::from_slice(&jws.payload).map_err(|_| InvalidJws::NotClaims)?;
        Ok(Self { token, algorithm: jws.algorithm, claims, audiences, now })
    }

    /// `iss`: whose keys it must be verified with.
    pub fn issuer(&self) -> Option<&str> {
        self.claims.get("iss").and_then(Value::as_str)
    }

    /// `sub`, of whom it speaks.
    pub fn subject(&self) -> Option<&str> {
        self.claims.get("sub").and_then(Value::as_str)
    }

    /// `alg`, which [`KeySet::verify`] compares with the key's.
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    pub(crate) const fn token(&self) -> &str {
        self.token
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
        let jwt = keys.verify(self.token).map_err(|cause| Reason::from(cause.to_string()));
        let verified = jwt.and_then(|jwt| self.check(jwt, Use::AuthorizationGrant, self.now));
        verified.map_err(|reason| {
            tracing::debug!(target: "oauth_core", issuer = self.issuer(), %reason, "assertion refused");
            refused()
        })
    }

    /// Checks what it says, once its signature is verified.
    pub(crate) fn check(
        &self,
        jwt: VerifiedJwt,
        expected: Use,
        now: UnixTime,
    ) -> std::result::Result<VerifiedAssertion, Reason> {
        let refusal = |cause: InvalidJws| Reason::from(cause.to_string());
        check_typ(jwt.typ.as_deref(), expected)?;
        check_audience(&jwt, &self.audiences)?;
        jwt.check_times(now, LEEWAY).map_err(refusal)?;
        let expires = jwt.time("exp").map_err(refusal)?.ok_or("exp is missing")?;
        if expires > now + LONGEST + LEEWAY {
            return Err("exp is more than an hour ahead".into());
        }
        if jwt.time("iat").map_err(refusal)?.is_some_and(|issued| issued > now + LEEWAY) {
            return Err("iat is in the future".into());
        }
        let text = |name: &str| {
            let value = jwt.claims.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
            value
                .map(str::to_owned)
                .ok_or_else(|| Reason::from(format!("{name} is missing (RFC 7523 section 3)")))
        };
        let (issuer, subject, jti) = (text("iss")?, text("sub")?, text("jti")?);
        // Identifiers are the issuer's own (RFC 7519 §4.1.7).
        let replay_id = TokenHash::of(&json!([issuer, jti]).to_string());
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

/// RFC 8725 §3.11: a JWT of another kind, such as an access token or a request object, is no assertion; and §3.12: one for
/// either use, where it says so, is not for the other.
fn check_typ(typ: Option<&str>, expected: Use) -> std::result::Result<(), Reason> {
    let explicit = match expected {
        Use::ClientAuthentication => "client-authentication+jwt",
        Use::AuthorizationGrant => "authorization-grant+jwt",
    };
    match typ.map(str::to_ascii_lowercase) {
        Some(typ) if !["jwt", explicit].contains(&typ.trim_start_matches("application/")) => {
            Err(format!("typ is {typ:?}: it is a JWT of another kind").into())
        }
        _ => Ok(()),
    }
}

/// RFC 7523 §3: "The JWT MUST contain an "aud" (audience) claim containing a value that identifies the authorization server
/// as an intended audience." One that names others, too, could be used by them here: it is refused.
fn check_audience(jwt: &VerifiedJwt, audiences: &[String]) -> std::result::Result<(), Reason> {
    let is_ours =
        |value: &Value| value.as_str().is_some_and(|value| audiences.iter().any(|ours| ours == value));
    let is_valid = match jwt.claims.get("aud") {
        Some(Value::Array(values)) => !values.is_empty() && values.iter().all(is_ours),
        Some(value) => is_ours(value),
        None => false,
    };
    if is_valid { Ok(()) } else { Err("aud is not this server, or not it alone".into()) }
}

/// What an endpoint is known by: clients name the issuer, the token endpoint, or the endpoint itself.
pub(crate) fn audiences(issuer: &str, token_endpoint: &str, endpoint: &str) -> Vec<String> {
    let mut audiences = vec![issuer.to_owned(), format!("{issuer}{token_endpoint}")];
    if endpoint != token_endpoint {
        audiences.push(format!("{issuer}{endpoint}"));
    }
    audiences
}

/// Whether a request carries an assertion of either use.
pub(crate) fn is_in(request: &Request) -> bool {
    ["client_assertion", "assertion"].iter().any(|name| request.body().get(name).is_some())
}

impl std::fmt::Debug for UnverifiedAssertion<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UnverifiedAssertion")
            .field("issuer", &self.issuer())
            .field("algorithm", &self.algorithm)
            .finish_non_exhaustive()
    }
}
