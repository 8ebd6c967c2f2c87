//! What the paths of a server lead to.

use std::fmt;

/// What a path leads to. Whatever is no page is advertised in the metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Route {
    /// RFC 6749 §3.1.
    Authorization,
    /// RFC 6749 §3.2.
    Token,
    /// RFC 7009.
    Revocation,
    /// RFC 7662.
    Introspection,
    /// OIDC Core §5.3.
    Userinfo,
    /// OIDC RP-Initiated Logout §2.
    EndSession,
    /// OIDC Session Management §3.3.
    CheckSession,
    /// RFC 8628 §3.1.
    DeviceAuthorization,
    /// RFC 8414 §3.
    Metadata,
    /// RFC 7517 §5.
    Jwks,
    /// A page of a grant or its interaction, such as `/login`: a private path, which people reach by redirects and links.
    Page(&'static str),
}

impl Route {
    /// The member of the metadata that has its URL; `None`: it is the metadata itself, or private.
    pub const fn advertised_as(self) -> Option<&'static str> {
        match self {
            Self::Authorization => Some("authorization_endpoint"),
            Self::Token => Some("token_endpoint"),
            Self::Revocation => Some("revocation_endpoint"),
            Self::Introspection => Some("introspection_endpoint"),
            Self::Userinfo => Some("userinfo_endpoint"),
            Self::EndSession => Some("end_session_endpoint"),
            Self::CheckSession => Some("check_session_iframe"),
            Self::DeviceAuthorization => Some("device_authorization_endpoint"),
            Self::Jwks => Some("jwks_uri"),
            Self::Metadata | Self::Page(_) => None,
        }
    }

    /// Whether it is for people at this server's own pages, and so not advertised.
    pub const fn is_private(self) -> bool {
        matches!(self, Self::Page(_))
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Metadata => f.write_str("metadata"),
            Self::Page(_) => f.write_str("a page (private)"),
            advertised => f.write_str(advertised.advertised_as().unwrap_or_default()),
        }
    }
}
