//! Issuer identifiers, RFC 8414 §2.
//!
//! The run-time crate applies the same rules to issuers that are not literals; both are tested with `vectors/issuer.txt`.

use super::{Verdict, all};

/// Each reads a text that those before it have passed.
pub(crate) fn check(issuer: &str) -> Verdict {
    all(
        &[
            is_not_empty,
            has_characters_of_urls,
            has_no_query_and_no_fragment,
            is_https_url,
            has_no_user_information,
            has_host,
            has_proper_port,
            is_http_on_loopback_only,
            has_unreserved_path,
            has_no_slash_at_its_end,
        ],
        issuer,
    )
}

/// RFC 8414 §2: `issuer` is REQUIRED.
fn is_not_empty(issuer: &str) -> Verdict {
    if issuer.is_empty() {
        return Err("is empty: it is the https URL of your server (RFC 8414 §2)".into());
    }
    Ok(())
}

/// RFC 3986 §2: "A URI is composed from a limited set of characters consisting of digits, letters, and a few graphic symbols."
pub(super) fn has_characters_of_urls(url: &str) -> Verdict {
    if url.bytes().all(|byte| matches!(byte, 0x21..=0x7E)) {
        return Ok(());
    }
    Err("has characters that no URL has (RFC 3986 §2): percent-encode them".into())
}

/// RFC 8414 §2: "a URL that uses the "https" scheme and has no query or fragment components".
fn has_no_query_and_no_fragment(issuer: &str) -> Verdict {
    if issuer.contains(['?', '#']) {
        return Err("has a query or a fragment, which RFC 8414 §2 forbids: leave it out".into());
    }
    Ok(())
}

/// RFC 8414 §2: "a URL that uses the "https" scheme". That `http` is for loopback is [another rule](is_http_on_loopback_only).
fn is_https_url(issuer: &str) -> Verdict {
    if issuer.starts_with("https://") || issuer.starts_with("http://") {
        return Ok(());
    }
    if issuer.starts_with(['/', '.']) {
        return Err("is a path: write the whole URL, which starts with `https://` (RFC 8414 §2)".into());
    }
    if ["localhost", "127.0.0.1", "[::1]"].iter().any(|host| issuer.starts_with(host)) {
        return Err("is no URL (RFC 8414 §2): start it with `http://`, which is allowed on loopback".into());
    }
    Err("is not an https URL (RFC 8414 §2): start it with `https://`".into())
}

/// RFC 3986 §7.6: it "can be used to construct a URI intended to mislead a human user".
fn has_no_user_information(issuer: &str) -> Verdict {
    if Parts::of(issuer).authority.contains('@') {
        return Err("has user information, which hides its host (RFC 3986 §7.6): leave it out".into());
    }
    Ok(())
}

/// RFC 8414 §2: a URL that is https has a host (RFC 9110 §4.2.2).
fn has_host(issuer: &str) -> Verdict {
    if Parts::of(issuer).host.is_empty() {
        return Err("has no host (RFC 8414 §2): write `https://auth.example.com`, for example".into());
    }
    Ok(())
}

/// RFC 3986 §3.2.3: `port = *DIGIT`; and it is one of TCP's.
fn has_proper_port(issuer: &str) -> Verdict {
    let port = Parts::of(issuer).port;
    if port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok()) {
        return Ok(());
    }
    Err("has a malformed port (RFC 3986 §3.2.3): write a number of at most 65535 after the `:`, or leave both out".into())
}

/// RFC 8414 §2 wants https. Nobody is on the way to loopback: there, for development, http will do.
fn is_http_on_loopback_only(issuer: &str) -> Verdict {
    let is_loopback = matches!(Parts::of(issuer).host, "localhost" | "127.0.0.1" | "[::1]");
    if issuer.starts_with("http://") && !is_loopback {
        return Err(
            "is http off loopback, where anyone on the way can change it (RFC 8414 §2): use `https://`, or `http://127.0.0.1` for development"
                .into(),
        );
    }
    Ok(())
}

/// RFC 3986 §2.3: what is unreserved is written in one way only, and issuers are compared byte for byte.
fn has_unreserved_path(issuer: &str) -> Verdict {
    let is_unreserved =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~');
    if Parts::of(issuer).path.bytes().all(is_unreserved) {
        return Ok(());
    }
    Err("has a path with other than unreserved characters (RFC 3986 §2.3): use letters, digits, `-._~`"
        .into())
}

/// RFC 8414 §3.3: the issuer of the metadata "MUST be identical" to that which the client asked.
fn has_no_slash_at_its_end(issuer: &str) -> Verdict {
    if issuer.ends_with('/') {
        return Err("ends with `/`: clients compare issuers byte for byte (RFC 8414 §3.3), and most write none: leave it out".into());
    }
    Ok(())
}

/// `scheme "://" authority path`, where authority is `host port`.
struct Parts<'a> {
    authority: &'a str,
    host: &'a str,
    /// With its colon.
    port: &'a str,
    path: &'a str,
}

impl<'a> Parts<'a> {
    fn of(issuer: &'a str) -> Self {
        let rest = issuer.split_once("://").map_or(issuer, |(_, rest)| rest);
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let host_len =
            authority.find(']').map_or_else(|| authority.find(':').unwrap_or(authority.len()), |end| end + 1);
        let (host, port) = authority.split_at(host_len);
        Self { authority, host, port, path }
    }
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
