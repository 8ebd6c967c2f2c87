//! Access and refresh tokens.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Authorization, authorization};
use crate::claims::TokenClaims;
use crate::scope::ScopeSet;
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// An access token, by its hash.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccessToken {
    /// The token's hash, under which a store finds it. Of a [self-contained](crate::token::JwtProfile::self_contained) one, which no
    /// store keeps, it is of its `jti`.
    pub hash: TokenHash,
    /// The authorization that it was issued from.
    #[serde(with = "authorization")]
    pub authorization: Arc<Authorization>,
    /// The scopes that it allows: no more than was granted.
    #[serde(default, skip_serializing_if = "ScopeSet::is_empty")]
    pub scopes: ScopeSet,
    /// Private claims, as introspection shows them.
    #[serde(default, skip_serializing_if = "TokenClaims::is_empty")]
    pub claims: TokenClaims,
    /// The moment when it was issued.
    pub issued_at: UnixTime,
    /// The moment when it dies.
    pub expires_at: UnixTime,
}

impl AccessToken {
    /// The client that it was issued to.
    pub fn client_id(&self) -> &str {
        &self.authorization.client_id
    }

    /// The person it speaks for; `None` if the client speaks for itself.
    pub fn subject(&self) -> Option<&str> {
        self.authorization.subject.as_deref()
    }

    /// `cnf`: what whoever presents it must prove (RFC 7800 §3.1), as its own token request or the authorization has it.
    pub(crate) fn confirmation(&self) -> Option<&Value> {
        self.claims.get("cnf").or(self.authorization.confirmation.as_ref())
    }
}

/// A refresh token, by its hash.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RefreshToken {
    /// The token's hash.
    pub hash: TokenHash,
    /// The authorization that it was issued from.
    #[serde(with = "authorization")]
    pub authorization: Arc<Authorization>,
    /// The moment when it was issued.
    pub issued_at: UnixTime,
    /// The moment when it dies.
    pub expires_at: UnixTime,
    /// True if a successor took its place. Stores keep it apart from the record, which never changes.
    #[serde(skip)]
    pub is_rotated: bool,
}

impl RefreshToken {
    /// The client that it was issued to.
    pub fn client_id(&self) -> &str {
        &self.authorization.client_id
    }

    /// The person it speaks for.
    pub fn subject(&self) -> Option<&str> {
        self.authorization.subject.as_deref()
    }
}

/// The fate of tokens that were to be kept: see [`TokenStore::save_tokens`](crate::store::TokenStore::save_tokens).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Saving {
    /// They are kept.
    Saved,
    /// The authorization that they were issued from is revoked, and nothing was kept.
    Revoked,
}

/// The token that takes the place of a rotated one.
#[derive(Debug, Clone, PartialEq)]
pub struct Successor {
    /// The record of the token.
    pub token: RefreshToken,
    /// The successor itself, encrypted under a key that only the presented token yields: who retries with that
    /// token gets the same successor again, and the store can read neither.
    pub sealed: Vec<u8>,
}

/// The fate of a refresh token: see
/// [`TokenStore::rotate_refresh_token`](crate::store::TokenStore::rotate_refresh_token).
#[derive(Debug, Clone, PartialEq)]
pub enum Rotation {
    /// This call rotated it; the successor and the access token are kept.
    Rotated,
    /// An earlier call rotated it a moment ago; nothing was kept.
    Retried {
        /// The successor that the earlier call sealed.
        sealed: Vec<u8>,
    },
    /// An earlier call rotated it: the family must be revoked.
    Reused,
    /// There is no such token, or it has expired or is revoked.
    Unknown,
}
