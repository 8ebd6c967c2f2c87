//! Endpoint paths, relative to the issuer.

/// Every rule of a path.
pub(crate) fn check(path: &str) -> Result<(), String> {
    is_no_url(path)?;
    is_absolute(path)?;
    has_no_query(path)?;
    is_not_well_known(path)?;
    has_plain_segments(path)?;
    is_unreserved(path)
}

/// RFC 8414 §2: endpoints are below the issuer here, so that a server moves as a whole.
fn is_no_url(path: &str) -> Result<(), String> {
    if path.contains("://") {
        return Err("is a whole URL: write its path alone, it is relative to the issuer".into());
    }
    Ok(())
}

/// RFC 3986 §3.3: `path-absolute = "/" [ segment-nz *( "/" segment ) ]`.
fn is_absolute(path: &str) -> Result<(), String> {
    if path.starts_with('/') { Ok(()) } else { Err(format!("is relative: write `/{path}`")) }
}

/// RFC 6749 §3.1, §3.2: "The endpoint URI MUST NOT include a fragment component." Its query is the request's.
fn has_no_query(path: &str) -> Result<(), String> {
    if path.contains(['?', '#']) {
        return Err("has a query or a fragment: RFC 6749 §3.1 and §3.2 leave those to the request".into());
    }
    Ok(())
}

/// RFC 8615 §3: names under it are registered, and RFC 8414 §3 puts the metadata there.
fn is_not_well_known(path: &str) -> Result<(), String> {
    if path == "/.well-known" || path.starts_with("/.well-known/") {
        return Err(
            "is under `/.well-known/`, whose names are registered with IANA (RFC 8615 §3): choose another"
                .into(),
        );
    }
    Ok(())
}

/// RFC 3986 §5.2.4: clients remove dot segments before they send a request.
fn has_plain_segments(path: &str) -> Result<(), String> {
    if path.split('/').skip(1).any(|segment| matches!(segment, "" | "." | "..")) {
        return Err("has an empty segment, `.` or `..`, which clients remove (RFC 3986 §5.2.4)".into());
    }
    Ok(())
}

/// RFC 3986 §2.3: characters that need no encoding, and that no router reads as a pattern.
fn is_unreserved(path: &str) -> Result<(), String> {
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
