//! Origins of web pages, RFC 6454 §6.2.

use alloc::format;
use alloc::string::{String, ToString as _};

use crate::broken::{ensure, none_is_found};
use crate::host::{self, Fault};
use crate::http::{is_loopback_bytes, is_port, split_authority};
use crate::{Broken, Rule};

rules! { "authorization_server" {
    /// RFC 6454 §6.2: `null` is what every opaque origin is serialised to; and no server wants to be called by every page there
    /// is.
    ///
    /// - refused: `"https://*.example.com"`
    /// - accepted: `allowed_origins("https://app.example.com"`
    both an_origin_is_one_site = "is for every page there is: name the origins of your own, one string each";
    /// RFC 6454 §6.2: the serialisation begins with the scheme.
    ///
    /// - refused: `"app.example.com"`
    /// - accepted: `allowed_origins("https://app.example.com"`
    both rfc6454_section_6_2_an_origin_has_a_scheme = "has no scheme (RFC 6454 §6.2): write `https://app.example.com`, for example";
    /// RFC 6454 §6.2: scheme, host and port, and nothing after them.
    ///
    /// - refused: `"https://app.example.com/"`
    /// - accepted: `allowed_origins("https://app.example.com"`
    both rfc6454_section_6_2_an_origin_has_no_path = "has more than scheme, host and port: browsers send no path, and no `/` at the end (RFC 6454 §6.2)";
    /// RFC 3986 §3.2: a host, in the lower case in which browsers send it, and a port.
    ///
    /// - refused: `"https://App.example.com"`
    /// - accepted: `allowed_origins("https://app.example.com"`
    both rfc6454_section_4_an_origin_has_a_host_as_browsers_send_it = "has the character {}: browsers send hosts in lower case, and others than ASCII as `xn--…` (RFC 6454 §4)";
    /// Whoever can change a page of an allowed origin reads its tokens.
    ///
    /// - refused: `"http://app.example.com"`
    /// - accepted: `"http://localhost:3000"`
    both an_origin_is_https = "is http off loopback, where anyone on the way can change the page: use `https://`";
    /// RFC 6454 §6.2: the port is left out where it is the default of the scheme.
    ///
    /// - refused: `"https://app.example.com:443"`
    /// - accepted: `"https://admin.example.com:8443"`
    both rfc6454_section_6_2_an_origin_has_no_default_port = "has the default port, which browsers leave out (RFC 6454 §6.2): remove `{}`";
    /// A second one would change nothing: probably another was meant.
    ///
    /// - refused: `"https://app.example.com", "https://app.example.com"`
    /// - accepted: `allowed_origins("https://app.example.com"`
    both an_origin_is_given_once = "the origin `{}` is given twice: keep one";
    /// - refused: `allowed_origins()`
    /// - accepted: `allowed_origins("https://app.example.com"`
    error a_list_of_origins_is_not_empty = "`allowed_origins()` is empty: name the origins of your pages, such as {}, or remove it for those that clients registered";
} }

/// Judges an origin. A browser sends it in one way only and it is compared byte for byte: one that no browser sends would match
/// nothing.
///
/// # Errors
///
/// The rule that it breaks, and words about it.
pub fn check(origin: &str) -> Result<(), (&'static Rule, String)> {
    let (rule, words) = match judge(origin) {
        Ok(None) => return Ok(()),
        Ok(Some(port)) => {
            let rule = &rfc6454_section_6_2_an_origin_has_no_default_port;
            (rule, rule.says(&[&port]))
        }
        Err(broken) => (broken.rule, broken.to_string()),
    };
    Err((rule, format!("the origin `{}` {words}", origin.escape_debug())))
}

/// The default port, if it is there in vain.
fn judge(origin: &str) -> Result<Option<String>, Broken> {
    if origin == "null" {
        let broken = Broken::new(&an_origin_is_one_site);
        return Err(broken.saying(
            "is what sandboxed and local pages have, whoever wrote them (RFC 6454 §6.2): name an origin of your own",
        ));
    }
    ensure(!origin.contains('*'), &an_origin_is_one_site)?;
    let (scheme, authority) = origin.split_once("://").unwrap_or_default();
    ensure(matches!(scheme, "http" | "https"), &rfc6454_section_6_2_an_origin_has_a_scheme)?;
    ensure(!authority.contains(['/', '?', '#', '@']), &rfc6454_section_6_2_an_origin_has_no_path)?;
    let (host, port) = split_authority(authority.as_bytes());
    let has_a_host = Broken::new(&rfc6454_section_4_an_origin_has_a_host_as_browsers_send_it);
    if host.is_empty() {
        return Err(
            has_a_host.saying("has no host (RFC 6454 §6.2): write `https://app.example.com`, for example")
        );
    }
    let host_text = authority.get(..host.len()).unwrap_or(authority);
    match host::judge(host) {
        Ok(()) => {}
        Err(Fault::International) => {
            none_is_found(host_text.chars().find(|c| !host::is_character(*c)), has_a_host.rule)?;
        }
        Err(Fault::Character(found)) => return Err(has_a_host.by(found)),
        Err(Fault::Label) => {
            return Err(has_a_host.saying("has a host with an empty part, or with one of more than 63 characters, which no name has (RFC 1035 §2.3.4): correct it"));
        }
        Err(Fault::Address(written)) => {
            let words =
                "has an address that browsers write in another way (RFC 5952 §4): write `{}` as the host";
            return Err(has_a_host.saying(words).with(written));
        }
        Err(Fault::NoAddress) => {
            return Err(has_a_host.saying("has a host that looks like an address and is none (RFC 3986 §3.2.2): write four numbers up to 255, such as `192.0.2.1`, or an IPv6 address in brackets, such as `[2001:db8::1]`"));
        }
    }
    if !is_port(port) {
        return Err(has_a_host.saying("has a malformed port (RFC 3986 §3.2.3): write a number of at most 65535 after the `:`, or leave both out"));
    }
    ensure(scheme == "https" || is_loopback_bytes(host), &an_origin_is_https)?;
    if host::has_leading_zero(port) {
        return Err(has_a_host.saying(
            "has a port that begins with a zero, which browsers leave out (RFC 6454 §4): remove the zero",
        ));
    }
    let is_default = host::is_default_port(scheme == "https", port);
    Ok(is_default.then(|| authority.get(host.len()..).unwrap_or_default().to_string()))
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
