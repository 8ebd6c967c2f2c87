//! `htu`: for which URL a proof is.

use std::borrow::Cow;

/// Tells whether two URLs are one, but for query and fragment. RFC 9449 §4.3: "servers SHOULD employ Syntax-Based Normalization
/// (Section 6.2.2 of [RFC3986]) and Scheme-Based Normalization (Section 6.2.3 of [RFC3986]) before comparing the htu claim."
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let Some(normal) = Normal::of(one) else { return false };
    one == other || Normal::of(other).is_some_and(|other| normal.is_same(&other))
}

/// A URL of the web in its normal form, but for the case of its host.
struct Normal<'u> {
    scheme: &'static str,
    host: &'u str,
    path: Cow<'u, str>,
}

impl<'u> Normal<'u> {
    /// `None`: it is none.
    fn of(url: &'u str) -> Option<Self> {
        // Byte by byte: for texts this short, a searcher takes longer to set up.
        let end = url.bytes().position(|byte| matches!(byte, b'?' | b'#'));
        let url = url.get(..end.unwrap_or(url.len()))?;
        let schemes = [("https://", ":443"), ("http://", ":80")];
        let (scheme, default_port, rest) = schemes.into_iter().find_map(|(scheme, default_port)| {
            let (found, rest) = url.split_at_checked(scheme.len())?;
            found.eq_ignore_ascii_case(scheme).then_some((scheme, default_port, rest))
        })?;
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        // §6.2.3: the default port, and an empty one, are as good as none.
        let host = host.strip_suffix(default_port).or_else(|| host.strip_suffix(':')).unwrap_or(host);
        if host.is_empty() || host.contains('@') {
            return None;
        }
        Some(Self { scheme, host, path: normal_path(path)? })
    }

    fn is_same(&self, other: &Self) -> bool {
        self.scheme == other.scheme && self.host.eq_ignore_ascii_case(other.host) && self.path == other.path
    }
}

/// The path in its normal form, which most are in. An empty one is `/` (§6.2.3).
fn normal_path(path: &str) -> Option<Cow<'_, str>> {
    if path.contains('%') || path.as_bytes().windows(2).any(|pair| pair == b"/.") {
        return Some(without_dots(&decoded(path)?).into());
    }
    Some(if path.is_empty() { "/" } else { path }.into())
}

/// RFC 3986 §6.2.2.1, §6.2.2.2: the digits of percent encoding are in upper case, and what needs none has none.
fn decoded(path: &str) -> Option<String> {
    let mut normal = String::with_capacity(path.len());
    let mut rest = path.chars();
    while let Some(char) = rest.next() {
        if char != '%' {
            normal.push(char);
            continue;
        }
        let mut digit = || rest.next()?.to_digit(16);
        let byte = u8::try_from(digit()? * 16 + digit()?).ok()?;
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            normal.push(char::from(byte));
        } else {
            normal.extend(["%", &format!("{byte:02X}")]);
        }
    }
    Some(normal)
}

/// §6.2.2.3, §5.2.4: `.` and `..` are resolved.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            segment => kept.push(segment),
        }
    }
    format!("/{}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn section_4_3_urls_are_compared_in_their_normal_form() {
        let ours = "https://server.example.com/a~b/token";
        for same in [
            "https://server.example.com/a~b/token",
            "HTTPS://Server.EXAMPLE.com/a~b/token",
            "https://server.example.com:443/a~b/token",
            "https://server.example.com:/a~b/token",
            "https://server.example.com/a%7Eb/token",
            "https://server.example.com/a%7eb/%74oken",
            "https://server.example.com/x/../a~b/./token",
            "https://server.example.com/a~b/token?query=1#fragment",
        ] {
            assert!(is_same(ours, same), "{same}");
        }
        for other in [
            "",
            "token",
            "/a~b/token",
            "http://server.example.com/a~b/token",
            "https://server.example.com:80/a~b/token",
            "https://server.example.com:8443/a~b/token",
            "https://other.example.com/a~b/token",
            "https://server.example.com.evil.example/a~b/token",
            "https://user@server.example.com/a~b/token",
            "https://server.example.com/a~b/token/",
            "https://server.example.com/a~b/Token",
            "https://server.example.com/a~b%2Ftoken",
            "https://server.example.com/a~b/token%",
            "https://server.example.com/a~b/token%2",
            "https://server.example.com/a~b/",
            "ftp://server.example.com/a~b/token",
            "https:///a~b/token",
        ] {
            assert!(!is_same(ours, other), "{other}");
        }
        assert!(is_same("https://a.example", "https://a.example/") && is_same("http://a:80", "http://a/?q"));
        assert!(is_same("https://a.example/b/..", "https://a.example/"));
        assert!(is_same("https://a.example/%c3%a9", "https://a.example/%C3%A9"));
    }
}
