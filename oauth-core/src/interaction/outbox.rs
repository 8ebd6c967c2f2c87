//! The outbox of logouts: each client hears of the end of a session at least once.

use std::time::Duration;

use super::Context;
use crate::clock::within;
use crate::error::{Error, Result};
use crate::event::{Event, EventKind};
use crate::join::{Boxed, join_all};
use crate::openid::BackChannel;
use crate::store::{AnyLogoutStore, ClientStore as _, LogoutNotice, Session, StoreRoles};
use crate::time::UnixTime;

/// The most that one pass takes up at once.
const BATCH: u32 = 64;
/// The time that an attempt may take where nobody waits for it: less than the lease.
const ATTEMPT: Duration = Duration::from_secs(20);

impl<V: StoreRoles> Context<'_, V> {
    /// The store of notices, where clients are told over a back channel.
    pub(crate) fn outbox(&self) -> Option<&dyn AnyLogoutStore> {
        self.back_channel()?;
        self.validator.logouts()
    }

    pub(super) fn back_channel(&self) -> Option<&BackChannel> {
        self.provider.as_ref()?.back_channel
    }

    /// The end of a lease that begins now.
    pub(crate) fn leased_until(&self) -> UnixTime {
        self.now() + LogoutNotice::LEASE
    }

    /// Makes the first attempt to tell the clients of sessions that have just ended, whose notices are kept. Whoever signs out waits
    /// for it no longer than they must.
    pub(super) async fn tell_first(&self, outbox: &dyn AnyLogoutStore, sessions: &[Session]) {
        let Some(back_channel) = self.back_channel() else { return };
        self.standing.miss();
        let notices = sessions.iter().flat_map(|session| LogoutNotice::of_session(session, self.now()));
        self.tell_all(outbox, back_channel, notices.collect(), back_channel.longest_wait()).await;
    }

    /// Tells all clients that are due; the number of notices that it took up.
    pub(crate) async fn tell_due(&self) -> Result<u64> {
        let (Some(outbox), Some(back_channel)) = (self.outbox(), self.back_channel()) else { return Ok(0) };
        let mut taken = 0;
        loop {
            let due = outbox.due(self.now(), self.leased_until(), BATCH).await?;
            let count = due.len() as u64;
            taken += count;
            self.tell_all(outbox, back_channel, due, ATTEMPT).await;
            if count < u64::from(BATCH) {
                return Ok(taken);
            }
        }
    }

    async fn tell_all(
        &self,
        outbox: &dyn AnyLogoutStore,
        back_channel: &BackChannel,
        notices: Vec<LogoutNotice>,
        limit: Duration,
    ) {
        let attempts = notices.iter().map(|notice| {
            Box::pin(async move {
                let told = within(limit, self.tell(back_channel, notice)).await;
                let told = told.unwrap_or_else(|| Err("it did not answer in time".to_owned()));
                if let Err(cause) = self.settle(outbox, notice, told).await {
                    cause.log();
                }
            }) as Boxed<'_, ()>
        });
        join_all(attempts.collect()).await;
    }

    /// Tells one client; false, if it is gone or wants to hear of nothing.
    async fn tell(
        &self,
        back_channel: &BackChannel,
        notice: &LogoutNotice,
    ) -> std::result::Result<bool, String> {
        let failed = |error: Error| {
            error.log();
            "the logout token could not be made".to_owned()
        };
        let client = self.validator.clients().client(&notice.client_id).await;
        let Some(client) = client.map_err(|cause| failed(cause.into()))? else { return Ok(false) };
        let token = self.logout_token(&client, &notice.subject, &notice.sid).await.map_err(failed)?;
        let Some(token) = token else { return Ok(false) };
        back_channel.send(token).await.map(|()| true)
    }

    async fn settle(
        &self,
        outbox: &dyn AnyLogoutStore,
        notice: &LogoutNotice,
        told: std::result::Result<bool, String>,
    ) -> Result<()> {
        let now = self.now();
        let tell = |kind, reason| {
            let event = Event::new(kind, now).client_id(&notice.client_id).subject(&notice.subject);
            self.observe(&Event { reason, ..event });
        };
        match told {
            Ok(was_asked) => {
                if was_asked {
                    tell(EventKind::BackChannelDelivered, None);
                }
                outbox.forget(notice).await?;
            }
            Err(reason) => {
                tell(EventKind::BackChannelFailed, Some(&reason));
                if let Some(at) = notice.next_attempt(now) {
                    outbox.postpone(notice, at).await?;
                } else {
                    tell(EventKind::BackChannelGivenUp, Some(&reason));
                    outbox.forget(notice).await?;
                }
            }
        }
        Ok(())
    }
}
