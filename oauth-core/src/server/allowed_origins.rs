//! Origins that an operator allows beside those that clients registered.

use crate::client::is_origin;

/// What is wrong with the configured origins: the rules of `allowed_origins(…)`, for servers by hand.
pub(super) fn check(origins: &[&str], mistakes: &mut Vec<String>) {
    for (index, origin) in origins.iter().enumerate() {
        mistakes.extend(defect(origin).map(|defect| format!("the allowed origin `{origin}` {defect}")));
        if origins.iter().take(index).any(|earlier| earlier == origin) {
            mistakes.push(format!("the allowed origin `{origin}` is given twice"));
        }
    }
}

/// RFC 6454 §6.2: the serialisation that browsers send. It is compared byte for byte, so one that no browser sends would
/// match nothing. The macros apply the same rules to literals.
fn defect(origin: &str) -> Option<&'static str> {
    if !is_origin(origin) {
        return Some(
            "is not an origin (RFC 6454 §6.2): write scheme, host and port alone, in lower case, such as \
             `https://app.example.com`",
        );
    }
    let (scheme, authority) = origin.split_once("://")?;
    let host_len =
        authority.find(']').map_or_else(|| authority.find(':').unwrap_or(authority.len()), |at| at + 1);
    let (host, port) = authority.split_at_checked(host_len)?;
    if host.is_empty()
        || !(port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok()))
    {
        return Some("has no host or a malformed port (RFC 3986 §3.2)");
    }
    if scheme == "http" && !matches!(host, "localhost" | "127.0.0.1" | "[::1]") {
        return Some(
            "is http off loopback: a page that anyone on the way can change would get tokens (RFC 9700 §2.6)",
        );
    }
    if matches!((scheme, port), ("https", ":443") | ("http", ":80")) {
        return Some("has the default port, which browsers leave out (RFC 6454 §6.2)");
    }
    None
}

#[cfg(test)]
mod tests {
    /// The macros' own vectors: both implementations judge alike.
    #[test]
    fn origins_are_judged_as_the_macros_judge_them() {
        for line in include_str!("../../../oauth-macros/src/rules/vectors/origin.txt").lines() {
            let (verdict, origin) = line.split_once('\t').unwrap();
            assert_eq!(super::defect(origin).is_none(), verdict == "ok", "{origin:?}");
        }
    }
}
