//! The origins of a configuration: those that browsers send.

use super::repeated;
use crate::client::is_origin;

pub(super) fn check(origins: &[&str], mistakes: &mut Vec<String>) {
    mistakes.extend(
        repeated(origins).map(|origin| format!("the allowed origin `{origin}` is given twice: keep one")),
    );
    mistakes.extend(origins.iter().filter_map(|origin| {
        defect(origin).map(|defect| format!("the allowed origin `{}` {defect}", origin.escape_debug()))
    }));
}

/// RFC 6454 §6.2: the serialisation that browsers send. It is compared byte for byte, so one that no browser sends would
/// match nothing. The macros apply the same rules to literals.
fn defect(origin: &str) -> Option<&'static str> {
    const SYNTAX: &str = "is not an origin (RFC 6454 §6.2): write scheme, host and port alone, in lower case, such as \
                          `https://app.example.com`";
    let Some((scheme, authority)) = origin.split_once("://").filter(|_| is_origin(origin)) else {
        return Some(SYNTAX);
    };
    let host_len =
        authority.find(']').map_or_else(|| authority.find(':').unwrap_or(authority.len()), |end| end + 1);
    let (host, port) = authority.split_at_checked(host_len)?;
    let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    if host.is_empty() || !is_port {
        return Some(SYNTAX);
    }
    if scheme == "http" && !matches!(host, "localhost" | "127.0.0.1" | "[::1]") {
        return Some("is http off loopback, where anyone on the way can change the page: use `https://`");
    }
    matches!((scheme, port), ("https", ":443") | ("http", ":80"))
        .then_some("has the default port, which browsers leave out (RFC 6454 §6.2)")
}

#[cfg(test)]
mod tests {
    /// The macros' own vectors: both implementations judge alike.
    #[test]
    fn origins_are_judged_as_the_macros_judge_them() {
        for line in include_str!("../../../../oauth-macros/src/rules/vectors/origin.txt").lines() {
            let (verdict, origin) = line.split_once('\t').unwrap();
            assert_eq!(super::defect(origin).is_none(), verdict == "ok", "{origin:?}");
        }
    }
}
