//! The private claims that tokens can have, as far as that is known before a run, and the handlers that ask for others.

use oauth_rules::claim::RESERVED;
#[cfg(feature = "axum")]
use oauth_rules::claim::a_handler_asks_for_claims_that_its_server_issues;
use oauth_rules::text::is_equal;

#[cfg(feature = "axum")]
use super::TokenValidator;
#[cfg(feature = "axum")]
use crate::claims::PrivateClaims;
use crate::claims::{ClaimDeclaration, is_made_for_access_tokens};
#[cfg(feature = "axum")]
use crate::error::Message;

/// The claims that the tokens of a server can have.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct IssuedClaims {
    /// The claims that its validator declares.
    pub declared: &'static [ClaimDeclaration],
    /// The names of the static claims of its token generator.
    pub fixed: &'static [&'static str],
}

impl IssuedClaims {
    /// The claims of a validator and of a token generator.
    pub const fn new(declared: &'static [ClaimDeclaration], fixed: &'static [&'static str]) -> Self {
        Self { declared, fixed }
    }

    /// Tells whether some token can have a claim. Those of the framework are in all.
    pub const fn has(&self, name: &str) -> bool {
        is_made_for_access_tokens(name, self.declared)
            || is_among(name, self.fixed)
            || is_among(name, RESERVED)
            || is_equal(name.as_bytes(), b"aud")
    }
}

const fn is_among(name: &str, mut names: &[&str]) -> bool {
    while let [first, rest @ ..] = names {
        if is_equal(first.as_bytes(), name.as_bytes()) {
            return true;
        }
        names = rest;
    }
    false
}

/// RFC 6750 §3.1: a token that lacks what a handler needs is refused, and here each would be.
#[cfg(feature = "axum")]
#[track_caller]
pub(super) const fn check_claims_are_issued<C: PrivateClaims, V: TokenValidator>() {
    let Some(issued) = V::CLAIMS else { return };
    let mut required = C::REQUIRED;
    while let [name, rest @ ..] = required {
        if !issued.has(name) {
            Message::of(&a_handler_asks_for_claims_that_its_server_issues, &[name, name]).fail();
        }
        required = rest;
    }
}
