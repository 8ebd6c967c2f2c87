//! The authorization that was granted.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::{FamilyId, IdTokenContext};
use crate::scope::ScopeSet;
use crate::time::UnixTime;

/// The record of what was granted. It is part of every record that stands for something granted, and goes unchanged from a code
/// or a device to its refresh token, to the successors of that, and to every access token; what narrows or ends one of these
/// stands beside it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Authorization {
    /// The client that it was granted to.
    pub client_id: String,
    /// The person who granted it; `None` if the client speaks for itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The time of the login.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth_time: Option<UnixTime>,
    /// `acr`: how the login is classified (OIDC Core §2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acr: Option<String>,
    /// `amr`: how the person authenticated (RFC 8176).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amr: Vec<String>,
    /// The scopes: the most that any token may have (RFC 6749 §6).
    #[serde(default, skip_serializing_if = "ScopeSet::is_empty")]
    pub scopes: ScopeSet,
    /// The resources that it is for (RFC 8707); empty: it names none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<String>,
    /// The authorization details (RFC 9396).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<Value>,
    /// `cnf`: the key that whoever presents a token proves (RFC 7800).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmation: Option<Value>,
    /// Claims that validators set while the request was authorized.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub claims: Map<String, Value>,
    /// The context that ID tokens need, if the scope `openid` was granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub openid: Option<IdTokenContext>,
    /// All that is issued from it: revoked together. `None` if nothing can be revoked but a token by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<FamilyId>,
    /// The session it dies with, if it does: a family, too ([`FamilyId::of_session`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<FamilyId>,
    /// The time of the decision. Whoever signs out everywhere ends what was granted until then.
    pub granted_at: UnixTime,
}

impl Authorization {
    /// An authorization of this client, without anything granted yet.
    pub fn new(client_id: impl Into<String>, granted_at: UnixTime) -> Self {
        Self { client_id: client_id.into(), granted_at, ..Self::default() }
    }

    /// Tells whether the two are of one content, whenever each was granted.
    pub(crate) fn is_same_but_when(&self, other: &Self) -> bool {
        // In full, so that a field that is added is thought of here.
        let Self {
            client_id,
            subject,
            auth_time,
            acr,
            amr,
            scopes,
            resources,
            details,
            confirmation,
            claims,
            openid,
            family,
            session,
            granted_at: _,
        } = self;
        *client_id == other.client_id
            && *subject == other.subject
            && (auth_time, acr, amr) == (&other.auth_time, &other.acr, &other.amr)
            // The order of scopes does not matter, but is told.
            && scopes.is_written_as(&other.scopes)
            && (resources, details) == (&other.resources, &other.details)
            && (confirmation, claims, openid) == (&other.confirmation, &other.claims, &other.openid)
            && (family, session) == (&other.family, &other.session)
    }
}

/// An `Arc` in JSON is its content.
pub(super) fn serialize<S: Serializer>(shared: &Arc<Authorization>, to: S) -> Result<S::Ok, S::Error> {
    shared.as_ref().serialize(to)
}

/// Reverses [`serialize`].
pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<Authorization>, D::Error> {
    Authorization::deserialize(from).map(Arc::new)
}
