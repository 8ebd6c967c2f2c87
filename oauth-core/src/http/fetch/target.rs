//! The URLs that may be fetched.

use std::net::IpAddr;

use http::Uri;

use super::FetchError;
use crate::client::is_public_host;
use crate::http::https::has_proper_port;

/// A URL that is `https` and names a host that may be on the web.
#[derive(Debug)]
pub(super) struct Target {
    uri: Uri,
    host: String,
    port: u16,
}

impl Target {
    /// Reads a URL. A host on loopback is one only at the port that development may use.
    pub(super) fn parse(url: &str, loopback_port: Option<u16>) -> Result<Self, FetchError> {
        let rest = url.strip_prefix("https://").ok_or(FetchError::Refused("it is not https"))?;
        // `Uri` drops fragments silently.
        if url.contains('#') {
            return Err(FetchError::Refused("it has a fragment"));
        }
        if !url.bytes().all(|byte| matches!(byte, 0x21..=0x7E) && byte != b'\\') {
            return Err(FetchError::Refused("it has a character that no URL has"));
        }
        let authority = rest.split(['/', '?']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err(FetchError::Refused("it has user information"));
        }
        let uri: Uri = url.parse().map_err(|_| FetchError::Refused("it is malformed"))?;
        let host = uri.host().unwrap_or_default().to_owned();
        if !has_proper_port(&uri, &host) {
            return Err(FetchError::Refused("its port is malformed"));
        }
        let target = Self { port: uri.port_u16().unwrap_or(443), host, uri };
        let is_of_development = loopback_port == Some(target.port) && target.is_on_loopback();
        if is_of_development || is_public_host(&target.host) && !target.host.ends_with('.') {
            Ok(target)
        } else {
            Err(FetchError::Refused("its host is none of the web"))
        }
    }

    pub(super) const fn uri(&self) -> &Uri {
        &self.uri
    }

    pub(super) fn host(&self) -> &str {
        &self.host
    }

    pub(super) const fn port(&self) -> u16 {
        self.port
    }

    /// The address that the host is written as.
    pub(super) fn literal(&self) -> Option<IpAddr> {
        self.host.trim_start_matches('[').trim_end_matches(']').parse().ok()
    }

    fn is_on_loopback(&self) -> bool {
        self.host == "localhost" || self.literal().is_some_and(|address| address.is_loopback())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_urls_of_the_web_are_targets() {
        for url in [
            "http://client.example/x",
            "ftp://client.example/x",
            "https://user@client.example/x",
            "https://@client.example/x",
            "https://client.example/x#y",
            "https://client.example:/x",
            "https://client.example:+80/x",
            "https://client.example:-1/x",
            "https://client.example:99999/x",
            "https://client.example:65536/x",
            "https://client.example:8443:8443/x",
            "https://client.example:x/x",
            "https://[::1/x",
            "https://client.example./x",
            "https://localhost/x",
            "https://a.localhost/x",
            "https://printer.local/x",
            "https://db.internal/x",
            "https://intranet/x",
            "https://127.0.0.1/x",
            "https://127.1/x",
            "https://2130706433/x",
            "https://0x7f000001/x",
            "https://[::1]/x",
            "https://[::ffff:10.0.0.1]/x",
            "https://169.254.169.254/latest/meta-data",
            "https://client.example/a b",
            "https://client.example\\@evil.example/x",
            "https:///x",
            "",
        ] {
            assert!(Target::parse(url, None).is_err(), "{url}");
        }
        for url in ["https://client.example/x", "https://client.example:8443/x?y=z", "https://8.8.8.8/x"] {
            assert!(Target::parse(url, None).is_ok(), "{url}");
        }
    }

    #[test]
    fn loopback_is_a_target_at_one_port() {
        for url in ["https://localhost:3000/x", "https://127.0.0.1:3000/x", "https://[::1]:3000/x"] {
            assert!(Target::parse(url, Some(3000)).is_ok(), "{url}");
            assert!(Target::parse(url, Some(3001)).is_err(), "{url}");
            assert!(Target::parse(&url.replacen("https", "http", 1), Some(3000)).is_err(), "{url}");
        }
        assert!(Target::parse("https://10.0.0.1:3000/x", Some(3000)).is_err());
    }
}
