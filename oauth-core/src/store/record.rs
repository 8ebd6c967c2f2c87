//! What stores keep. All of it serialises, for stores that keep JSON; none of it holds a secret.

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::grant::pkce::CodeChallenge;
use crate::openid::{ClaimRequest, IdTokenContext};
use crate::scope::ScopeSet;
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// Everything that was issued from one authorization: revoking the family revokes all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FamilyId([u8; 16]);

impl FamilyId {
    /// A new family.
    pub fn random() -> Self {
        Self(rand::random())
    }

    /// Everything that dies with the session of this [`sid`](Session::sid): tokens name it beside their own family.
    pub fn of_session(sid: &str) -> Self {
        let mut id = [0; 16];
        id.iter_mut().zip(TokenHash::of(sid).as_bytes()).for_each(|(id, byte)| *id = *byte);
        Self(id)
    }

    /// The 16 bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// An identifier read back from a store.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for FamilyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

/// What an authorization code stands for: redeeming the code returns all that must be checked and issued.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuthorizationGrant {
    /// The client the code was issued to.
    pub client_id: String,
    /// The `redirect_uri` of the authorization request; `None` if it had none.
    pub redirect_uri: Option<String>,
    /// Who agreed.
    pub subject: String,
    /// What was granted.
    pub scopes: ScopeSet,
    /// The PKCE challenge, if the request had one.
    pub code_challenge: Option<CodeChallenge>,
    /// When the person logged in.
    pub auth_time: UnixTime,
    /// Claims that validators set while the request was authorized.
    pub claims: Map<String, Value>,
    /// What ID tokens need, if the scope `openid` was granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub openid: Option<IdTokenContext>,
    /// The family of the tokens to come.
    pub family: FamilyId,
    /// When the code dies.
    pub expires_at: UnixTime,
}

/// What became of a code: see [`CodeStore::take_code`](super::CodeStore::take_code).
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "it is taken apart as soon as it is returned")]
pub enum CodeRedemption {
    /// This call redeemed it.
    Redeemed(AuthorizationGrant),
    /// An earlier call redeemed it: this is an attack or a broken client, and the family must be revoked.
    Replayed {
        /// What was issued from the code.
        family: FamilyId,
    },
    /// There is no such code, or it has expired.
    Unknown,
}

/// An access token, by its hash.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccessToken {
    /// The token's hash.
    pub hash: TokenHash,
    /// Whom it was issued to.
    pub client_id: String,
    /// Whom it speaks for; `None` if the client speaks for itself.
    pub subject: Option<String>,
    /// What it allows.
    pub scopes: ScopeSet,
    /// Private claims, as introspection shows them.
    pub claims: Map<String, Value>,
    /// When it was issued.
    pub issued_at: UnixTime,
    /// When it dies.
    pub expires_at: UnixTime,
    /// What it was issued from; `None` if nothing can revoke it but itself.
    pub family: Option<FamilyId>,
    /// The session it dies with, if it does: a family, too ([`FamilyId::of_session`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<FamilyId>,
    /// What the `claims` parameter asked for at the userinfo endpoint (OIDC Core §5.5).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub userinfo_claims: BTreeMap<String, ClaimRequest>,
}

/// A refresh token, by its hash.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RefreshToken {
    /// The token's hash.
    pub hash: TokenHash,
    /// Whom it was issued to.
    pub client_id: String,
    /// Whom it speaks for.
    pub subject: String,
    /// What was granted: the most that a refreshed token may have (RFC 6749 §6).
    pub scopes: ScopeSet,
    /// When the person logged in.
    pub auth_time: UnixTime,
    /// Claims that validators set while the request was authorized.
    pub claims: Map<String, Value>,
    /// When it was issued.
    pub issued_at: UnixTime,
    /// When it dies.
    pub expires_at: UnixTime,
    /// What it was issued from.
    pub family: FamilyId,
    /// The session it dies with, if it does: a family, too ([`FamilyId::of_session`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<FamilyId>,
    /// What ID tokens need, if the scope `openid` was granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub openid: Option<IdTokenContext>,
    /// Whether a successor took its place.
    #[serde(default)]
    pub is_rotated: bool,
}

/// The token that takes the place of a rotated one.
#[derive(Debug, Clone, PartialEq)]
pub struct Successor {
    /// Its record.
    pub token: RefreshToken,
    /// The successor itself, encrypted under a key that only the presented token yields: who retries with that
    /// token gets the same successor again, and the store can read neither.
    pub sealed: Vec<u8>,
}

/// What became of a refresh token: see
/// [`TokenStore::rotate_refresh_token`](super::TokenStore::rotate_refresh_token).
#[derive(Debug, Clone, PartialEq)]
pub enum Rotation {
    /// This call rotated it; the successor is kept.
    Rotated,
    /// An earlier call rotated it a moment ago.
    Retried {
        /// What that call sealed.
        sealed: Vec<u8>,
    },
    /// An earlier call rotated it: the family must be revoked.
    Reused {
        /// What was issued from the same authorization.
        family: FamilyId,
    },
    /// There is no such token, or it has expired or is revoked.
    Unknown,
}

/// Someone who can log in.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct User {
    /// The subject identifier: unique, and never given to anyone else.
    pub subject: String,
    /// The login name.
    pub username: String,
    /// The password's argon2id hash, in PHC form; `None`: no password works.
    pub password_hash: Option<String>,
    /// What is known of the person, by claim name.
    pub claims: Map<String, Value>,
}

impl User {
    /// A user without a password.
    pub fn new(subject: impl Into<String>, username: impl Into<String>) -> Self {
        Self { subject: subject.into(), username: username.into(), password_hash: None, claims: Map::new() }
    }
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User")
            .field("subject", &self.subject)
            .field("username", &self.username)
            .finish_non_exhaustive()
    }
}

/// A person's session with the server's own pages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// Who logged in.
    pub subject: String,
    /// When.
    pub auth_time: UnixTime,
    /// When the session ends by itself.
    pub expires_at: UnixTime,
    /// What `sid` is made from, by which clients call the session, each by another. It is random, kept from them, and not
    /// what the browser has.
    #[serde(default)]
    pub sid: String,
    /// The clients that people were sent back to in this session, each once: they are told when it ends.
    #[serde(default)]
    pub clients: Vec<String>,
}
