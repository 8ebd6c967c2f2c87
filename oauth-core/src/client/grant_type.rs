//! `grant_type` values.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorCode};

/// A grant type: a registered name, or the absolute URI of an extension grant (RFC 6749 §4.5).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GrantType(Cow<'static, str>);

impl GrantType {
    /// RFC 6749 §4.1.
    pub const AUTHORIZATION_CODE: Self = Self::from_static("authorization_code");
    /// RFC 6749 §6.
    pub const REFRESH_TOKEN: Self = Self::from_static("refresh_token");
    /// RFC 6749 §4.4.
    pub const CLIENT_CREDENTIALS: Self = Self::from_static("client_credentials");

    /// RFC 6749 §4.3.
    pub const PASSWORD: Self = Self::from_static("password");
    /// RFC 8628 §3.4.
    pub const DEVICE_CODE: Self = Self::from_static(Self::DEVICE_CODE_NAME);
    pub(crate) const DEVICE_CODE_NAME: &'static str = "urn:ietf:params:oauth:grant-type:device_code";
    /// RFC 7523 §2.1.
    pub const JWT_BEARER: Self = Self::from_static(Self::JWT_BEARER_NAME);
    pub(crate) const JWT_BEARER_NAME: &'static str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    /// RFC 8693 §2.1.
    pub const TOKEN_EXCHANGE: Self = Self::from_static(Self::TOKEN_EXCHANGE_NAME);
    pub(crate) const TOKEN_EXCHANGE_NAME: &'static str = "urn:ietf:params:oauth:grant-type:token-exchange";
    pub(crate) const IMPLICIT_NAME: &'static str = "implicit";
    /// RFC 6749 §4.2.
    pub const IMPLICIT: Self = Self::from_static(Self::IMPLICIT_NAME);

    /// The names of the grant types that have a file here.
    const STANDARD: [&'static str; 8] = [
        "authorization_code",
        "refresh_token",
        "client_credentials",
        Self::IMPLICIT_NAME,
        "password",
        Self::DEVICE_CODE_NAME,
        Self::JWT_BEARER_NAME,
        Self::TOKEN_EXCHANGE_NAME,
    ];

    /// A grant type of another specification.
    pub const fn from_static(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// RFC 6749 §5.2.
    pub(crate) fn unsupported() -> Error {
        Error::new(ErrorCode::UnsupportedGrantType).describe("this server does not offer the grant type")
    }

    /// Tells whether the name is one that the program has, and not what a request said.
    pub(crate) const fn is_known(&self) -> bool {
        matches!(self.0, Cow::Borrowed(_))
    }

    /// The value as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for GrantType {
    fn from(name: &str) -> Self {
        let known = Self::STANDARD.into_iter().find(|known| *known == name);
        known.map_or_else(|| Self(Cow::Owned(name.to_owned())), Self::from_static)
    }
}

impl fmt::Display for GrantType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
