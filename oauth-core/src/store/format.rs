//! Records as one JSON value, with the number of their format.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{
    AccessToken, AuthorizationGrant, DeviceAuthorization, DeviceDecision, PushedRequest, RefreshToken,
    Result, StoreError,
};
use crate::event::AuditRecord;

/// A record that is kept as one JSON value. A new fact in it is a new member that may be absent; what an older version must not
/// overlook needs another format.
pub trait Record: Serialize + DeserializeOwned {
    /// The number of its format, `v`.
    const FORMAT: u32 = 1;
}

impl Record for AuthorizationGrant {}
impl Record for AccessToken {}
impl Record for RefreshToken {}
impl Record for DeviceAuthorization {}
impl Record for DeviceDecision {}
impl Record for PushedRequest {}
impl Record for AuditRecord {}

#[derive(Serialize)]
struct Written<'a, R> {
    v: u32,
    #[serde(flatten)]
    record: &'a R,
}

/// Read first: what else is there depends on it.
#[derive(Deserialize)]
struct Format {
    v: u32,
}

/// The JSON of a record.
///
/// # Errors
///
/// If it does not serialise.
pub fn encode<R: Record>(doing: &'static str, record: &R) -> Result<String> {
    serde_json::to_string(&Written { v: R::FORMAT, record }).map_err(|cause| StoreError::new(doing, cause))
}

/// The record of its JSON.
///
/// # Errors
///
/// If it is malformed, or a newer version wrote it: [`StoreError::is_of_newer_version`].
pub fn decode<R: Record>(doing: &'static str, json: &str) -> Result<R> {
    let failed = |cause| StoreError::new(doing, cause);
    let Format { v } = serde_json::from_str(json).map_err(failed)?;
    if v > R::FORMAT {
        return Err(StoreError::newer_format(doing));
    }
    serde_json::from_str(json).map_err(failed)
}
