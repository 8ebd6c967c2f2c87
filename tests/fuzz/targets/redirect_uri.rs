//! Redirect URIs: what is registered has the grammar of RFC 3986, and what matches it is what was registered.

#![no_main]

use std::net::{Ipv4Addr, Ipv6Addr};

use libfuzzer_sys::fuzz_target;
use oauth_core::client::{Client, RedirectUri};

fuzz_target!(|input: &str| {
    let (registered, requested) = input.split_once('\n').unwrap_or((input, input));
    let Ok(uri) = RedirectUri::parse(registered) else { return };
    assert_eq!(uri.as_str(), registered);
    check(registered);
    let client = Client::public("client").redirect_uri(registered).build().unwrap();
    assert!(client.may_redirect_to(registered));
    if client.may_redirect_to(requested) && registered != requested {
        // RFC 8252 §7.3: the port on loopback is free, and nothing else.
        check(requested);
        assert_eq!(without_port(registered), without_port(requested));
        let without_port = without_port(requested);
        let host = authority(without_port.strip_prefix("http://").unwrap());
        assert!(["127.0.0.1", "[::1]", "localhost"].contains(&host), "{requested}");
    }
});

/// RFC 3986 §3, and the rules for redirect URIs on top.
fn check(uri: &str) {
    let (scheme, rest) = uri.split_once(':').expect("RFC 6749 §3.1.2: absolute");
    assert!(scheme.starts_with(|c: char| c.is_ascii_alphabetic()), "{uri}");
    assert!(scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b)), "{uri}");
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    assert!(is_made_of(query, b":@/?"), "a query: {uri}");
    let Some(after) = path.strip_prefix("//") else {
        assert!(is_made_of(path, b":@/"), "a path: {uri}");
        assert!(scheme.contains('.'), "RFC 8252 §7.1: {uri}");
        return;
    };
    let authority = authority(after);
    assert!(is_made_of(&after[authority.len()..], b":@/"), "a path: {uri}");
    let (user_information, rest) = authority.split_once('@').unwrap_or(("", authority));
    assert!(is_made_of(user_information, b":"), "user information: {uri}");
    let (host, port) = match rest.strip_prefix('[') {
        Some(literal) => {
            let (address, port) = literal.split_once(']').expect("RFC 3986 §3.2.2: it ends");
            address.parse::<Ipv6Addr>().expect("an address");
            assert!(port.is_empty() || port.starts_with(':'), "{uri}");
            (&rest[..address.len() + 2], port.strip_prefix(':').unwrap_or("80"))
        }
        None => {
            let (host, port) = rest.split_once(':').unwrap_or((rest, "80"));
            assert!(is_made_of(host, b""), "a host: {uri}");
            (host, port)
        }
    };
    assert!(port.bytes().all(|b| b.is_ascii_digit()), "a port: {uri}");
    if !["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()) {
        assert!(scheme.contains('.'), "RFC 8252 §7.1: {uri}");
        return;
    }
    assert!(!host.is_empty() && !authority.contains('@'), "{uri}");
    assert!(port.parse::<u16>().is_ok(), "a port: {uri}");
    if scheme.eq_ignore_ascii_case("http") {
        let is_loopback = host == "localhost"
            || host == "[::1]"
            || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback());
        assert!(is_loopback, "RFC 9700 §2.6: {uri}");
    }
}

fn authority(after_slashes: &str) -> &str {
    after_slashes.split(['/', '?']).next().unwrap()
}

/// Tells whether it is made of `unreserved`, `pct-encoded`, `sub-delims` and these.
fn is_made_of(part: &str, more: &[u8]) -> bool {
    let mut pieces = part.split('%');
    let is_plain = |piece: &str| {
        piece
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=".contains(&b) || more.contains(&b))
    };
    pieces.next().is_some_and(is_plain)
        && pieces.all(|piece| {
            piece.len() >= 2 && piece.bytes().take(2).all(|b| b.is_ascii_hexdigit()) && is_plain(piece)
        })
}

fn without_port(uri: &str) -> String {
    let (scheme, rest) = uri.split_once("://").unwrap();
    let authority = authority(rest);
    let host = match authority.rfind(':').filter(|colon| !authority[*colon..].contains(']')) {
        Some(colon) => &authority[..colon],
        None => authority,
    };
    format!("{scheme}://{host}{}", &rest[authority.len()..])
}
