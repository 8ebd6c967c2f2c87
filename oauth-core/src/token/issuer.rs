//! Issuer identifiers, RFC 8414 §2.

use std::error::Error as StdError;
use std::fmt;

/// Where an issuer identifier comes from.
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
    /// Whether two places that both state a literal state the same.
    #[must_use]
    pub const fn agrees(self, other: Self) -> bool {
        let (Self::Literal(a), Self::Literal(b)) = (self, other) else {
            return true;
        };
        let (a, b) = (a.as_bytes(), b.as_bytes());
        if a.len() != b.len() {
            return false;
        }
        let (mut a, mut b) = (a, b);
        while let ([x, a_rest @ ..], [y, b_rest @ ..]) = (a, b) {
            if *x != *y {
                return false;
            }
            (a, b) = (a_rest, b_rest);
        }
        true
    }

    /// This one if it is stated, or else the other.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        match self {
            Self::Unstated => other,
            stated => stated,
        }
    }

    /// Whether there is one.
    pub const fn is_stated(self) -> bool {
        !matches!(self, Self::Unstated)
    }
}

/// RFC 8414 §2: the issuer is "a URL that uses the "https" scheme and has no query or fragment components"; `http`
/// is allowed on loopback, for development.
///
/// # Errors
///
/// Names the rule that is broken.
pub(crate) fn check_issuer(issuer: &str) -> Result<(), InvalidIssuer> {
    let invalid = |reason: &str| Err(InvalidIssuer(format!("the issuer `{issuer}` {reason}")));
    if !issuer.bytes().all(|b| matches!(b, 0x21..=0x7E)) {
        return invalid("has characters that a URL does not allow (RFC 3986)");
    }
    if issuer.contains(['?', '#']) {
        return invalid("has a query or a fragment, which RFC 8414 §2 forbids");
    }
    let (is_https, rest) = match (issuer.strip_prefix("https://"), issuer.strip_prefix("http://")) {
        (Some(rest), _) => (true, rest),
        (_, Some(rest)) => (false, rest),
        _ => return invalid("is not an https URL (RFC 8414 §2)"),
    };
    let authority = rest.split('/').next().unwrap_or_default();
    if authority.contains('@') {
        return invalid("has user information, which hides its host");
    }
    let host = if let Some(end) = authority.find(']') {
        authority.get(..=end).unwrap_or_default()
    } else {
        authority.split(':').next().unwrap_or_default()
    };
    if host.is_empty() {
        return invalid("has no host");
    }
    let port = authority.strip_prefix(host).unwrap_or_default();
    if !port.is_empty() && port.strip_prefix(':').is_none_or(|port| port.parse::<u16>().is_err()) {
        return invalid("has a malformed port");
    }
    if !is_https && !matches!(host, "localhost" | "127.0.0.1" | "[::1]") {
        return invalid("is http outside loopback: use https (RFC 8414 §2)");
    }
    let path = rest.strip_prefix(authority).unwrap_or_default();
    if !path.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'.' | b'_' | b'~')) {
        return invalid("has a path with other than unreserved characters (RFC 3986 §2.3)");
    }
    if rest.ends_with('/') {
        return invalid(
            "ends with `/`: clients compare issuers byte for byte and most leave it out (RFC 8414 §3.3)",
        );
    }
    Ok(())
}

/// Why a text cannot be an issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidIssuer(String);

impl fmt::Display for InvalidIssuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for InvalidIssuer {}
