//! The content of an ID token beside whom it is about.

use serde::{Deserialize, Serialize};

use super::ClaimsRequest;
use crate::store::FamilyId;
use crate::time::UnixTime;

/// The part of an ID token that comes from the authorization request and the login (OIDC Core §2). It is
/// there if the scope `openid` was granted, and travels with the code and the refresh token.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct IdTokenContext {
    /// `nonce` of the authorization request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// The session at this server, for logout. It is not for clients: the `sid` of their ID tokens (Front-Channel Logout §3) is
    /// made from it, another for each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// The time when that session ends by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_expires_at: Option<UnixTime>,
    /// The claims that the client asked for by name.
    #[serde(skip_serializing_if = "ClaimsRequest::is_empty")]
    pub claims: ClaimsRequest,
    /// True if `offline_access` was granted: what is issued outlives the session (OIDC Core §11).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_offline: bool,
}

impl IdTokenContext {
    /// The family that dies with the person's session: `None` where there is none, or what is issued outlives
    /// it (OIDC Back-Channel Logout §2.7, "Refresh tokens issued with the offline_access property normally
    /// SHOULD NOT be revoked").
    pub fn session(&self) -> Option<FamilyId> {
        self.sid.as_deref().filter(|_| !self.is_offline).map(FamilyId::of_session)
    }

    /// The time when refresh tokens die at the latest: `None` if that does not depend on a session. OIDC Core
    /// §11: `offline_access` "requests that an OAuth 2.0 Refresh Token be issued that can be used to obtain
    /// an Access Token […] even when the End-User is not present (not logged in)"; without it, they are good
    /// while the login is.
    pub(crate) fn refresh_until(&self) -> Option<UnixTime> {
        self.session_expires_at.filter(|_| !self.is_offline)
    }
}
