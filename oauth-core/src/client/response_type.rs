//! `response_type` values: RFC 6749 §3.1.1 and OAuth 2.0 Multiple Response Type Encoding Practices.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, ErrorCode};

/// The content that an authorization response is to carry: any of a code, an access token and an ID token, or
/// `none` of them.
///
/// The order of the words has no meaning (RFC 6749 §3.1.1): `id_token code` is [`CODE_ID_TOKEN`](Self::CODE_ID_TOKEN).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ResponseType(u8);

impl ResponseType {
    /// `none`, Multiple Response Types §4.
    pub const NONE: Self = Self(0);
    /// `code`, RFC 6749 §4.1.1.
    pub const CODE: Self = Self(1);
    /// `token`, RFC 6749 §4.2.1.
    pub const TOKEN: Self = Self(4);
    /// `id_token`, OIDC Core §3.2.2.1.
    pub const ID_TOKEN: Self = Self(2);
    /// `id_token token`, OIDC Core §3.2.2.1.
    pub const ID_TOKEN_TOKEN: Self = Self(2 | 4);
    /// `code id_token`, OIDC Core §3.3.2.1.
    pub const CODE_ID_TOKEN: Self = Self(1 | 2);
    /// `code token`, OIDC Core §3.3.2.1.
    pub const CODE_TOKEN: Self = Self(1 | 4);
    /// `code id_token token`, OIDC Core §3.3.2.1.
    pub const CODE_ID_TOKEN_TOKEN: Self = Self(1 | 2 | 4);

    const NAMES: [&'static str; 8] = [
        "none",
        "code",
        "id_token",
        "code id_token",
        "token",
        "code token",
        "id_token token",
        "code id_token token",
    ];

    /// Every one of them.
    pub(crate) const ALL: [Self; 8] = [
        Self::CODE,
        Self::TOKEN,
        Self::ID_TOKEN,
        Self::ID_TOKEN_TOKEN,
        Self::CODE_ID_TOKEN,
        Self::CODE_TOKEN,
        Self::CODE_ID_TOKEN_TOKEN,
        Self::NONE,
    ];

    /// The value as the specifications write it.
    pub fn as_str(self) -> &'static str {
        Self::NAMES.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    /// Tells whether all that `part` asks for is asked for here: a code, for instance.
    pub const fn contains(self, part: Self) -> bool {
        self.0 & part.0 == part.0
    }

    /// Tells whether it has a code and a token beside it, OIDC Core §3.3.
    pub(crate) const fn is_hybrid(self) -> bool {
        self.contains(Self::CODE) && self.is_front_channel()
    }

    /// Tells whether it is one of these; `==` is not `const`.
    pub(crate) const fn is_in(self, mut all: &[Self]) -> bool {
        while let [one, rest @ ..] = all {
            if one.0 == self.0 {
                return true;
            }
            all = rest;
        }
        false
    }

    /// The response type that asks for what either asks for.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Tells whether the response carries a token through the browser, so that it must not go into a query
    /// (Multiple Response Types §3 and §5).
    pub const fn is_front_channel(self) -> bool {
        self.contains(Self::TOKEN) || self.contains(Self::ID_TOKEN)
    }
}

impl FromStr for ResponseType {
    type Err = Error;

    /// # Errors
    ///
    /// `unsupported_response_type` for a word that is unknown or repeated.
    fn from_str(text: &str) -> Result<Self, Error> {
        if text == "none" {
            return Ok(Self::NONE);
        }
        text.split(' ').try_fold(Self::NONE, |all, word| {
            let part = match word {
                "code" => Self::CODE,
                "token" => Self::TOKEN,
                "id_token" => Self::ID_TOKEN,
                _ => return Err(ErrorCode::UnsupportedResponseType.into()),
            };
            if all.contains(part) {
                Err(ErrorCode::UnsupportedResponseType.into())
            } else {
                Ok(all.union(part))
            }
        })
    }
}

impl fmt::Display for ResponseType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for ResponseType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

impl Serialize for ResponseType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ResponseType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| serde::de::Error::custom(format!("`{text}` is not a response type")))
    }
}
