//! Role `devices`.

use super::MemoryStore;
use super::codes::take;
use super::expiring::{AlreadyKept, Expiring};
use crate::secret::TokenHash;
use crate::store::{
    Attempt, CodeRedemption, DeviceAuthorization, DeviceDecision, DeviceGrant, DevicePoll, DeviceStore,
    Result, StoreError,
};
use crate::time::UnixTime;

/// One device has two codes, so one lock guards both maps.
#[derive(Debug, Default)]
pub(super) struct Devices {
    devices: Expiring<TokenHash, Device>,
    /// The index from the hash of the user code to that of the device code.
    user_codes: Expiring<TokenHash, TokenHash>,
}

#[derive(Debug)]
struct Device {
    authorization: DeviceAuthorization,
    polled_at: Option<UnixTime>,
    /// And when it was made.
    decision: Option<(DeviceDecision, UnixTime)>,
    taken_by: Option<Attempt>,
}

impl Device {
    /// The grant that somebody approved.
    fn grant(&self, device_code: &TokenHash) -> Option<DeviceGrant> {
        let (decision, at) = self.decision.clone()?;
        DeviceGrant::of(device_code, self.authorization.clone(), decision, at)
    }
}

impl Devices {
    pub(super) fn len(&self) -> usize {
        self.devices.len()
    }

    /// Removes devices that have expired, this many at most, and returns their number.
    pub(super) fn sweep_all(&mut self, before: UnixTime, limit: usize) -> usize {
        self.user_codes.sweep_all(before, usize::MAX);
        self.devices.sweep_all(before, limit)
    }

    /// The device that a user code stands for, while it is undecided.
    fn undecided(&mut self, user_code: &TokenHash, now: UnixTime) -> Option<&mut Device> {
        let device_code = *self.user_codes.get(user_code, now)?;
        let device = self.devices.get_mut(&device_code, now)?;
        (device.authorization.expires_at > now && device.decision.is_none()).then_some(device)
    }
}

impl DeviceStore for MemoryStore {
    async fn save_device_code(
        &self,
        device_code: TokenHash,
        user_code: TokenHash,
        authorization: DeviceAuthorization,
    ) -> Result<bool> {
        let kept_until = authorization.kept_until;
        let mut devices = self.0.devices.lock();
        if devices.devices.expiry(&device_code).is_some() {
            return Err(StoreError::already_kept("save a device code"));
        }
        if let Err(AlreadyKept) = devices.user_codes.try_insert(user_code, device_code, kept_until) {
            return Ok(false);
        }
        let device = Device { authorization, polled_at: None, decision: None, taken_by: None };
        devices.devices.insert(device_code, device, kept_until);
        Ok(true)
    }

    async fn device_authorization(
        &self,
        user_code: &TokenHash,
        now: UnixTime,
    ) -> Result<Option<DeviceAuthorization>> {
        Ok(self.0.devices.lock().undecided(user_code, now).map(|device| device.authorization.clone()))
    }

    async fn decide_device_code(
        &self,
        user_code: &TokenHash,
        decision: DeviceDecision,
        now: UnixTime,
    ) -> Result<bool> {
        let mut devices = self.0.devices.lock();
        let Some(device) = devices.undecided(user_code, now) else { return Ok(false) };
        device.decision = Some((decision, now));
        Ok(true)
    }

    async fn poll_device_code(
        &self,
        device_code: &TokenHash,
        client_id: &str,
        now: UnixTime,
    ) -> Result<DevicePoll> {
        let mut devices = self.0.devices.lock();
        let device = devices.devices.get_mut(device_code, now);
        let device = device.filter(|device| device.authorization.client_id == client_id);
        let Some(device) = device.filter(|device| device.taken_by.is_none()) else {
            return Ok(DevicePoll::Unknown);
        };
        if device.authorization.expires_at <= now {
            return Ok(DevicePoll::Expired);
        }
        Ok(match (&device.decision, device.grant(device_code)) {
            (None, _) => device.authorization.polled(&mut device.polled_at, now),
            (Some(_), None) => DevicePoll::Denied,
            (Some(_), Some(grant)) if self.is_ended(device_code, &grant.authorization) => DevicePoll::Unknown,
            (Some(_), Some(grant)) => DevicePoll::Approved(grant),
        })
    }

    async fn take_device_code(
        &self,
        device_code: &TokenHash,
        attempt: Attempt,
        now: UnixTime,
    ) -> Result<CodeRedemption> {
        let mut devices = self.0.devices.lock();
        let device = devices.devices.get_mut(device_code, now);
        let Some(device) = device.filter(|device| device.authorization.expires_at > now) else {
            return Ok(CodeRedemption::Unknown);
        };
        Ok(match device.grant(device_code) {
            Some(grant) if !self.is_ended(device_code, &grant.authorization) => {
                take(&mut device.taken_by, attempt)
            }
            _ => CodeRedemption::Unknown,
        })
    }
}
