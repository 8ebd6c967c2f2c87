//! Endpoint paths, relative to the issuer.

use alloc::format;
use alloc::string::{String, ToString as _};

use crate::Broken;
use crate::broken::{ensure, none_is_found};
use crate::text::is_equal;

rules! { "authorization_server" {
    /// The issuer has the host: a path of another could not be served.
    ///
    /// - refused: `revocation = "https://auth.example.com/revoke"`
    /// - accepted: `token = "/oauth/token"`
    both a_path_is_no_url = "is a whole URL: write its path alone, it is relative to the issuer";
    /// RFC 3986 §3.3: beside an authority, a path is empty or begins with `/`.
    ///
    /// - refused: `token = "token"`
    /// - accepted: `token = "/oauth/token"`
    both rfc3986_section_3_3_a_path_begins_with_a_slash = "is relative: write `/{}`";
    /// RFC 6749 §3.1 and §3.2: "The endpoint URI MUST NOT include a fragment component"; the query is the request's.
    ///
    /// - refused: `token = "/token?tenant=1"`
    /// - accepted: `token = "/oauth/token"`
    both rfc6749_section_3_2_a_path_has_no_query_and_no_fragment = "has a query or a fragment: RFC 6749 §3.1 and §3.2 leave those to the request";
    /// RFC 8615 §3: names under it are registered, and RFC 8414 §3 puts the metadata there.
    ///
    /// - refused: `introspection = "/.well-known/introspect"`
    /// - accepted: `jwks = "/oauth/keys"`
    both rfc8615_section_3_paths_are_not_well_known_names = "is under `/.well-known/`, whose names are registered with IANA (RFC 8615 §3): choose another";
    /// RFC 3986 §5.2.4: clients remove dot segments, and many remove empty ones.
    ///
    /// - refused: `revocation = "/oauth//revoke"`
    /// - accepted: `token = "/oauth/token"`
    both rfc3986_section_5_2_4_a_path_has_no_empty_and_no_dot_segments = "has an empty segment, `.` or `..`, which clients remove (RFC 3986 §5.2.4): write a path without them, such as `/oauth/token`";
    /// RFC 3986 §2.3: what is unreserved needs no encoding, and no router reads it as a pattern.
    ///
    /// - refused: `introspection = "/{tenant}/introspect"`
    /// - accepted: `token = "/oauth/token"`
    both rfc3986_section_2_3_paths_have_unreserved_characters = "has the character {}: use letters, digits, `-`, `.`, `_` and `~` (RFC 3986 §2.3)";
    /// A path leads to one endpoint: the second could not be reached.
    ///
    /// - refused: `token = "/oauth", revocation = "/oauth"`
    /// - accepted: `token = "/oauth/token"`
    both each_endpoint_has_its_own_path = "the path `{}` is another endpoint's already: each has its own";
} }

/// Judges a path.
///
/// # Errors
///
/// Words about it.
pub fn check(path: &str) -> Result<(), String> {
    let judged = judge(path).map_err(|broken| {
        if broken.rule == &rfc3986_section_3_3_a_path_begins_with_a_slash {
            broken.rule.says(&[&path.escape_debug()])
        } else {
            broken.to_string()
        }
    });
    judged.map_err(|words| format!("the path `{}` {words}", path.escape_debug()))
}

/// Each rule reads a text that those before it have passed.
fn judge(path: &str) -> Result<(), Broken> {
    ensure(!path.contains("://"), &a_path_is_no_url)?;
    ensure(path.starts_with('/'), &rfc3986_section_3_3_a_path_begins_with_a_slash)?;
    ensure(!path.contains(['?', '#']), &rfc6749_section_3_2_a_path_has_no_query_and_no_fragment)?;
    let first = path.split('/').nth(1).unwrap_or_default();
    ensure(!is_well_known(first.as_bytes()), &rfc8615_section_3_paths_are_not_well_known_names)?;
    ensure(
        !path.split('/').skip(1).any(|segment| is_removed(segment.as_bytes())),
        &rfc3986_section_5_2_4_a_path_has_no_empty_and_no_dot_segments,
    )?;
    none_is_found(
        path.chars().find(|c| !is_character(*c)),
        &rfc3986_section_2_3_paths_have_unreserved_characters,
    )
}

/// Tells whether names under this segment are registered (RFC 8615 §3).
pub(crate) const fn is_well_known(segment: &[u8]) -> bool {
    is_equal(segment, b".well-known")
}

/// Tells whether clients remove a segment (RFC 3986 §5.2.4).
pub(crate) const fn is_removed(segment: &[u8]) -> bool {
    matches!(segment, b"" | b"." | b"..")
}

/// Tells whether a path has this character: one that is unreserved (RFC 3986 §2.3), or `/`.
pub(crate) const fn is_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '/' | '-' | '.' | '_' | '~')
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn vectors() {
        for path in ["/token", "/oauth/token", "/jwks.json", "/oauth2/v1.0/~a_b-c"] {
            assert_eq!(check(path), Ok(()), "{path}");
        }
        for path in [
            "",
            "/",
            "token",
            "https://example.com/token",
            "/token/",
            "//token",
            "/a//b",
            "/a/../b",
            "/./a",
            "/a?b",
            "/a#b",
            "/.well-known",
            "/.well-known/jwks.json",
            "/{id}",
            "/*rest",
            "/:id",
            "/a b",
            "/ä",
            "/a%20b",
        ] {
            assert!(check(path).is_err(), "{path}");
        }
        assert_eq!(check("/.well-knownish"), Ok(()));
    }
}
