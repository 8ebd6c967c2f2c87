//! Role `devices`. The user code is claimed first; one that leads to no device, or to a device of another user code, is unknown.

use std::time::Duration;

use super::ValkeyStore;
use super::keys::{CALL, Kind, call, removal, seconds, text};
use super::run::{Argument, Weight};
use super::scripts::{CREATE, DECIDE, POLL, UNDO_TEXT};
use crate::secret::TokenHash;
use crate::store::{
    Attempt, CodeRedemption, DeviceAuthorization, DeviceDecision, DeviceGrant, DevicePoll, DeviceStore,
    Marks, Result, StoreError, decode, encode,
};
use crate::time::UnixTime;

const SAVE: &str = "save a device code";
const READ: &str = "read a device code";
const DECIDING: &str = "decide on a device code";
const POLLING: &str = "poll a device code";
const TAKING: &str = "redeem a device code";

impl DeviceStore for ValkeyStore {
    async fn save_device_code(
        &self,
        device_code: TokenHash,
        user_code: TokenHash,
        authorization: DeviceAuthorization,
    ) -> Result<bool> {
        let (device, screen) =
            (self.hash_key(Kind::Device, &device_code), self.hash_key(Kind::UserCode, &user_code));
        let (call, name) = (call(), text(device_code.as_bytes()));
        if !self.keep_text(SAVE, &screen, &call, &name, authorization.kept_until).await? {
            let mut command = redis::cmd("EXISTS");
            command.arg(&device);
            let is_kept: bool = self.send(SAVE, Weight::Light, &command).await?;
            return if is_kept { Err(StoreError::already_kept(SAVE)) } else { Ok(false) };
        }
        let record = encode(SAVE, &authorization)?;
        let (end, kept_until) = (seconds(authorization.expires_at), seconds(authorization.kept_until));
        let (removal, user_code) = (removal(authorization.kept_until), text(user_code.as_bytes()));
        let interval = authorization.interval.as_secs();
        let create: [&dyn Argument; 14] = [
            &call,
            &removal,
            &"r",
            &record,
            &"c",
            &authorization.client_id,
            &"x",
            &end,
            &"k",
            &kept_until,
            &"i",
            &interval,
            &"u",
            &user_code,
        ];
        if self.run(SAVE, Weight::Light, &CREATE, &device, &create).await? {
            return Ok(true);
        }
        self.run::<u64>(SAVE, Weight::Light, &UNDO_TEXT, &screen, &[&call]).await?;
        Err(StoreError::already_kept(SAVE))
    }

    async fn device_authorization(
        &self,
        user_code: &TokenHash,
        now: UnixTime,
    ) -> Result<Option<DeviceAuthorization>> {
        let Some(device) = self.device_of(READ, user_code).await? else { return Ok(None) };
        let mut command = redis::cmd("HMGET");
        command.arg(device).arg(&["r", "i", "u", "d"]);
        let (record, interval, owner, decision): (
            Option<String>,
            Option<u64>,
            Option<String>,
            Option<String>,
        ) = self.send(READ, Weight::Light, &command).await?;
        let is_open = decision.is_none() && owner == Some(text(user_code.as_bytes()));
        let Some((record, interval)) = record.zip(interval).filter(|_| is_open) else { return Ok(None) };
        let asked: DeviceAuthorization = decode(READ, &record)?;
        let asked = DeviceAuthorization { interval: Duration::from_secs(interval), ..asked };
        Ok(Some(asked).filter(|asked| asked.expires_at > now))
    }

    async fn decide_device_code(
        &self,
        user_code: &TokenHash,
        decision: DeviceDecision,
        now: UnixTime,
    ) -> Result<bool> {
        let Some(device) = self.device_of(DECIDING, user_code).await? else { return Ok(false) };
        let approval = u8::from(matches!(decision, DeviceDecision::Approve { .. }));
        let (decision, user_code) = (encode(DECIDING, &decision)?, text(user_code.as_bytes()));
        let decide: [&dyn Argument; 5] = [&seconds(now), &user_code, &decision, &approval, &call()];
        self.run(DECIDING, Weight::Security, &DECIDE, &device, &decide).await
    }

    async fn poll_device_code(
        &self,
        device_code: &TokenHash,
        client_id: &str,
        now: UnixTime,
    ) -> Result<DevicePoll> {
        let device = self.hash_key(Kind::Device, device_code);
        let slower = DeviceAuthorization::SLOW_DOWN.as_secs();
        let poll: [&dyn Argument; 4] = [&seconds(now), &client_id, &slower, &call()];
        let (answer, record, decision, decided_at): (String, Option<String>, Option<String>, Option<u64>) =
            self.run(POLLING, Weight::Light, &POLL, &device, &poll).await?;
        Ok(match (answer.as_str(), record, decision, decided_at) {
            ("pending", ..) => DevicePoll::Pending,
            ("slow_down", ..) => DevicePoll::SlowDown,
            ("expired", ..) => DevicePoll::Expired,
            ("decided", Some(record), Some(decision), Some(at)) => {
                let decision = (decision, UnixTime::from_secs(at));
                let Some((grant, marks)) = granted(POLLING, device_code, &record, decision)? else {
                    return Ok(DevicePoll::Denied);
                };
                let is_revoked = self.is_marked(POLLING, &[(marks, grant.authorization.granted_at)]).await?;
                if is_revoked { DevicePoll::Unknown } else { DevicePoll::Approved(grant) }
            }
            _ => DevicePoll::Unknown,
        })
    }

    async fn take_device_code(
        &self,
        device_code: &TokenHash,
        attempt: Attempt,
        now: UnixTime,
    ) -> Result<CodeRedemption> {
        let device = self.hash_key(Kind::Device, device_code);
        let Some(taken) = self.take(TAKING, &device, attempt, now).await? else {
            return Ok(CodeRedemption::Unknown);
        };
        let decision = taken.decision.ok_or_else(|| StoreError::new(TAKING, "its decision is missing"))?;
        let Some((grant, marks)) = granted(TAKING, device_code, &taken.record, decision)? else {
            return Ok(CodeRedemption::Unknown);
        };
        self.unless_marked(TAKING, taken.redemption, marks, grant.authorization.granted_at).await
    }
}

impl ValkeyStore {
    /// The key of the device that a user code leads to.
    async fn device_of(&self, doing: &'static str, user_code: &TokenHash) -> Result<Option<String>> {
        let mut command = redis::cmd("GET");
        command.arg(self.hash_key(Kind::UserCode, user_code));
        let kept: Option<String> = self.send(doing, Weight::Light, &command).await?;
        let name = kept.as_deref().and_then(|kept| kept.get(CALL..));
        Ok(name.map(|name| self.key(Kind::Device, name)))
    }
}

/// The grant that a decision came to, and its marks.
fn granted(
    doing: &'static str,
    device_code: &TokenHash,
    record: &str,
    (decision, at): (String, UnixTime),
) -> Result<Option<(DeviceGrant, Marks)>> {
    let grant = DeviceGrant::of(device_code, decode(doing, record)?, decode(doing, &decision)?, at);
    Ok(grant.map(|grant| {
        let marks = Marks::of(device_code, &grant.authorization);
        (grant, marks)
    }))
}
