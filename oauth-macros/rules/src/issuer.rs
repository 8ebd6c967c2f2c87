//! Issuer identifiers, RFC 8414 §2.

use crate::http::{is_loopback_bytes, is_port, split_authority};
use crate::text::{after, before, contains, is_equal, starts_with};
use crate::{Broken, Rule};

rules! { "token_generator" {
    /// RFC 8414 §2: `issuer` is REQUIRED.
    ///
    /// - refused: `issuer = ""`
    /// - accepted: `issuer = "https://auth.example.com"`
    both rfc8414_section_2_the_issuer_is_not_empty = "is empty: it is the https URL of your server (RFC 8414 §2)";
    /// RFC 3986 §2: "A URI is composed from a limited set of characters consisting of digits, letters, and a few graphic
    /// symbols."
    ///
    /// - refused: `issuer = "https://auth.example.com/größe"`
    /// - accepted: `issuer = "https://auth.example.com"`
    both rfc3986_section_2_the_issuer_is_ascii = "has characters that no URL has (RFC 3986 §2): percent-encode them";
    /// RFC 8414 §2: "a URL that uses the "https" scheme and has no query or fragment components".
    ///
    /// - refused: `issuer = "https://auth.example.com?tenant=1"`
    /// - accepted: `issuer = "https://auth.example.com"`
    both rfc8414_section_2_the_issuer_has_no_query_and_no_fragment = "has a query or a fragment, which RFC 8414 §2 forbids: leave it out";
    /// RFC 8414 §2: "a URL that uses the "https" scheme". That `http` is for loopback is another rule.
    ///
    /// - refused: `issuer = "ftp://auth.example.com"`
    /// - accepted: `issuer = "https://auth.example.com"`
    both rfc8414_section_2_the_issuer_is_an_https_url = "is not an https URL (RFC 8414 §2): start it with `https://`";
    /// RFC 3986 §7.6: it "can be used to construct a URI intended to mislead a human user".
    ///
    /// - refused: `issuer = "https://user@auth.example.com"`
    /// - accepted: `issuer = "https://auth.example.com"`
    both rfc3986_section_7_6_the_issuer_has_no_user_information = "has user information, which hides its host (RFC 3986 §7.6): leave it out";
    /// RFC 8414 §2: a URL that is https has a host (RFC 9110 §4.2.2).
    ///
    /// - refused: `issuer = "https://"`
    /// - accepted: `issuer = "https://auth.example.com"`
    both rfc8414_section_2_the_issuer_has_a_host = "has no host (RFC 8414 §2): write `https://auth.example.com`, for example";
    /// RFC 3986 §3.2.3: `port = *DIGIT`; and it is one of TCP's.
    ///
    /// - refused: `issuer = "https://auth.example.com:port"`
    /// - accepted: `issuer = "http://localhost:8080/tenant-1"`
    both rfc3986_section_3_2_3_the_issuer_has_a_proper_port = "has a malformed port (RFC 3986 §3.2.3): write a number of at most 65535 after the `:`, or leave both out";
    /// RFC 8414 §2 wants https. Nobody is on the way to loopback: there, for development, http will do.
    ///
    /// - refused: `issuer = "http://auth.example.com"`
    /// - accepted: `issuer = "http://localhost:8080/tenant-1"`
    both rfc8414_section_2_http_is_for_loopback = "is http off loopback, where anyone on the way can change it (RFC 8414 §2): use `https://`, or `http://127.0.0.1` for development";
    /// RFC 3986 §2.3: what is unreserved is written in one way only, and issuers are compared byte for byte.
    ///
    /// - refused: `issuer = "https://auth.example.com/a%20b"`
    /// - accepted: `issuer = "http://localhost:8080/tenant-1"`
    both rfc3986_section_2_3_the_path_of_the_issuer_is_unreserved = "has a path with other than unreserved characters (RFC 3986 §2.3): use letters, digits, `-._~`";
    /// RFC 8414 §3.3: the issuer of the metadata "MUST be identical" to that which the client asked.
    ///
    /// - refused: `issuer = "https://auth.example.com/"`
    /// - accepted: `issuer = "https://auth.example.com"`
    both rfc8414_section_3_3_the_issuer_has_no_slash_at_its_end = "ends with `/`: clients compare issuers byte for byte (RFC 8414 §3.3), and most write none: leave it out";
} }

/// Judges an issuer: `https`, or `http` on loopback. Each rule reads what those before it have passed.
pub const fn check(issuer: &str) -> Result<(), Broken> {
    let bytes = issuer.as_bytes();
    if bytes.is_empty() {
        return broken(&rfc8414_section_2_the_issuer_is_not_empty);
    }
    if !has_characters_of_urls(issuer) {
        return broken(&rfc3986_section_2_the_issuer_is_ascii);
    }
    if contains(bytes, b'?') || contains(bytes, b'#') {
        return broken(&rfc8414_section_2_the_issuer_has_no_query_and_no_fragment);
    }
    let is_https = starts_with(bytes, b"https://");
    if !is_https && !starts_with(bytes, b"http://") {
        return Err(no_url(bytes));
    }
    let rest = after(bytes, if is_https { 8 } else { 7 });
    let authority = before(rest, b'/');
    let (host, port) = split_authority(authority);
    if contains(authority, b'@') {
        return broken(&rfc3986_section_7_6_the_issuer_has_no_user_information);
    }
    if host.is_empty() {
        return broken(&rfc8414_section_2_the_issuer_has_a_host);
    }
    if !is_port(port) {
        return broken(&rfc3986_section_3_2_3_the_issuer_has_a_proper_port);
    }
    if !is_https && !is_loopback_bytes(host) {
        return broken(&rfc8414_section_2_http_is_for_loopback);
    }
    if !is_path(after(rest, authority.len())) {
        return broken(&rfc3986_section_2_3_the_path_of_the_issuer_is_unreserved);
    }
    if matches!(bytes, [.., b'/']) {
        return broken(&rfc8414_section_3_3_the_issuer_has_no_slash_at_its_end);
    }
    Ok(())
}

/// Judges the issuer of another, whose tokens a resource takes: it may end with `/`. RFC 8414 §2 allows that, and the identifier
/// is what its owner says, byte for byte (§3.3).
pub const fn check_foreign(issuer: &str) -> Result<(), Broken> {
    check(without_slash(issuer))
}

/// RFC 8414 §3.1: "any terminating "/" MUST be removed before inserting "/.well-known/"".
pub const fn without_slash(issuer: &str) -> &str {
    match issuer.as_bytes() {
        [.., b'/'] => issuer.split_at(issuer.len() - 1).0,
        _ => issuer,
    }
}

/// Tells whether two issuers are the same, byte for byte (RFC 8414 §3.3).
pub const fn is_same(a: &str, b: &str) -> bool {
    is_equal(a.as_bytes(), b.as_bytes())
}

/// Tells whether the characters of a text are those of URLs, RFC 3986 §2.
pub(crate) const fn has_characters_of_urls(url: &str) -> bool {
    let mut rest = url.as_bytes();
    while let [byte, tail @ ..] = rest {
        if !matches!(*byte, 0x21..=0x7E) {
            return false;
        }
        rest = tail;
    }
    true
}

const fn broken(rule: &'static Rule) -> Result<(), Broken> {
    Err(Broken::new(rule))
}

/// The rule in words that fit what was probably meant.
const fn no_url(issuer: &[u8]) -> Broken {
    let broken = Broken::new(&rfc8414_section_2_the_issuer_is_an_https_url);
    if matches!(issuer, [b'/' | b'.', ..]) {
        broken.saying("is a path: write the whole URL, which starts with `https://` (RFC 8414 §2)")
    } else if starts_with(issuer, b"localhost")
        || starts_with(issuer, b"127.0.0.1")
        || starts_with(issuer, b"[::1]")
    {
        broken.saying("is no URL (RFC 8414 §2): start it with `http://`, which is allowed on loopback")
    } else {
        broken
    }
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

#[cfg(test)]
mod tests {
    /// One issuer a line, `ok` or `no` before it.
    #[test]
    fn vectors() {
        for line in include_str!("vectors/issuer.txt").lines() {
            let (verdict, issuer) = line.split_once('\t').unwrap();
            assert_eq!(super::check(issuer).is_ok(), verdict == "ok", "{issuer:?}");
        }
    }
}
