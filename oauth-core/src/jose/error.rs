//! The reasons that a key or a signed token is refused.

use std::error::Error as StdError;
use std::fmt;

use crate::error::{ErrorCode, StandsFor};

/// The reason that a key cannot be used: one line, for whoever starts the server. It never shows the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidKey(String);

impl InvalidKey {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

impl fmt::Display for InvalidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for InvalidKey {}

/// The reason that a JWS or a JWT is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidJws {
    /// It is not three parts of base64url with a JSON header (RFC 7515 §3.1).
    Malformed,
    /// `alg` is `none` (RFC 8725 §3.2).
    Unsecured,
    /// `alg` is unknown to us.
    UnsupportedAlgorithm,
    /// The header has `crit`: no extension is understood here, and RFC 7515 §4.1.11 makes it invalid then.
    Critical,
    /// No key has this `kid`, or without a `kid`, this `alg`.
    UnknownKey,
    /// `alg` is not the key's (RFC 8725 §3.1).
    WrongAlgorithm,
    /// The header has no public key that can have made the signature (RFC 9449 §4.3).
    NoOwnKey,
    /// The signature is not the key's.
    BadSignature,
    /// It is longer than its kind may be, or its `jti` is.
    TooLong,
    /// `typ` is that of another kind of token (RFC 8725 §3.11).
    WrongType,
    /// The payload is not a JSON object (RFC 7519 §7.2).
    NotClaims,
    /// A claim that its kind needs is missing, empty or no text.
    MissingClaim(&'static str),
    /// `iss` is another than expected (RFC 8725 §3.8).
    WrongIssuer,
    /// `aud` is another than expected (RFC 8725 §3.9).
    WrongAudience,
    /// `sub` is another than expected (RFC 8725 §3.8).
    WrongSubject,
    /// A time that its kind needs is missing, or is not a number (RFC 7519 §4.1.4 to §4.1.6).
    MalformedTime,
    /// `exp` is further ahead than its kind allows (RFC 7523 §3).
    TooLongLived,
    /// `exp` has passed.
    Expired,
    /// `nbf` is still to come, or `iat` of what was made for this request.
    NotYetValid,
}

impl InvalidJws {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "the token is not a compact JWS (RFC 7515 section 3.1)",
            Self::Unsecured => "the token is not signed: its alg is none (RFC 8725 section 3.2)",
            Self::UnsupportedAlgorithm => "the token is signed with an algorithm that is not supported",
            Self::Critical => {
                "the token has a critical header that is not understood (RFC 7515 section 4.1.11)"
            }
            Self::UnknownKey => "the token is signed with a key that is not known here",
            Self::WrongAlgorithm => {
                "the token is signed with an algorithm other than its key's (RFC 8725 section 3.1)"
            }
            Self::NoOwnKey => {
                "the jwk of the header is missing, private or not one for its alg (RFC 9449 section 4.3)"
            }
            Self::BadSignature => "the signature of the token is wrong",
            Self::TooLong => "the token is too long",
            Self::WrongType => "the token is of another kind, as its typ says (RFC 8725 section 3.11)",
            Self::MissingClaim(_) => "the token lacks a claim",
            Self::WrongIssuer => "the token is another issuer's",
            Self::WrongAudience => "the token is meant for another audience",
            Self::WrongSubject => "the token is about another subject",
            Self::TooLongLived => "the token would live too long",
            Self::NotClaims => "the payload of the token is not a JSON object (RFC 7519 section 7.2)",
            Self::MalformedTime => "the token has no expiry or a malformed time (RFC 7519 section 4.1)",
            Self::Expired => "the token has expired",
            Self::NotYetValid => "the token is not valid yet",
        }
    }
}

impl fmt::Display for InvalidJws {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingClaim(name) => write!(f, "the token lacks its claim {name}"),
            _ => f.write_str(self.as_str()),
        }
    }
}

/// RFC 6750 §3.1: `invalid_token`.
impl StdError for InvalidJws {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&StandsFor(ErrorCode::InvalidToken))
    }
}

/// A JWE that could not be decrypted. It does not say why: the reason would help an attacker to decrypt it, or to learn the
/// key (RFC 7516 §11.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidJwe;

impl fmt::Display for InvalidJwe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the token could not be decrypted")
    }
}

/// RFC 6750 §3.1: `invalid_token`.
impl StdError for InvalidJwe {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&StandsFor(ErrorCode::InvalidToken))
    }
}
