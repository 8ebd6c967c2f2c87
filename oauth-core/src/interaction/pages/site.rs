//! The place where the pages live: the origin and the path of the issuer, and the names of its cookies.

use crate::interaction::Context;
use crate::openid::session_management::cookie_name;

/// The issuer identifier, taken apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site<'a> {
    issuer: &'a str,
    /// The path of the authorization endpoint, relative to the issuer.
    authorization: &'a str,
}

impl<'a> Site<'a> {
    pub(super) const fn of<V>(context: &Context<'a, V>) -> Self {
        Self { issuer: context.issuer, authorization: context.authorization_endpoint }
    }

    /// A path below the issuer, as a browser must ask for it.
    pub(super) fn path(self, relative: &str) -> String {
        let (_, path) = self.split();
        format!("{}{relative}", path.trim_end_matches('/'))
    }

    /// The path of the authorization endpoint.
    pub(super) fn authorization(self) -> String {
        self.path(self.authorization)
    }

    /// Tells whether this is the value of `Origin` on requests from our own pages: RFC 6454 §6.2, without the
    /// default port.
    pub(super) fn is_own_origin(self, origin: &str) -> bool {
        let (own, _) = self.split();
        let own = own.strip_suffix(if self.is_https() { ":443" } else { ":80" }).unwrap_or(own);
        own.eq_ignore_ascii_case(origin)
    }

    /// Tells whether cookies are `Secure`. An issuer without TLS is on loopback (RFC 8414 §2 wants https).
    pub(super) fn is_https(self) -> bool {
        self.issuer.starts_with("https://")
    }

    /// The name of a cookie of this issuer.
    pub(super) fn cookie_name(self, purpose: &str) -> String {
        cookie_name(self.issuer, purpose)
    }

    /// `https://host:port` and `/path`.
    fn split(self) -> (&'a str, &'a str) {
        let host = self.issuer.find("://").map_or(0, |at| at + 3);
        let end =
            self.issuer.get(host..).and_then(|rest| rest.find('/')).map_or(self.issuer.len(), |at| host + at);
        self.issuer.split_at(end)
    }
}

/// The host of an issuer or of a client's home page, for people to read.
pub(super) fn host_of(uri: &str) -> Option<&str> {
    let rest = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    // User information would come first and look like a host.
    (!authority.is_empty() && !authority.contains(['@', '\\'])).then_some(authority)
}
