//! Endpoint paths, relative to the issuer.

/// RFC 3986 §3.3: a path is segments of `pchar`; those that need no encoding and that no router reads as a pattern.
pub(crate) fn check(path: &str) -> Result<(), String> {
    if path.contains("://") {
        return Err("is a whole URL: write its path alone, it is relative to the issuer".into());
    }
    let Some(segments) = path.strip_prefix('/') else {
        return Err(format!("is relative: write `/{path}`"));
    };
    if path.contains(['?', '#']) {
        return Err("has a query or a fragment: RFC 6749 §3.1 and §3.2 leave those to the request".into());
    }
    // RFC 8615 §3: names under it are registered, and RFC 8414 §3 puts the metadata there.
    if segments == ".well-known" || segments.starts_with(".well-known/") {
        return Err(
            "is under `/.well-known/`, whose names are registered with IANA (RFC 8615 §3): choose another"
                .into(),
        );
    }
    if segments.split('/').any(|segment| matches!(segment, "" | "." | "..")) {
        return Err("has an empty segment, `.` or `..`, which clients remove (RFC 3986 §5.2.4)".into());
    }
    match path.chars().find(|c| !(c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '.' | '_' | '~'))) {
        Some(c) => Err(format!(
            "has the character {c:?}: use letters, digits, `-`, `.`, `_` and `~` (RFC 3986 §2.3)"
        )),
        None => Ok(()),
    }
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
