//! The routes that the paths of a server lead to.

use std::fmt;

/// The destination of a path: an endpoint, by the member of the metadata that has its URL, or a page.
///
/// ```
/// use oauth_core::server::Route;
///
/// const PUSHED: Route = Route::endpoint("pushed_authorization_request_endpoint");
/// assert_eq!(PUSHED.advertised_as(), Some("pushed_authorization_request_endpoint"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(Name);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Name {
    Endpoint(&'static str),
    Metadata,
    Page(&'static str),
}

impl Route {
    /// RFC 6749 §3.1.
    pub const AUTHORIZATION: Self = Self::endpoint("authorization_endpoint");
    /// RFC 6749 §3.2.
    pub const TOKEN: Self = Self::endpoint("token_endpoint");
    /// RFC 7009.
    pub const REVOCATION: Self = Self::endpoint("revocation_endpoint");
    /// RFC 7662.
    pub const INTROSPECTION: Self = Self::endpoint("introspection_endpoint");
    /// OIDC Core §5.3.
    pub const USERINFO: Self = Self::endpoint("userinfo_endpoint");
    /// OIDC RP-Initiated Logout §2.
    pub const END_SESSION: Self = Self::endpoint("end_session_endpoint");
    /// OIDC Session Management §3.3.
    pub const CHECK_SESSION: Self = Self::endpoint("check_session_iframe");
    /// RFC 8628 §3.1.
    pub const DEVICE_AUTHORIZATION: Self = Self::endpoint("device_authorization_endpoint");
    /// RFC 9126 §2.
    pub const PUSHED_AUTHORIZATION_REQUEST: Self = Self::endpoint("pushed_authorization_request_endpoint");
    /// RFC 7591 §3, and RFC 7592 §2.
    pub const REGISTRATION: Self = Self::endpoint("registration_endpoint");
    /// RFC 7517 §5.
    pub const JWKS: Self = Self::endpoint("jwks_uri");
    /// RFC 8414 §3.
    pub const METADATA: Self = Self(Name::Metadata);

    /// An endpoint whose URL this member of the metadata has (RFC 8414 §2).
    pub const fn endpoint(member: &'static str) -> Self {
        Self(Name::Endpoint(member))
    }

    /// A page of a grant or its interaction, such as `/login`: a private path, which people reach by redirects and links.
    pub const fn page(path: &'static str) -> Self {
        Self(Name::Page(path))
    }

    /// The member of the metadata that has its URL; `None`: it is the metadata itself, or private.
    pub const fn advertised_as(self) -> Option<&'static str> {
        match self.0 {
            Name::Endpoint(member) => Some(member),
            Name::Metadata | Name::Page(_) => None,
        }
    }

    /// Tells whether the route is for people at this server's own pages, and so not advertised.
    pub const fn is_private(self) -> bool {
        matches!(self.0, Name::Page(_))
    }

    /// The name of the endpoint, or the path of the page.
    pub(crate) const fn name(self) -> &'static str {
        match self.0 {
            Name::Endpoint(name) | Name::Page(name) => name,
            Name::Metadata => "metadata",
        }
    }

    /// The path of the page, where it is one.
    pub(crate) const fn as_page(self) -> Option<&'static str> {
        match self.0 {
            Name::Page(path) => Some(path),
            Name::Endpoint(_) | Name::Metadata => None,
        }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_private() { "a page (private)" } else { self.name() })
    }
}
