//! Authorities of URIs, RFC 3986 §3.2.

use std::net::Ipv6Addr;

pub(super) const MALFORMED_PORT: &str =
    "has a malformed port: write a number of at most 65535 after the `:`, or leave both out";

/// The part between `//` and the path: `[ userinfo "@" ] host [ ":" port ]`.
pub(super) struct Authority<'a> {
    pub(super) user_information: Option<&'a str>,
    /// It may be empty; an IPv6 address is in its brackets.
    pub(super) host: &'a str,
    /// Digits, which may be none or too many for TCP.
    pub(super) port: Option<&'a str>,
}

impl<'a> Authority<'a> {
    /// Reads one that is made of the characters of URIs. The error is what follows the URI in a message.
    pub(super) fn parse(authority: &'a str) -> Result<Self, &'static str> {
        let (user_information, rest) = match authority.split_once('@') {
            Some((user_information, rest)) => (Some(user_information), rest),
            None => (None, authority),
        };
        let end = match rest.strip_prefix('[') {
            Some(literal) => {
                let (address, _) = literal.split_once(']').ok_or("has a malformed IPv6 address")?;
                address.parse::<Ipv6Addr>().map_err(|_| "has a malformed IPv6 address")?;
                address.len() + "[]".len()
            }
            None => rest.find(':').unwrap_or(rest.len()),
        };
        let (host, after) = rest.split_at(end);
        // §3.2.2, of an address: "This is the only place where square bracket characters are allowed in the URI syntax."
        let name = if host.starts_with('[') { "" } else { host };
        if [user_information.unwrap_or_default(), name].iter().any(|part| part.contains(['[', ']', '@'])) {
            return Err("has characters that RFC 3986 does not allow");
        }
        let port = after.strip_prefix(':');
        let is_port = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
        if !port.map_or(after.is_empty(), is_port) {
            return Err(MALFORMED_PORT);
        }
        Ok(Self { user_information, host, port })
    }
}

#[cfg(test)]
mod tests {
    use crate::client::RedirectUri;

    #[test]
    fn rfc3986_section_3_2_a_private_use_uri_has_a_proper_authority() {
        for bad in [
            "ht.ps://[;[ffffhttps:/4]/x",
            "com.example.app://[::1/cb",
            "com.example.app://[]/cb",
            "com.example.app://[app]/cb",
            "com.example.app://[::1]app/cb",
            "com.example.app://app]/cb",
            "com.example.app://[::1]:+80/cb",
            "com.example.app://app:+80/cb",
            "com.example.app://app:x/cb",
            "com.example.app://app:80:80/cb",
            "com.example.app://a@b@app/cb",
            "com.example.app://[::1]@app/cb",
        ] {
            assert!(RedirectUri::parse(bad).is_err(), "{bad}");
        }
        for good in [
            "com.example.app:/cb",
            "com.example.app:cb",
            "com.example.app:///cb",
            "com.example.app://app/cb?x=1",
            "com.example.app://App_1~(x)%20/cb",
            "com.example.app://user:word@app:8080/cb",
            "com.example.app://app:/cb",
            "com.example.app://[::1]:1/cb@:",
            "com.example.app://me@[::1]/cb",
            "com.googleusercontent.apps.123-abc:/oauth2redirect",
            "msauth.com.example.app://auth",
        ] {
            assert!(RedirectUri::parse(good).is_ok(), "{good}");
        }
    }
}
