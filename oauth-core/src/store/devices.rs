//! Role `devices`.

use super::{Attempt, CodeRedemption, DeviceAuthorization, DeviceDecision, DevicePoll, Result};
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// Keeps device authorizations (RFC 8628). Role `#[devices]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep device authorizations, which the grant `device_code` needs",
    label = "no store plays the role `devices`",
    note = "the `#[validator]` struct says who keeps them: `#[store] store: SqliteStore` (all roles), or `#[devices] devices: …`",
    note = "the type of that field is `SqliteStore`, `MemoryStore`, or a type of yours that implements `DeviceStore`"
)]
pub trait DeviceStore: Send + Sync {
    /// Keeps what a device asked for until `authorization.kept_until`. `false`: another device has this user code, and
    /// nothing was kept.
    ///
    /// # Errors
    ///
    /// Also if the device code is kept already.
    fn save_device_code(
        &self,
        device_code: TokenHash,
        user_code: TokenHash,
        authorization: DeviceAuthorization,
    ) -> impl Future<Output = Result<bool>> + Send;

    /// The authorization that a user code stands for, if it has not expired at `now` and nobody has decided.
    fn device_authorization(
        &self,
        user_code: &TokenHash,
        now: UnixTime,
    ) -> impl Future<Output = Result<Option<DeviceAuthorization>>> + Send;

    /// Keeps a decision, in **one atomic step**. `false`: the code is unknown, expired at `now`, or decided already.
    fn decide_device_code(
        &self,
        user_code: &TokenHash,
        decision: DeviceDecision,
        now: UnixTime,
    ) -> impl Future<Output = Result<bool>> + Send;

    /// The fate of a device code of this client, in **one atomic step**. It uses nothing up:
    /// [`take_device_code`](Self::take_device_code) does.
    ///
    /// While nobody has decided, it remembers when the device asked, and the interval that
    /// [`DeviceAuthorization::polled`] made longer. A code that has expired at `now` is [`DevicePoll::Expired`] until
    /// `kept_until`, whatever was decided, unless it was used up.
    fn poll_device_code(
        &self,
        device_code: &TokenHash,
        client_id: &str,
        now: UnixTime,
    ) -> impl Future<Output = Result<DevicePoll>> + Send;

    /// Uses up a device code that was approved, in **one atomic step**: of any number of concurrent attempts one gets
    /// [`CodeRedemption::Redeemed`], and gets it again if it asks again; others get [`CodeRedemption::Taken`]. A code that is not
    /// approved, expired at `now` or revoked is [`CodeRedemption::Unknown`].
    fn take_device_code(
        &self,
        device_code: &TokenHash,
        attempt: Attempt,
        now: UnixTime,
    ) -> impl Future<Output = Result<CodeRedemption>> + Send;
}
