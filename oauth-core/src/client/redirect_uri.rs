//! Redirect URIs: what may be registered, and which lead to the person's own device.

use std::fmt;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::authority::{Authority, MALFORMED_PORT};
use super::{InvalidClientMetadata, openid};

/// A redirect URI that may be registered: absolute, without a fragment (RFC 6749 §3.1.2), and `https`, `http` on a
/// loopback address, or a private-use scheme (RFC 8252 §7).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RedirectUri(String);

impl RedirectUri {
    /// Checks a URI that a client wants to register.
    ///
    /// # Errors
    ///
    /// Says which rule it breaks.
    pub fn parse(uri: impl Into<String>) -> Result<Self, InvalidClientMetadata> {
        Self::parse_as("redirect_uri", uri)
    }

    /// The same of another member of the metadata, which the message names.
    pub(super) fn parse_as(member: &str, uri: impl Into<String>) -> Result<Self, InvalidClientMetadata> {
        Self::parse_with(member, uri.into(), false)
    }

    /// The same, of a client whose private-use scheme may be one without a dot, such as `cursor`: clients that came by themselves
    /// have them. RFC 8252 §7.1 wants a reversed domain name, and their makers do not know it.
    pub(super) fn parse_with(
        member: &str,
        uri: String,
        may_lack_dot: bool,
    ) -> Result<Self, InvalidClientMetadata> {
        match check(&uri, may_lack_dot) {
            Ok(()) => Ok(Self(uri)),
            Err(reason) => Err(InvalidClientMetadata::new(format!("{member} `{uri}` {reason}"))),
        }
    }

    /// The URI, byte for byte as registered.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Tells whether the URI leads to a web site: to the server that its host names, and nowhere else.
    pub(super) fn is_https(&self) -> bool {
        self.0.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"))
    }

    /// Tells whether a requested URI is this one on another port of loopback: of an IP address, or with
    /// `by_name` of `localhost`, too.
    pub(super) fn matches_but_for_port(&self, requested: &str, by_name: bool) -> bool {
        let registered = split_loopback(&self.0).filter(|(host, _)| by_name || *host != "localhost");
        registered.is_some() && registered == split_loopback(requested)
    }
}

/// Splits `http://127.0.0.1:8080/cb` into host and what follows the port. `None` for anything that is not `http` on
/// loopback.
fn split_loopback(uri: &str) -> Option<(&str, &str)> {
    let rest = uri.strip_prefix("http://")?;
    let host = ["127.0.0.1", "[::1]", "localhost"].into_iter().find(|host| rest.starts_with(host))?;
    let (host, rest) = rest.split_at(host.len());
    let Some(with_port) = rest.strip_prefix(':') else {
        return (rest.is_empty() || rest.starts_with(['/', '?'])).then_some((host, rest));
    };
    let digits = with_port.bytes().take_while(u8::is_ascii_digit).count();
    let (port, rest) = with_port.split_at(digits);
    port.parse::<u16>().ok()?;
    (rest.is_empty() || rest.starts_with(['/', '?'])).then_some((host, rest))
}

/// The host that a URI leads to; `None`: it leads to the person's own device.
pub(crate) fn host_elsewhere(uri: &str) -> Option<String> {
    openid::host(uri).filter(|_| uri.starts_with("https://") && !is_on_loopback(uri))
}

/// Tells whether a URI leads to the device that follows it, whatever its scheme: there, no certificate says
/// who listens.
pub(crate) fn is_on_loopback(uri: &str) -> bool {
    let Some(host) = openid::host(uri) else { return false };
    let host = host.trim_end_matches('.');
    // RFC 6761 §6.3: "localhost." and names under it.
    let is_named = host == "localhost" || host.ends_with(".localhost");
    let is_local = |address: IpAddr| address.is_loopback() || address.is_unspecified();
    is_named
        || match host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
            Ok(address) => is_local(address.to_canonical()),
            // Browsers read more as an address than is written as one: `127.1`, `0x7f000001`.
            Err(_) => host
                .rsplit('.')
                .next()
                .is_some_and(|last| last.starts_with("0x") || last.bytes().all(|byte| byte.is_ascii_digit())),
        }
}

/// Schemes that a browser, or what it starts, acts upon by itself: none leads to an application that waits for an answer.
const DANGEROUS: [&str; 31] = [
    "javascript",
    "data",
    "vbscript",
    "livescript",
    "mocha",
    "blob",
    "file",
    "filesystem",
    "about",
    "view-source",
    "jar",
    "resource",
    "chrome",
    "chrome-extension",
    "moz-extension",
    "edge",
    "intent",
    "ftp",
    "ws",
    "wss",
    "mailto",
    "tel",
    "urn",
    "shell",
    "mhtml",
    "res",
    "ldap",
    "smb",
    "ssh",
    "telnet",
    "sms",
];

/// Beginnings of schemes that start what came with the system: `ms-msdt`, `search-ms`.
const DANGEROUS_PREFIXES: [&str; 2] = ["ms-", "search-"];

fn is_dangerous(scheme: &str) -> bool {
    DANGEROUS.contains(&scheme) || DANGEROUS_PREFIXES.iter().any(|start| scheme.starts_with(start))
}

fn check(uri: &str, may_lack_dot: bool) -> Result<(), &'static str> {
    if !is_written_as_a_uri(uri) {
        return Err("has characters that RFC 3986 does not allow");
    }
    if uri.contains('#') {
        return Err("has a fragment, which RFC 6749 §3.1.2 forbids");
    }
    let Some((scheme, rest)) = uri.split_once(':') else {
        return Err("is not absolute (RFC 6749 §3.1.2)");
    };
    let mut letters = scheme.bytes();
    if !letters.next().is_some_and(|b| b.is_ascii_alphabetic())
        || !letters.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    {
        return Err("has a malformed scheme (RFC 3986 §3.1)");
    }
    let (authority, rest) = match rest.strip_prefix("//") {
        Some(rest) => {
            let (authority, rest) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
            (Some(Authority::parse(authority)?), rest)
        }
        None => (None, rest),
    };
    if rest.contains(['[', ']']) {
        return Err("has characters that RFC 3986 does not allow");
    }
    match scheme.to_ascii_lowercase().as_str() {
        "https" => host_of(authority.as_ref()).map(|_| ()),
        "http" => match host_of(authority.as_ref())? {
            "localhost" | "127.0.0.1" | "[::1]" => Ok(()),
            _ => Err("is http outside loopback: use https (RFC 9700 §2.6)"),
        },
        // RFC 8252 §7.1: a reversed domain name, which also keeps out `javascript:` and `data:`.
        private if private.contains('.') => Ok(()),
        private if may_lack_dot && !is_dangerous(private) => Ok(()),
        _ => Err(
            "has a scheme that is neither https nor a reversed domain name such as com.example.app (RFC 8252 §7.1)",
        ),
    }
}

/// RFC 3986 §2: reserved and unreserved characters, and `%` with two hexadecimal digits.
fn is_written_as_a_uri(uri: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte);
    let is_encoded = |rest: &str| rest.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
    uri.bytes().all(is_allowed) && uri.split('%').skip(1).all(is_encoded)
}

fn host_of<'a>(authority: Option<&Authority<'a>>) -> Result<&'a str, &'static str> {
    let no_host = "has no host: write `https://app.example.com/callback`, for example";
    let Authority { user_information, host, port } = authority.ok_or(no_host)?;
    if user_information.is_some() {
        return Err("has user information, which hides its host");
    }
    if host.is_empty() {
        return Err(no_host);
    }
    if !host.starts_with('[') && !host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'))
    {
        return Err("has a malformed host; wildcards do not exist (RFC 9700 §2.1: exact matching)");
    }
    if port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return Err(MALFORMED_PORT);
    }
    Ok(host)
}

impl fmt::Display for RedirectUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for RedirectUri {
    type Error = InvalidClientMetadata;

    /// As stores read it back: a client that came by itself may have a private-use scheme without a dot.
    fn try_from(uri: String) -> Result<Self, Self::Error> {
        Self::parse_with("redirect_uri", uri, true)
    }
}

impl From<RedirectUri> for String {
    fn from(uri: RedirectUri) -> Self {
        uri.0
    }
}
