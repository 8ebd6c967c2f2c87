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
        is_equal(a.as_bytes(), b.as_bytes())
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

/// Checks an issuer identifier, as [`into_router`](crate::server::AuthorizationServer::into_router) does: it is the `https` URL
/// of a server without query and fragment (RFC 8414 §2); `http` is allowed on loopback.
///
/// # Errors
///
/// Names the rule that is broken.
pub fn check_issuer(issuer: &str) -> Result<(), InvalidIssuer> {
    match issuer_defect(issuer) {
        Some(defect) => Err(InvalidIssuer(format!("`{issuer}`: {defect}"))),
        None => Ok(()),
    }
}

/// Checks the identifier of another's issuer, whose tokens a resource takes: as [`check_issuer`], but it may end with `/`.
/// RFC 8414 §2 allows that, and the identifier is what its owner says, byte for byte (§3.3).
///
/// # Errors
///
/// Names the rule that is broken.
pub(crate) fn check_foreign_issuer(issuer: &str) -> Result<(), InvalidIssuer> {
    match issuer_defect(without_slash(issuer)) {
        Some(defect) => Err(InvalidIssuer(format!("`{issuer}`: {defect}"))),
        None => Ok(()),
    }
}

/// RFC 8414 §3.1: "any terminating "/" MUST be removed before inserting "/.well-known/"".
pub(crate) const fn without_slash(issuer: &str) -> &str {
    match issuer.as_bytes() {
        [.., b'/'] => issuer.split_at(issuer.len() - 1).0,
        _ => issuer,
    }
}

/// The origin of a URL such as `https://example.com/tenant`, and its path; the path of most is empty.
pub(crate) fn split_origin(url: &str) -> (&str, &str) {
    let host = url.find("://").map_or(0, |at| at + 3);
    let path = url.get(host..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| host + at);
    url.split_at_checked(path).unwrap_or((url, ""))
}

const fn starts_with(text: &[u8], prefix: &[u8]) -> bool {
    match text.split_at_checked(prefix.len()) {
        Some((start, _)) => is_equal(start, prefix),
        None => false,
    }
}

const fn after(text: &[u8], len: usize) -> &[u8] {
    match text.split_at_checked(len) {
        Some((_, rest)) => rest,
        None => &[],
    }
}

/// RFC 8414 §2: the issuer is "a URL that uses the "https" scheme and has no query or fragment components"; `http` is
/// allowed on loopback, for development. The macros apply the same rules to literals.
pub(crate) const fn issuer_defect(issuer: &str) -> Option<&'static str> {
    const NO_HOST: &str =
        "the issuer has no host (RFC 8414 §2): write `https://auth.example.com`, for example";
    let bytes = issuer.as_bytes();
    if bytes.is_empty() {
        return Some("the issuer is empty: it is the https URL of your server (RFC 8414 §2)");
    }
    let mut rest = bytes;
    while let [byte, tail @ ..] = rest {
        if !matches!(*byte, 0x21..=0x7E) {
            return Some("the issuer has characters that no URL has (RFC 3986 §2): percent-encode them");
        }
        if matches!(*byte, b'?' | b'#') {
            return Some("the issuer has a query or a fragment, which RFC 8414 §2 forbids: leave it out");
        }
        rest = tail;
    }
    let is_https = starts_with(bytes, b"https://");
    if !is_https && !starts_with(bytes, b"http://") {
        return Some("the issuer is not an https URL (RFC 8414 §2): start it with `https://`");
    }
    let rest = after(bytes, if is_https { 8 } else { 7 });
    let authority = before(rest, b'/');
    if contains(authority, b'@') {
        return Some("the issuer has user information, which hides its host (RFC 3986 §7.6): leave it out");
    }
    let bracketed = before(authority, b']').len();
    let host_len = if bracketed < authority.len() { bracketed + 1 } else { before(authority, b':').len() };
    let Some((host, port)) = authority.split_at_checked(host_len) else {
        return Some(NO_HOST);
    };
    if host.is_empty() {
        return Some(NO_HOST);
    }
    if !is_port(port) {
        return Some(
            "the issuer has a malformed port (RFC 3986 §3.2.3): write a number of at most 65535 after the `:`, or leave both out",
        );
    }
    let is_loopback =
        is_equal(host, b"localhost") || is_equal(host, b"127.0.0.1") || is_equal(host, b"[::1]");
    if !is_https && !is_loopback {
        return Some(
            "the issuer is http off loopback, where anyone on the way can change it (RFC 8414 §2): use `https://`",
        );
    }
    if !is_path(after(rest, authority.len())) {
        return Some(
            "the issuer has a path with other than unreserved characters (RFC 3986 §2.3): use letters, digits, `-._~`",
        );
    }
    if matches!(rest, [.., b'/']) {
        return Some(
            "the issuer ends with `/`: clients compare issuers byte for byte (RFC 8414 §3.3), and most write none: leave \
             it out",
        );
    }
    None
}

/// What precedes the first `end`; everything if there is none.
const fn before(text: &[u8], end: u8) -> &[u8] {
    let mut len = 0;
    let mut rest = text;
    while let [byte, tail @ ..] = rest {
        if *byte == end {
            break;
        }
        len += 1;
        rest = tail;
    }
    match text.split_at_checked(len) {
        Some((start, _)) => start,
        None => text,
    }
}

const fn contains(text: &[u8], wanted: u8) -> bool {
    before(text, wanted).len() < text.len()
}

const fn is_path(mut path: &[u8]) -> bool {
    while let [byte, rest @ ..] = path {
        if !(byte.is_ascii_alphanumeric() || matches!(*byte, b'/' | b'-' | b'.' | b'_' | b'~')) {
            return false;
        }
        path = rest;
    }
    true
}

/// Nothing, or `:` and a number of 16 bits.
const fn is_port(port: &[u8]) -> bool {
    let mut digits = match port {
        [] => return true,
        [b':', digits @ ..] => digits,
        _ => return false,
    };
    if digits.is_empty() {
        return false;
    }
    let mut number = 0_u32;
    while let [digit @ b'0'..=b'9', rest @ ..] = digits {
        number = number.saturating_mul(10).saturating_add((*digit - b'0') as u32);
        digits = rest;
    }
    digits.is_empty() && number <= 0xFFFF
}

pub(crate) const fn is_equal(mut a: &[u8], mut b: &[u8]) -> bool {
    while let ([x, a_rest @ ..], [y, b_rest @ ..]) = (a, b) {
        if *x != *y {
            return false;
        }
        (a, b) = (a_rest, b_rest);
    }
    a.is_empty() && b.is_empty()
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
