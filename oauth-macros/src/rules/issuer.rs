//! Issuer identifiers, RFC 8414 §2.

/// RFC 8414 §2: "a URL that uses the "https" scheme and has no query or fragment components". `http` is allowed on
/// loopback, for development.
///
/// The run-time crate applies the same rules to issuers that are not literals; both are tested with `vectors/issuer.txt`.
pub(crate) fn check(issuer: &str) -> Result<(), &'static str> {
    if issuer.is_empty() {
        return Err("is empty: it is the https URL of your server (RFC 8414 §2)");
    }
    if !issuer.bytes().all(|byte| matches!(byte, 0x21..=0x7E)) {
        return Err("has characters that no URL has (RFC 3986 §2): percent-encode them");
    }
    if issuer.contains(['?', '#']) {
        return Err("has a query or a fragment, which RFC 8414 §2 forbids: leave it out");
    }
    let (is_https, rest) = match (issuer.strip_prefix("https://"), issuer.strip_prefix("http://")) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (false, rest),
        (None, None) if issuer.starts_with(['/', '.']) => {
            return Err("is a path: write the whole URL, which starts with `https://` (RFC 8414 §2)");
        }
        (None, None) if ["localhost", "127.0.0.1", "[::1]"].iter().any(|host| issuer.starts_with(host)) => {
            return Err("is not a URL (RFC 8414 §2): start it with `http://`, which is allowed on loopback");
        }
        (None, None) => return Err("is not an https URL (RFC 8414 §2): start it with `https://`"),
    };
    let authority = rest.split('/').next().unwrap_or_default();
    if authority.contains('@') {
        return Err("has user information, which hides its host (RFC 3986 §7.6): leave it out");
    }
    let host_len =
        authority.find(']').map_or_else(|| authority.find(':').unwrap_or(authority.len()), |end| end + 1);
    let (host, port) = authority.split_at(host_len);
    if host.is_empty() {
        return Err("has no host (RFC 8414 §2)");
    }
    let port_is_well_formed =
        port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    if !port_is_well_formed {
        return Err("has a malformed port (RFC 3986 §3.2.3)");
    }
    if !is_https && !matches!(host, "localhost" | "127.0.0.1" | "[::1]") {
        return Err(
            "is http off loopback, where anyone on the way can change it (RFC 8414 §2): use `https://`, or `http://127.0.0.1` for development",
        );
    }
    let path = rest.strip_prefix(authority).unwrap_or_default();
    if !path
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~'))
    {
        return Err(
            "has a path with other than unreserved characters (RFC 3986 §2.3): use letters, digits, `-._~`",
        );
    }
    if rest.ends_with('/') {
        return Err(
            "ends with `/`: clients compare issuers byte for byte (RFC 8414 §3.3), and most write none: leave it out",
        );
    }
    Ok(())
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
