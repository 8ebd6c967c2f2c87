//! Authorization codes.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::pkce::CodeChallenge;
use super::{Authorization, authorization};
use crate::time::UnixTime;

/// The grant that an authorization code stands for: all that must be checked before tokens are issued.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuthorizationGrant {
    /// The authorization that was granted.
    #[serde(with = "authorization")]
    pub authorization: Arc<Authorization>,
    /// The `redirect_uri` of the authorization request; `None` if it had none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect_uri: Option<String>,
    /// The PKCE challenge, if the request had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_challenge: Option<CodeChallenge>,
    /// The thumbprint of the key that whoever redeems it proves (RFC 9449 §10), if the request named one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dpop_jkt: Option<String>,
    /// The moment when the code dies.
    pub expires_at: UnixTime,
}

/// A code that was looked at: see [`CodeStore::peek_code`](crate::store::CodeStore::peek_code).
#[derive(Debug, Clone, PartialEq)]
pub struct PeekedCode {
    /// The grant that the code stands for.
    pub grant: AuthorizationGrant,
    /// True if the code was redeemed.
    pub is_taken: bool,
}

/// The fate of a code: see [`CodeStore::take_code`](crate::store::CodeStore::take_code) and
/// [`DeviceStore::take_device_code`](crate::store::DeviceStore::take_device_code).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeRedemption {
    /// This attempt redeemed it.
    Redeemed,
    /// An earlier attempt redeemed it.
    Taken,
    /// There is no such code, or it has expired or is revoked.
    Unknown,
}
