//! Origins of web pages, RFC 6454 §6.2.

/// Every rule of an origin. A browser sends it in one way only and it is compared byte for byte: one that no browser sends
/// would match nothing.
///
/// The run-time crate applies the same rules to origins that are not literals; both are tested with `vectors/origin.txt`.
pub(crate) fn check(origin: &str) -> Result<(), String> {
    names_one_site(origin)?;
    let (scheme, authority) = has_a_scheme(origin)?;
    has_no_path(authority)?;
    let (host, port) = has_a_host(authority)?;
    is_https(scheme, host)?;
    has_no_default_port(scheme, port)
}

/// RFC 6454 §6.2: `null` is what every opaque origin is serialised to; and no server wants to be called by every page
/// there is.
fn names_one_site(origin: &str) -> Result<(), String> {
    if origin == "null" {
        return Err(
            "is what sandboxed and local pages have, whoever wrote them (RFC 6454 §6.2): name an origin of your own".into()
        );
    }
    if origin.contains('*') {
        return Err("is for every page there is: name the origins of your own, one string each".into());
    }
    Ok(())
}

/// RFC 6454 §6.2: the serialisation begins with the scheme.
fn has_a_scheme(origin: &str) -> Result<(&str, &str), String> {
    let parts = origin.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https"));
    parts.ok_or_else(|| "has no scheme (RFC 6454 §6.2): write `https://app.example.com`, for example".into())
}

/// RFC 6454 §6.2: scheme, host and port, and nothing after them.
fn has_no_path(authority: &str) -> Result<(), String> {
    if authority.contains(['/', '?', '#', '@']) {
        return Err(
            "has more than scheme, host and port: browsers send no path, and no `/` at the end (RFC 6454 §6.2)".into()
        );
    }
    Ok(())
}

/// RFC 3986 §3.2: a host, in the lower case in which browsers send it, and a port.
fn has_a_host(authority: &str) -> Result<(&str, &str), String> {
    let host_len =
        authority.find(']').map_or_else(|| authority.find(':').unwrap_or(authority.len()), |end| end + 1);
    let (host, port) = authority.split_at(host_len);
    if host.is_empty() {
        return Err("has no host (RFC 6454 §6.2): write `https://app.example.com`, for example".into());
    }
    if let Some(c) = host.chars().find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '-' | '.' | ':' | '[' | ']'))
    {
        return Err(format!(
            "has the character {c:?}: browsers send hosts in lower case, and others than ASCII as `xn--…` (RFC 6454 §4)"
        ));
    }
    let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    if is_port {
        Ok((host, port))
    } else {
        Err("has a malformed port (RFC 3986 §3.2.3): write a number of at most 65535 after the `:`, or leave both out".into())
    }
}

/// Whoever can change a page of an allowed origin reads its tokens.
fn is_https(scheme: &str, host: &str) -> Result<(), String> {
    if scheme == "http" && !matches!(host, "localhost" | "127.0.0.1" | "[::1]") {
        return Err(
            "is http off loopback, where anyone on the way can change the page: use `https://`".into()
        );
    }
    Ok(())
}

/// RFC 6454 §6.2: the port is left out where it is the default of the scheme.
fn has_no_default_port(scheme: &str, port: &str) -> Result<(), String> {
    if matches!((scheme, port), ("https", ":443") | ("http", ":80")) {
        return Err(format!(
            "has the default port, which browsers leave out (RFC 6454 §6.2): remove `{port}`"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    /// One origin a line, `ok` or `no` before it.
    #[test]
    fn vectors() {
        for line in include_str!("vectors/origin.txt").lines() {
            let (verdict, origin) = line.split_once('\t').unwrap();
            assert_eq!(super::check(origin).is_ok(), verdict == "ok", "{origin:?}");
        }
    }
}
