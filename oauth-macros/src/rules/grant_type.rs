//! Names of extension grants.

use super::{Verdict, all};

/// The grants that `grants(…)` knows by name: their `grant_type`, and that name.
const STANDARD: [(&str, &str); 7] = [
    ("authorization_code", "authorization_code"),
    ("refresh_token", "refresh_token"),
    ("implicit", "implicit"),
    ("client_credentials", "client_credentials"),
    ("password", "password"),
    ("urn:ietf:params:oauth:grant-type:device_code", "device_code"),
    ("urn:ietf:params:oauth:grant-type:jwt-bearer", "jwt_bearer"),
];

/// Each reads a text that those before it have passed.
pub(crate) fn check(grant_type: &str) -> Verdict {
    all(
        &[
            is_not_empty,
            is_not_standard,
            has_characters_of_uris,
            is_absolute_uri,
            has_no_fragment,
            is_whole_urn,
        ],
        grant_type,
    )
}

/// RFC 6749 §4.5: a request says which grant it means.
fn is_not_empty(grant_type: &str) -> Verdict {
    if grant_type.is_empty() {
        return Err("is empty: an extension grant has an absolute URI (RFC 6749 §4.5), such as `urn:example:grant-type:api-key`".into());
    }
    Ok(())
}

/// RFC 6749 §4.5: one extends the grants of the specifications, and does not replace them.
fn is_not_standard(grant_type: &str) -> Verdict {
    match STANDARD.iter().find(|(standard, _)| *standard == grant_type) {
        Some((_, name)) => Err(format!(
            "is a standard grant's: write `{name}` in `grants(…)` instead, or choose a URI of your own"
        )),
        None => Ok(()),
    }
}

/// RFC 3986 §2.
fn has_characters_of_uris(grant_type: &str) -> Verdict {
    match grant_type.chars().find(|c| !is_uri(*c)) {
        Some(c) => Err(format!("has the character {c:?}, which no URI has (RFC 3986 §2)")),
        None => Ok(()),
    }
}

/// RFC 6749 §4.5: "The client uses an extension grant type by specifying the grant type using an absolute URI (defined by the
/// authorization server) as the value of the "grant_type" parameter". RFC 3986 §4.3: `scheme ":" hier-part [ "?" query ]`.
fn is_absolute_uri(grant_type: &str) -> Verdict {
    let is_absolute = grant_type.split_once(':').is_some_and(|(scheme, rest)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
            && !rest.is_empty()
    });
    if is_absolute {
        return Ok(());
    }
    Err(format!(
        "is not an absolute URI, as RFC 6749 §4.5 wants it: write `urn:example:{}`, with a namespace of your own",
        grant_type.trim_matches(['/', ':'])
    ))
}

/// RFC 3986 §4.3: "the absolute form of a URI without a fragment identifier".
fn has_no_fragment(grant_type: &str) -> Verdict {
    if grant_type.contains('#') {
        return Err("has a fragment, which an absolute URI has not (RFC 3986 §4.3): leave it out".into());
    }
    Ok(())
}

/// RFC 8141 §2: `assigned-name = "urn" ":" NID ":" NSS`.
fn is_whole_urn(grant_type: &str) -> Verdict {
    let mut parts = grant_type.splitn(3, ':');
    let is_urn = parts.next().is_some_and(|scheme| scheme.eq_ignore_ascii_case("urn"));
    let is_whole = parts.next().is_some_and(|namespace| namespace.len() > 1)
        && parts.next().is_some_and(|name| !name.is_empty());
    if is_urn && !is_whole {
        return Err("is not a whole URN (RFC 8141 §2): write `urn:namespace:name`".into());
    }
    Ok(())
}

const fn is_uri(c: char) -> bool {
    c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn vectors() {
        for grant_type in [
            "urn:example:grant-type:api-key",
            "urn:ietf:params:oauth:grant-type:token-exchange",
            "https://example.com/grants/api-key",
            "https://example.com/grants?name=api-key",
            "tag:example.com,2024:grant",
        ] {
            assert_eq!(check(grant_type), Ok(()), "{grant_type}");
        }
        for grant_type in [
            "",
            "api_key",
            "/grants/api-key",
            "//example.com/grant",
            ":x",
            "1a:x",
            "urn:",
            "urn:example",
            "urn:example:",
            "urn:e:x",
            "https://example.com/grant#x",
            "urn:example:a b",
            "urn:example:ä",
            "urn:example:{id}",
            "password",
            "urn:ietf:params:oauth:grant-type:device_code",
        ] {
            assert!(check(grant_type).is_err(), "{grant_type}");
        }
    }
}
