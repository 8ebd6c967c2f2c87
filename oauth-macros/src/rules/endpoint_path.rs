//! Endpoint paths, relative to the issuer.

use super::{Verdict, all};

/// Each reads a text that those before it have passed.
pub(crate) fn check(path: &str) -> Verdict {
    all(
        &[
            is_no_url,
            starts_with_a_slash,
            has_no_query_and_no_fragment,
            is_not_well_known,
            has_no_empty_segment,
            has_unreserved_characters,
        ],
        path,
    )
}

/// The issuer has the host: a path of another could not be served.
fn is_no_url(path: &str) -> Verdict {
    if path.contains("://") {
        return Err("is a whole URL: write its path alone, it is relative to the issuer".into());
    }
    Ok(())
}

/// RFC 3986 §3.3: beside an authority, a path is empty or begins with `/`.
fn starts_with_a_slash(path: &str) -> Verdict {
    if path.starts_with('/') {
        return Ok(());
    }
    Err(format!("is relative: write `/{path}`"))
}

/// RFC 6749 §3.1 and §3.2: "The endpoint URI MUST NOT include a fragment component"; the query is the request's.
fn has_no_query_and_no_fragment(path: &str) -> Verdict {
    if path.contains(['?', '#']) {
        return Err("has a query or a fragment: RFC 6749 §3.1 and §3.2 leave those to the request".into());
    }
    Ok(())
}

/// RFC 8615 §3: names under it are registered, and RFC 8414 §3 puts the metadata there.
fn is_not_well_known(path: &str) -> Verdict {
    if path == "/.well-known" || path.starts_with("/.well-known/") {
        return Err(
            "is under `/.well-known/`, whose names are registered with IANA (RFC 8615 §3): choose another"
                .into(),
        );
    }
    Ok(())
}

/// RFC 3986 §5.2.4: clients remove dot segments, and many remove empty ones.
fn has_no_empty_segment(path: &str) -> Verdict {
    if path.split('/').skip(1).any(|segment| matches!(segment, "" | "." | "..")) {
        return Err("has an empty segment, `.` or `..`, which clients remove (RFC 3986 §5.2.4): write a path without them, such as `/oauth/token`".into());
    }
    Ok(())
}

/// RFC 3986 §2.3: what is unreserved needs no encoding, and no router reads it as a pattern.
fn has_unreserved_characters(path: &str) -> Verdict {
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
