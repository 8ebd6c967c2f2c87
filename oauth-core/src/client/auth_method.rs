//! The names of client authentication methods.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::jose::Algorithm;
use oauth_rules::text::is_equal;

/// The way that a client authenticates at the token endpoint: `token_endpoint_auth_method` of RFC 7591 §2.
/// Those of another specification, or an application's own, are [`from_static`](Self::from_static).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientAuthMethod {
    /// Filled up with zeros.
    name: [u8; Self::MAX_LENGTH],
    length: u8,
}

#[allow(
    non_upper_case_globals,
    reason = "methods read like the variants of an enum, and are matched like them"
)]
impl ClientAuthMethod {
    /// HTTP Basic, RFC 6749 §2.3.1.
    pub const ClientSecretBasic: Self = Self::from_static("client_secret_basic");
    /// `client_id` and `client_secret` in the body, RFC 6749 §2.3.1.
    pub const ClientSecretPost: Self = Self::from_static("client_secret_post");
    /// A JWT that the client signed with its secret, OpenID Connect Core §9. It needs the secret itself, not its hash:
    /// [`get_client_secret`](crate::validator::RequestValidator::get_client_secret).
    pub const ClientSecretJwt: Self = Self::from_static("client_secret_jwt");
    /// A JWT that the client signed with its private key, RFC 7523 §2.2.
    pub const PrivateKeyJwt: Self = Self::from_static("private_key_jwt");
    /// A public client: it has no secret.
    pub const None: Self = Self::from_static("none");

    /// The methods that have a file here, in the order of the metadata.
    pub(crate) const BUILT_IN: [Self; 5] = [
        Self::ClientSecretBasic,
        Self::ClientSecretPost,
        Self::ClientSecretJwt,
        Self::PrivateKeyJwt,
        Self::None,
    ];

    const MAX_LENGTH: usize = 63;

    /// A method by its name, in 1 to 63 bytes.
    ///
    /// # Panics
    ///
    /// If the name is longer, or empty: in a constant, while compiling.
    pub const fn from_static(name: &'static str) -> Self {
        let method = Self::new(name);
        assert!(method.is_some(), "the name of a client authentication method has 1 to 63 bytes");
        match method {
            Some(method) => method,
            None => Self { name: [0; Self::MAX_LENGTH], length: 0 },
        }
    }

    const fn new(name: &str) -> Option<Self> {
        if name.is_empty() || name.len() > Self::MAX_LENGTH {
            return None;
        }
        let mut bytes = [0; Self::MAX_LENGTH];
        bytes.split_at_mut(name.len()).0.copy_from_slice(name.as_bytes());
        #[allow(clippy::cast_possible_truncation, reason = "it is at most MAX_LENGTH")]
        let length = name.len() as u8;
        Some(Self { name: bytes, length })
    }

    const fn bytes(&self) -> &[u8] {
        self.name.split_at(self.length as usize).0
    }

    /// The registered name.
    pub const fn as_str(&self) -> &str {
        match std::str::from_utf8(self.bytes()) {
            Ok(name) => name,
            Err(_) => "",
        }
    }

    /// `==` is not `const`.
    pub(crate) const fn is(&self, other: &Self) -> bool {
        self.length == other.length && is_equal(self.bytes(), other.bytes())
    }

    /// Tells whether the client signs a JWT.
    pub(crate) fn is_assertion(self) -> bool {
        matches!(self, Self::ClientSecretJwt | Self::PrivateKeyJwt)
    }

    /// A secret for HMAC, and a key for everything else: so that no public key is ever taken for a secret.
    pub(crate) const fn of_algorithm(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512 => Self::ClientSecretJwt,
            _ => Self::PrivateKeyJwt,
        }
    }
}

impl fmt::Display for ClientAuthMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for ClientAuthMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for ClientAuthMethod {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ClientAuthMethod {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::new(&name).ok_or_else(|| {
            serde::de::Error::custom("the name of a client authentication method has 1 to 63 bytes")
        })
    }
}
