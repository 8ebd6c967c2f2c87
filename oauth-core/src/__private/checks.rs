//! Rules about constants, evaluated while the user's crate compiles. A message is what the compiler prints.

use crate::server::AuthorizationServer;
use crate::token::{Issuer, TokenGenerator};
use crate::validator::RequestValidator;

/// The issuer of `issuer = env!("…")` or of another constant.
#[track_caller]
pub const fn checked_issuer(issuer: &'static str) -> Issuer {
    if let Some(defect) = issuer_defect(issuer) {
        fail(defect);
    }
    Issuer::Literal(issuer)
}

/// Evaluates the issuer of a server.
pub const fn check_issuer<S: AuthorizationServer>() {
    let _ = S::ISSUER;
}

/// RFC 8414 §2: `issuer` is REQUIRED.
#[track_caller]
pub const fn check_issuer_is_stated<S: AuthorizationServer>() {
    if !S::ISSUER.is_stated() {
        fail(
            "the server has no issuer, and this generator states none either (RFC 8414 §2): add `issuer = \"https://…\"` \
             to `#[authorization_server(…)]`",
        );
    }
}

/// RFC 9068 §4: a resource compares `iss` with the issuer of the metadata, which RFC 8414 §3.3 fixes.
#[track_caller]
pub const fn check_issuers_agree<S: AuthorizationServer>() {
    if !S::ISSUER.agrees(<S::AccessTokens as TokenGenerator>::ISSUER) {
        fail(
            "the server and its access token generator name different issuers, so that every token would be refused \
             (RFC 9068 §4): make them equal, or remove this `issuer`",
        );
    }
}

/// One generator makes the access tokens.
#[track_caller]
pub const fn check_access_token_generators<S: AuthorizationServer>() {
    if <S::Validator as RequestValidator>::GENERATES_ACCESS_TOKENS {
        fail(
            "two generators of access tokens: a `#[token_generator]` method of the validator, and this field; remove \
             one",
        );
    }
}

/// One generator makes the refresh tokens.
#[track_caller]
pub const fn check_refresh_token_generators<S: AuthorizationServer>() {
    if <S::Validator as RequestValidator>::GENERATES_REFRESH_TOKENS {
        fail(
            "two generators of refresh tokens: a `#[token_generator(refresh)]` method of the validator, and this field; \
             remove one",
        );
    }
}

/// A claim whose scope can never be granted is never set.
#[track_caller]
pub const fn check_claim_scopes<S: AuthorizationServer>() {
    let mut claims = <S::Validator as RequestValidator>::CLAIMS;
    while let [claim, rest @ ..] = claims {
        if let Some(scope) = claim.scope {
            let mut scopes = S::CONFIG.scopes;
            let mut is_declared = false;
            while let [declared, rest @ ..] = scopes {
                is_declared |= is_equal(declared.name.as_bytes(), scope.as_bytes());
                scopes = rest;
            }
            if !is_declared {
                fail(
                    "a `#[claim(…, scope = \"…\")]` of the validator is tied to a scope that this server does not declare: \
                     add it to `scopes(…)`, or correct the claim",
                );
            }
        }
        claims = rest;
    }
}

/// Ends the evaluation with a message. Only called while compiling.
#[track_caller]
#[allow(clippy::panic)]
const fn fail(message: &'static str) -> ! {
    panic!("{}", message)
}

const fn is_equal(mut a: &[u8], mut b: &[u8]) -> bool {
    while let ([x, a_rest @ ..], [y, b_rest @ ..]) = (a, b) {
        if *x != *y {
            return false;
        }
        (a, b) = (a_rest, b_rest);
    }
    a.is_empty() && b.is_empty()
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

/// The rules of RFC 8414 §2, as the macros apply them to literals.
const fn issuer_defect(issuer: &str) -> Option<&'static str> {
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
        return Some("the issuer has no host (RFC 8414 §2)");
    };
    if host.is_empty() {
        return Some("the issuer has no host (RFC 8414 §2)");
    }
    if !is_port(port) {
        return Some("the issuer has a malformed port (RFC 3986 §3.2.3)");
    }
    let is_loopback =
        is_equal(host, b"localhost") || is_equal(host, b"127.0.0.1") || is_equal(host, b"[::1]");
    if !is_https && !is_loopback {
        return Some(
            "the issuer is http off loopback, where anyone on the way can change it (RFC 8414 §2): use `https://`",
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

#[cfg(test)]
mod tests {
    #[test]
    fn reserved_claims_are_those_of_the_macros() {
        let names = include_str!("../../../oauth-macros/src/rules/vectors/reserved_claims.txt").lines();
        assert!(crate::claims::RESERVED.into_iter().eq(names));
    }

    /// The macros' own vectors: both implementations judge alike. So does the one that `into_router` runs.
    #[test]
    fn issuers_are_judged_as_the_macros_judge_them() {
        for line in include_str!("../../../oauth-macros/src/rules/vectors/issuer.txt").lines() {
            let (verdict, issuer) = line.split_once('\t').unwrap();
            assert_eq!(
                super::issuer_defect(issuer).is_none(),
                verdict == "ok",
                "at compile time: {issuer:?}"
            );
            assert_eq!(
                crate::token::check_issuer(issuer).is_ok(),
                verdict == "ok",
                "at run time: {issuer:?}"
            );
        }
    }
}
