//! Through proxies: what `X-Forwarded-For` and `Forwarded` (RFC 7239) say, as far as it can be believed.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr as _;

use http::HeaderMap;
use http::header::FORWARDED;

/// The most proxies that one behind another are followed through.
const HOPS: usize = 16;

/// The address that a request came from. Proxies append what they see, so that the headers are read from their end, for as long as it was
/// a trusted proxy that wrote them; what stands before that, whoever sent the request may have made up (RFC 7239 §8.1).
///
/// Only one of the headers is the proxies' own, and the other came through from outside. Where they differ, nobody knows
/// which, and the proxy itself is what the request counts for.
pub(super) fn origin(headers: &HeaderMap, peer: IpAddr, is_trusted: impl Fn(IpAddr) -> bool) -> IpAddr {
    if !is_trusted(peer) {
        return peer;
    }
    let first_untrusted = |list: Vec<Option<IpAddr>>| {
        let mut origin = peer;
        for hop in list.into_iter().rev().take(HOPS) {
            let Some(hop) = hop else { break };
            origin = hop;
            if !is_trusted(hop) {
                break;
            }
        }
        origin
    };
    match (x_forwarded_for(headers), forwarded(headers)) {
        (None, None) => peer,
        (Some(list), None) | (None, Some(list)) => first_untrusted(list),
        (Some(one), Some(other)) => {
            let (one, other) = (first_untrusted(one), first_untrusted(other));
            if one == other { one } else { peer }
        }
    }
}

/// The values of a header, over all its lines; `None`: it is not there.
fn values<'a>(headers: &'a HeaderMap, name: impl http::header::AsHeaderName) -> Option<Vec<&'a str>> {
    let lines: Vec<_> = headers.get_all(name).iter().collect();
    // A line that is no text hides what comes before it.
    let text = |line: &&'a http::HeaderValue| line.to_str().unwrap_or("unknown");
    (!lines.is_empty()).then(|| lines.iter().flat_map(|line| text(line).split(',')).collect())
}

fn x_forwarded_for(headers: &HeaderMap) -> Option<Vec<Option<IpAddr>>> {
    Some(values(headers, "x-forwarded-for")?.into_iter().map(address).collect())
}

/// RFC 7239 §4: `for=192.0.2.43;proto=http`, and `for="[2001:db8::1]:4711"`.
fn forwarded(headers: &HeaderMap) -> Option<Vec<Option<IpAddr>>> {
    let node = |element: &str| {
        let mut pairs = element.split(';').filter_map(|pair| pair.trim().split_once('='));
        let (_, node) = pairs.find(|(name, _)| name.eq_ignore_ascii_case("for"))?;
        address(node.trim().trim_matches('"'))
    };
    Some(values(headers, FORWARDED)?.into_iter().map(node).collect())
}

/// An address, with or without a port or brackets. What proxies write in place of one (`unknown`, `_hidden`) is none.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let address = IpAddr::from_str(bare).or_else(|_| SocketAddr::from_str(text).map(|socket| socket.ip()));
    address.ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(peer: &str, lines: &[(&'static str, &str)]) -> String {
        let lines = lines.iter().map(|(name, line)| (name.parse().unwrap(), line.parse().unwrap()));
        let headers: HeaderMap = lines.collect();
        let trusted = |address: IpAddr| address.to_string().starts_with("10.");
        origin(&headers, peer.parse().unwrap(), trusted).to_string()
    }

    const XFF: &str = "x-forwarded-for";

    #[test]
    fn what_no_trusted_proxy_wrote_is_not_believed() {
        assert_eq!(from("192.0.2.9", &[(XFF, "198.51.100.1")]), "192.0.2.9");
        assert_eq!(from("10.0.0.1", &[(XFF, "203.0.113.1, 198.51.100.1")]), "198.51.100.1");
        assert_eq!(
            from("10.0.0.1", &[(XFF, "203.0.113.1"), (XFF, "198.51.100.1, 10.0.0.2")]),
            "198.51.100.1"
        );
        assert_eq!(from("10.0.0.1", &[(XFF, "203.0.113.1, unknown, 10.0.0.2")]), "10.0.0.2");
        assert_eq!(from("10.0.0.1", &[(XFF, "nonsense")]), "10.0.0.1");
        assert_eq!(from("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn forwarded_is_read_as_rfc_7239_has_it() {
        let line = "for=203.0.113.1, For=\"[2001:db8:cafe::17]:4711\";proto=http;by=203.0.113.43";
        assert_eq!(from("10.0.0.1", &[("forwarded", line)]), "2001:db8:cafe::17");
        assert_eq!(from("10.0.0.1", &[("forwarded", "for=192.0.2.43:47011")]), "192.0.2.43");
        assert_eq!(from("10.0.0.1", &[("forwarded", "proto=https")]), "10.0.0.1");
    }

    #[test]
    fn of_two_headers_that_differ_neither_counts() {
        let (one, other) = ((XFF, "198.51.100.1"), ("forwarded", "for=203.0.113.1"));
        assert_eq!(from("10.0.0.1", &[one, other]), "10.0.0.1");
        assert_eq!(from("10.0.0.1", &[one, ("forwarded", "for=198.51.100.1")]), "198.51.100.1");
    }
}
