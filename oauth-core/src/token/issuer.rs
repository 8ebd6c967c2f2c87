//! Issuer identifiers, RFC 8414 §2.

use std::error::Error as StdError;
use std::fmt;

use oauth_rules::issuer;

/// The origin of an issuer identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issuer {
    /// The generator has none: the server says.
    Unstated,
    /// A literal, checked at compile time.
    Literal(&'static str),
    /// A field of the struct, checked by `into_router`.
    Field,
}

impl Issuer {
    /// Tells whether two places that both state a literal state the same.
    #[must_use]
    pub const fn agrees(self, other: Self) -> bool {
        let (Self::Literal(a), Self::Literal(b)) = (self, other) else {
            return true;
        };
        issuer::is_same(a, b)
    }

    /// This one if it is stated, or else the other.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        match self {
            Self::Unstated => other,
            stated => stated,
        }
    }

    /// Tells whether an issuer is stated.
    pub const fn is_stated(self) -> bool {
        !matches!(self, Self::Unstated)
    }
}

/// Checks an issuer identifier, as [`into_router`](crate::server::Start::into_router) does: it is the `https` URL
/// of a server without query and fragment (RFC 8414 §2); `http` is allowed on loopback.
///
/// # Errors
///
/// Names the rule that is broken.
pub fn check_issuer(issuer: &str) -> Result<(), InvalidIssuer> {
    issuer::check(issuer).map_err(|broken| InvalidIssuer(format!("the issuer `{issuer}` {broken}")))
}

/// The reason that a text cannot be an issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidIssuer(String);

impl fmt::Display for InvalidIssuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for InvalidIssuer {}
