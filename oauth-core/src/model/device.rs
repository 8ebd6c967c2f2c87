//! The records that a store keeps of device authorizations, RFC 8628.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Authorization, FamilyId, authorization};
use crate::scope::ScopeSet;
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// The request of a device, until its tokens are issued.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeviceAuthorization {
    /// The client on the device.
    pub client_id: String,
    /// The scopes that the device asked for.
    pub scopes: ScopeSet,
    /// The resources that the device asked for (RFC 8707).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<String>,
    /// Claims that validators set while the request was answered.
    pub claims: Map<String, Value>,
    /// The time that the device must wait between two polls, in whole seconds.
    pub interval: Duration,
    /// The moment when both codes die.
    pub expires_at: UnixTime,
    /// The moment until which the store answers [`DevicePoll::Expired`].
    pub kept_until: UnixTime,
}

impl DeviceAuthorization {
    /// RFC 8628 §3.5: with `slow_down` "the interval MUST be increased by 5 seconds for this and all subsequent requests".
    pub const SLOW_DOWN: Duration = Duration::from_secs(5);

    /// The meaning of a poll while nobody has decided: for the implementers of stores, who keep the changed
    /// interval and time. The first poll may come at once.
    #[must_use]
    pub fn polled(&mut self, polled_at: &mut Option<UnixTime>, now: UnixTime) -> DevicePoll {
        let too_soon = polled_at.is_some_and(|earlier| earlier + self.interval > now);
        *polled_at = Some(now);
        if too_soon {
            self.interval += Self::SLOW_DOWN;
            DevicePoll::SlowDown
        } else {
            DevicePoll::Pending
        }
    }
}

/// The decision of a person on a device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "snake_case")]
#[non_exhaustive]
pub enum DeviceDecision {
    /// It may have what it asked for.
    Approve {
        /// The person who agreed.
        subject: String,
        /// The moment when they logged in.
        auth_time: UnixTime,
        /// The scopes that they granted.
        scopes: ScopeSet,
        /// `acr`: how the login is classified (OIDC Core §2).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acr: Option<String>,
        /// `amr`: how the person authenticated (RFC 8176).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        amr: Vec<String>,
    },
    /// It may not.
    Deny,
}

impl DeviceDecision {
    /// This person agrees to these scopes.
    pub fn approve(subject: impl Into<String>, auth_time: UnixTime, scopes: ScopeSet) -> Self {
        Self::Approve { subject: subject.into(), auth_time, scopes, acr: None, amr: Vec::new() }
    }

    /// Sets the class that the login of this person is of. Of a refusal, there is none.
    #[must_use]
    pub fn acr(mut self, class: impl Into<String>) -> Self {
        if let Self::Approve { acr, .. } = &mut self {
            *acr = Some(class.into());
        }
        self
    }

    /// Sets how this person authenticated.
    #[must_use]
    pub fn amr<M: Into<String>>(mut self, methods: impl IntoIterator<Item = M>) -> Self {
        if let Self::Approve { amr, .. } = &mut self {
            *amr = methods.into_iter().map(Into::into).collect();
        }
        self
    }
}

/// The grant that an approved device gets: see
/// [`DeviceStore::poll_device_code`](crate::store::DeviceStore::poll_device_code).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeviceGrant {
    /// The authorization that was granted.
    #[serde(with = "authorization")]
    pub authorization: Arc<Authorization>,
}

impl DeviceGrant {
    /// The grant that a device with this code gets if this was decided at `decided_at`; `None`: nothing. For
    /// the implementers of stores.
    pub fn of(
        device_code: &TokenHash,
        asked: DeviceAuthorization,
        decision: DeviceDecision,
        decided_at: UnixTime,
    ) -> Option<Self> {
        let DeviceDecision::Approve { subject, auth_time, scopes, acr, amr } = decision else { return None };
        let authorization = Authorization {
            subject: Some(subject),
            auth_time: Some(auth_time),
            acr,
            amr,
            scopes,
            resources: asked.resources,
            claims: asked.claims,
            family: Some(FamilyId::of_code(device_code)),
            ..Authorization::new(asked.client_id, decided_at)
        };
        Some(Self { authorization: Arc::new(authorization) })
    }
}

/// The fate of a device code, RFC 8628 §3.5.
#[derive(Debug, Clone, PartialEq)]
pub enum DevicePoll {
    /// Someone approved, and the code was not used up yet.
    Approved(DeviceGrant),
    /// Nobody has decided: `authorization_pending`.
    Pending,
    /// Nobody has decided, and the device asks too often: `slow_down`.
    SlowDown,
    /// Someone refused: `access_denied`.
    Denied,
    /// The code's time is over: `expired_token`.
    Expired,
    /// There is no such code of this client, or it is used up, revoked or long expired.
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slow_down_raises_the_interval_each_time() {
        let at = UnixTime::from_secs;
        let mut authorization = DeviceAuthorization {
            client_id: "tv".to_owned(),
            scopes: ScopeSet::new(),
            resources: Vec::new(),
            claims: Map::new(),
            interval: Duration::from_secs(5),
            expires_at: at(10_000),
            kept_until: at(20_000),
        };
        let mut polled_at = None;
        let expected = [
            (1_000, DevicePoll::Pending, 5),
            (1_004, DevicePoll::SlowDown, 10),
            (1_013, DevicePoll::SlowDown, 15),
            (1_028, DevicePoll::Pending, 15),
            (1_043, DevicePoll::Pending, 15),
            (1_043, DevicePoll::SlowDown, 20),
        ];
        for (now, poll, interval) in expected {
            assert_eq!(authorization.polled(&mut polled_at, at(now)), poll, "at {now}");
            assert_eq!(authorization.interval, Duration::from_secs(interval), "at {now}");
        }
    }
}
