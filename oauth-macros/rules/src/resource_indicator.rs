//! Resource indicators, RFC 8707: the APIs that a server issues tokens for.

use crate::http::{is_loopback_bytes, is_port, split_authority};
use crate::issuer::{has_characters_of_urls, rfc5890_section_2_3_2_1_a_host_is_written_as_dns_has_it};
use crate::text::{after, before, contains, is_equal, starts_with};
use crate::{Broken, Rule};

rules! { "authorization_server" {
    /// RFC 8707 §2: "Its value MUST be an absolute URI". Here it is an https URL besides,
    /// as a resource that has metadata is (RFC 9728 §1.2).
    ///
    /// - refused: `"api.example.com/mail"`
    /// - accepted: `"https://api.example.com/calendar"`
    both rfc8707_section_2_a_resource_is_an_absolute_uri [Resources] = "is not an https URL (RFC 8707 §2, RFC 9728 §1.2): start it with `https://`";
    /// RFC 8707 §2: "The URI MUST NOT include a fragment component."
    ///
    /// - refused: `"https://api.example.com/mail#inbox"`
    /// - accepted: `"https://api.example.com/calendar"`
    both rfc8707_section_2_a_resource_has_no_fragment [Resources] = "has a fragment, which RFC 8707 §2 forbids: leave it out";
    /// Whoever is on the way to a resource reads the tokens that are for it.
    ///
    /// - refused: `"http://api.example.com/mail"`
    /// - accepted: `"http://localhost:8080/mcp"`
    both rfc8707_section_2_a_resource_is_https_off_loopback [Resources] = "is http off loopback, where anyone on the way reads its tokens: use `https://`, or `http://127.0.0.1` for development";
    /// Two resources that a request cannot tell apart are one: an empty path is `/`, and scheme and host are of any case
    /// (RFC 3986 §6.2).
    ///
    /// - refused: `"https://api.example.com/files", "https://API.example.com/files"`
    /// - accepted: `"https://api.example.com/calendar"`
    both rfc8707_section_2_a_resource_is_declared_once [Resources] = "the resource `{}` is declared twice: keep one";
    /// RFC 8707 §2.2: a token has the scopes that its resource knows, and one that the server does not declare can nobody have.
    ///
    /// - refused: `"https://api.example.com/tasks"(scopes("tasks"))`
    /// - accepted: `"https://api.example.com/calendar"(scopes("calendar.read"))`
    both rfc8707_section_2_2_the_scopes_of_a_resource_are_declared [Resources] = "the resource `{}` knows the scope `{}`, which `scopes` does not declare (RFC 8707 §2.2): declare it there, or remove it here";
    /// - refused: `resources()`
    /// - accepted: `resources(CalendarApi`
    error a_list_of_resources_is_not_empty [Resources] = "`resources()` is empty: name the APIs that tokens are for (RFC 8707 §2), such as {}, or remove it";
    /// The list is compiled into the server.
    ///
    /// - refused: `resources(Configured)`
    /// - accepted: `resources(CalendarApi`
    error a_resource_names_its_audience_before_a_run [Resources] = "`#[resource_server(audience = self.…)]` names its audience in a run, and `resources(…)` is constant (RFC 8707 §2)\nwrite `audience = \"https://…\"` there, or the URI here";
    /// RFC 8707 §2: the resource that a client names is whom its token is for.
    ///
    /// - refused: `#[claim("aud")]`
    /// - accepted: `resources(CalendarApi`
    both rfc8707_section_2_resources_say_whom_a_token_is_for [Resources] = "the claim `aud` is set, and `resources(…)` say what it is (RFC 8707 §2): remove the one or the other";
} }

/// Judges the URI of a resource: `https`, or `http` on loopback.
///
/// # Errors
///
/// The rule that it breaks, in words that follow the URI.
pub const fn check(uri: &str) -> Result<(), Broken> {
    let bytes = uri.as_bytes();
    let absolute = Broken::new(&rfc8707_section_2_a_resource_is_an_absolute_uri);
    if bytes.is_empty() {
        return Err(absolute.saying("is empty: write the https URL of the API (RFC 8707 §2)"));
    }
    if !split(bytes).1.is_ascii() {
        return broken(&rfc5890_section_2_3_2_1_a_host_is_written_as_dns_has_it);
    }
    if !has_characters_of_urls(uri) || has_one_of(bytes, b"\"\\<>^`{|}") {
        return Err(absolute.saying("has characters that no URI has (RFC 3986 §2): percent-encode them"));
    }
    if contains(bytes, b'#') {
        return broken(&rfc8707_section_2_a_resource_has_no_fragment);
    }
    let is_https = starts_with(bytes, b"https://");
    if !is_https && !starts_with(bytes, b"http://") {
        return Err(absolute);
    }
    let (_, authority, _) = split(bytes);
    let (host, port) = split_authority(authority);
    if contains(authority, b'@') {
        return Err(
            absolute.saying("has user information, which hides its host (RFC 3986 §7.6): leave it out")
        );
    }
    if host.is_empty() {
        return Err(
            absolute.saying("has no host (RFC 8707 §2): write `https://api.example.com`, for example")
        );
    }
    if !is_port(port) {
        return Err(absolute.saying("has a malformed port (RFC 3986 §3.2.3): write a number of at most 65535 after the `:`, or leave both out"));
    }
    if !is_https && !is_loopback_bytes(host) {
        return broken(&rfc8707_section_2_a_resource_is_https_off_loopback);
    }
    Ok(())
}

/// Tells whether a request that names the resource `a` means `b`. Equal strings are the same; and so are those that differ in the
/// case of scheme and host or in an empty path, which is `/` (RFC 3986 §6.2.2.1, §6.2.3), as clients that parse the URI write it.
/// No resource is the prefix of another.
pub const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if is_equal(a, b) {
        return true;
    }
    let ((a_scheme, a_authority, a_rest), (b_scheme, b_authority, b_rest)) = (split(a), split(b));
    !a_authority.is_empty()
        && a_scheme.eq_ignore_ascii_case(b_scheme)
        && a_authority.eq_ignore_ascii_case(b_authority)
        && is_equal(without_root(a_rest), without_root(b_rest))
}

/// Scheme, authority, and all that follows it.
const fn split(uri: &[u8]) -> (&[u8], &[u8], &[u8]) {
    let scheme = before(uri, b':');
    let rest = after(uri, scheme.len());
    if !starts_with(rest, b"://") {
        return (scheme, &[], rest);
    }
    let rest = after(rest, 3);
    let authority = before(before(before(rest, b'/'), b'?'), b'#');
    (scheme, authority, after(rest, authority.len()))
}

/// Path and query without a `/` that is the whole path.
const fn without_root(rest: &[u8]) -> &[u8] {
    match rest {
        [b'/'] => &[],
        [b'/', b'?', ..] => after(rest, 1),
        _ => rest,
    }
}

const fn has_one_of(text: &[u8], mut wanted: &[u8]) -> bool {
    while let [byte, rest @ ..] = wanted {
        if contains(text, *byte) {
            return true;
        }
        wanted = rest;
    }
    false
}

const fn broken(rule: &'static Rule) -> Result<(), Broken> {
    Err(Broken::new(rule))
}

#[cfg(test)]
mod tests {
    use super::{check, is_same};

    #[test]
    fn resources_are_https_urls_without_a_fragment() {
        for uri in
            ["https://a", "https://a/", "https://a/b?c=d", "http://localhost:1/mcp", "https://[::1]:8/x"]
        {
            assert!(check(uri).is_ok(), "{uri}");
        }
        for uri in [
            "",
            "a",
            "/a",
            "urn:a",
            "ftp://a",
            "http://a",
            "https://",
            "https:///a",
            "https://u@a",
            "https://a:x",
            "https://a#",
            "https://a/#b",
            "https://a/b c",
            "https://a/ö",
            "https://a|b",
            "HTTPS://a",
        ] {
            assert!(check(uri).is_err(), "{uri}");
        }
    }

    #[test]
    fn section_2_comparison_is_of_strings_but_for_case_of_the_host_and_an_empty_path() {
        for (a, b) in [
            ("https://h", "https://h"),
            ("https://h/", "https://h"),
            ("https://h", "https://h/"),
            ("HTTPS://H:1/", "https://h:1"),
            ("https://h/?a", "https://h?a"),
            ("urn:a", "urn:a"),
        ] {
            assert!(is_same(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("https://h/a", "https://h"),
            ("https://h/a/", "https://h/a"),
            ("https://h/A", "https://h/a"),
            ("https://h//", "https://h"),
            ("https://h.evil", "https://h"),
            ("https://h@evil", "https://h"),
            ("https://h:443", "https://h"),
            ("http://h", "https://h"),
            ("https://h#a", "https://h"),
            ("https://h/#", "https://h"),
            ("https://h?a", "https://h?A"),
            ("urn:a", "urn:A"),
            ("", "https://h"),
        ] {
            assert!(!is_same(a, b), "{a} {b}");
        }
    }
}
