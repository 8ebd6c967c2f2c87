//! The content of a validated access token.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::authentication_checks::check_no_login_is_asked_for;
use super::claims_on_demand::ClaimsOnDemand;
use crate::claims::{PrivateClaims, names_audience};
use crate::error::{Error, Result};
use crate::jose::{Claim, ClaimsSet, text};
use crate::scope::{RequiredScopes, ScopeSet};
use crate::time::UnixTime;

/// An access token that is valid here and now. Cloning is cheap.
///
/// Claims are those of the JWT (RFC 9068 §2.2) or of the introspection response (RFC 7662 §2.2). The token itself is not
/// kept: nothing that is logged or stored from here can be replayed.
#[derive(Debug, Clone, PartialEq)]
pub struct ValidatedToken(Arc<Inner>);

#[derive(Debug, Clone, PartialEq)]
struct Inner {
    claims: ClaimsOnDemand,
    scopes: ScopeSet,
    internal_subject: Option<String>,
}

impl ValidatedToken {
    /// The token of these claims, whose validity the caller has made sure of: for a
    /// [`TokenValidator`](super::TokenValidator) of your own.
    ///
    /// # Errors
    ///
    /// `invalid_token` if `scope` is not the string of RFC 6749 §3.3.
    pub fn from_claims(claims: Map<String, Value>) -> Result<Self> {
        Self::of(claims.into())
    }

    /// The same of claims that may be those of a JWT.
    pub(super) fn of(claims: ClaimsOnDemand) -> Result<Self> {
        let malformed = || Error::invalid_token("the scope of the access token is malformed");
        let scopes = match claims.claim("scope") {
            None | Some(Claim::Value(Value::Null)) => ScopeSet::new(),
            Some(Claim::Text(scope)) => ScopeSet::parse(scope).map_err(|_| malformed())?,
            Some(Claim::Value(_)) => return Err(malformed()),
        };
        Ok(Self(Arc::new(Inner { claims, scopes, internal_subject: None })))
    }

    /// The same, of the server's own record.
    pub(super) fn with_internal_subject(self, subject: Option<String>) -> Self {
        let Inner { claims, scopes, .. } = Arc::unwrap_or_clone(self.0);
        Self(Arc::new(Inner { claims, scopes, internal_subject: subject }))
    }

    /// All of its claims.
    pub fn claims(&self) -> &Map<String, Value> {
        self.0.claims.as_map()
    }

    /// The token's private claims, as a struct with `#[derive(Claims)]`.
    ///
    /// # Errors
    ///
    /// `invalid_token` if one of them is missing or of another type. Which one, only the log is told.
    pub fn claims_as<C: PrivateClaims>(&self) -> Result<C> {
        // A map of them is made for whoever looks at it.
        if C::ARE_NONE { C::from_claims(&Map::new()) } else { C::from_claims(self.claims()) }
    }

    /// A claim that is a string.
    pub fn text(&self, name: &str) -> Option<&str> {
        text(&self.0.claims, name)
    }

    /// `sub`: whom it speaks for, as its client knows them (OIDC Core §8). A client's own token has the client's identifier
    /// here, so compare it with [`client_id`](Self::client_id) before it is taken for a person's (RFC 9068 §5, RFC 9700
    /// §4.15).
    pub fn subject(&self) -> Option<&str> {
        self.text("sub")
    }

    /// The person's subject in the server's own stores, by which its accounts are found: only of a token that a
    /// [resource beside its server](super::Local) validated, and of no client's own. It is the same for every client, so a
    /// client that knows people by pairwise identifiers (OIDC Core §8.1) must not be told.
    pub fn internal_subject(&self) -> Option<&str> {
        self.0.internal_subject.as_deref()
    }

    /// `client_id`: whom it was issued to.
    pub fn client_id(&self) -> Option<&str> {
        self.text("client_id")
    }

    /// `iss`.
    pub fn issuer(&self) -> Option<&str> {
        self.text("iss")
    }

    /// `scope`: what it allows.
    pub fn scopes(&self) -> &ScopeSet {
        &self.0.scopes
    }

    /// Tells whether the token has these scopes, for a decision within a handler. How its person logged in, a token does not tell
    /// without a clock: what asks for that ([`StepUp`](crate::scope::StepUp)) does not compile here, and is for
    /// [`require_authentication`](super::ProtectedResource::require_authentication).
    pub fn allows<S: RequiredScopes>(&self) -> bool {
        const { check_no_login_is_asked_for::<S>() };
        S::is_met_by(self.scopes())
    }

    /// `exp`: when it dies.
    pub fn expires_at(&self) -> Option<UnixTime> {
        self.seconds("exp")
    }

    /// `auth_time`: when the person logged in (RFC 9068 §2.2.1, RFC 9470 §6.2).
    pub fn auth_time(&self) -> Option<UnixTime> {
        self.seconds("auth_time")
    }

    /// `acr`: how that login is classified (RFC 9068 §2.2.1, RFC 9470 §6.2).
    pub fn acr(&self) -> Option<&str> {
        self.text("acr")
    }

    /// Tells whether `aud` names this audience. RFC 7519 §4.1.3: it is a string, or a list of them.
    pub fn is_for(&self, audience: &str) -> bool {
        names_audience(self.claims(), audience)
    }

    /// `cnf`: what whoever presents it must prove (RFC 7800 §3.1).
    pub(super) fn confirmation(&self) -> Option<&Value> {
        match self.0.claims.claim("cnf")? {
            Claim::Value(confirmation) => Some(confirmation),
            Claim::Text(_) => self.claims().get("cnf"),
        }
    }

    fn seconds(&self, name: &str) -> Option<UnixTime> {
        match self.0.claims.claim(name)? {
            Claim::Value(value) => value.as_u64().map(UnixTime::from_secs),
            Claim::Text(_) => None,
        }
    }
}

impl ClaimsSet for ValidatedToken {
    fn claim(&self, name: &str) -> Option<Claim<'_>> {
        self.0.claims.claim(name)
    }
}
