//! The outbox of logouts: each client hears of the end of a session at least once.

use std::time::Duration;

use super::Context;
use super::turns::Turns;
use crate::clock::within;
use crate::error::{Error, Result};
use crate::event::{Event, EventKind};
use crate::join::{Boxed, join_all, join_beside, join_until};
use crate::openid::BackChannel;
use crate::store::{AnyLogoutStore, ClientStore as _, LogoutNotice, Session, StoreRoles};
use crate::time::UnixTime;

/// The most attempts that are under way at once.
const AT_ONCE: usize = 64;
/// The time after which it is looked for what has become due meanwhile.
const LOOK: Duration = Duration::from_secs(2);
/// The time that an attempt may take: with a minute by which clocks differ, it is over before the lease is.
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
        let limit = back_channel.longest_wait().min(ATTEMPT);
        let attempt =
            |notice| Box::pin(self.attempt(outbox, back_channel, notice, None, limit)) as Boxed<'_, ()>;
        join_all(notices.map(attempt).collect()).await;
    }

    /// Tells all clients that are due, and those that become due meanwhile; the number of notices that it took up. It leases no more than it
    /// makes attempts, and one that is slow keeps no other waiting.
    pub(crate) async fn tell_due(&self) -> Result<u64> {
        let (Some(outbox), Some(back_channel)) = (self.outbox(), self.back_channel()) else { return Ok(0) };
        let (turns, mut under_way, mut taken) = (Turns::default(), Vec::new(), 0);
        loop {
            let room = AT_ONCE.saturating_sub(under_way.len());
            let due = outbox.due(self.now(), self.leased_until(), u32::try_from(room).unwrap_or(u32::MAX));
            let due = match join_beside(&mut under_way, due).await {
                Ok(due) => due,
                Err(cause) => {
                    join_all(under_way).await;
                    return Err(cause.into());
                }
            };
            let is_all = due.len() < room;
            taken += due.len() as u64;
            for notice in due {
                let attempt = self.attempt(outbox, back_channel, notice, Some(&turns), ATTEMPT);
                under_way.push(Box::pin(attempt) as Boxed<'_, ()>);
            }
            let left = if is_all { 0 } else { AT_ONCE / 2 };
            let is_done = within(LOOK, join_until(&mut under_way, left)).await.is_some();
            if is_all && is_done {
                return Ok(taken);
            }
        }
    }

    /// Makes an attempt, in its turn if there are turns, and notes what became of it.
    async fn attempt(
        &self,
        outbox: &dyn AnyLogoutStore,
        back_channel: &BackChannel,
        notice: LogoutNotice,
        turns: Option<&Turns>,
        limit: Duration,
    ) {
        let outcome = within(limit, self.tell(back_channel, &notice, turns)).await;
        let outcome = outcome.unwrap_or_else(|| Outcome::Failed("it did not answer in time".to_owned()));
        if let Err(cause) = self.settle(outbox, &notice, outcome).await {
            cause.log();
        }
    }

    async fn tell(
        &self,
        back_channel: &BackChannel,
        notice: &LogoutNotice,
        turns: Option<&Turns>,
    ) -> Outcome {
        let failed = |error: Error| {
            error.log();
            Outcome::Failed("the logout token could not be made".to_owned())
        };
        let client = match self.validator.clients().client(&notice.client_id).await {
            Ok(Some(client)) => client,
            Ok(None) => return Outcome::NotAsked,
            Err(cause) => return failed(cause.into()),
        };
        let Some(uri) = client.backchannel_logout_uri.as_deref() else { return Outcome::NotAsked };
        let _turn = match turns {
            Some(turns) => match turns.at(uri).await {
                Some(turn) => Some(turn),
                None => return Outcome::NoTurn,
            },
            None => None,
        };
        match self.logout_token(&client, &notice.subject, &notice.sid).await {
            Ok(Some(token)) => {
                back_channel.send(token).await.map_or_else(Outcome::Failed, |()| Outcome::Told)
            }
            Ok(None) => Outcome::NotAsked,
            Err(error) => failed(error),
        }
    }

    async fn settle(
        &self,
        outbox: &dyn AnyLogoutStore,
        notice: &LogoutNotice,
        outcome: Outcome,
    ) -> Result<()> {
        let now = self.now();
        let tell = |kind, reason| {
            let event = Event::new(kind, now).client_id(&notice.client_id).subject(&notice.subject);
            self.observe(&Event { reason, ..event });
        };
        let reason = match &outcome {
            Outcome::Told | Outcome::NotAsked => {
                if let Outcome::Told = outcome {
                    tell(EventKind::BackChannelDelivered, None);
                }
                return Ok(outbox.forget(notice).await?);
            }
            Outcome::Failed(reason) => {
                tell(EventKind::BackChannelFailed, Some(reason));
                reason
            }
            Outcome::NoTurn => "it did not answer others in time",
        };
        let next = match outcome {
            Outcome::NoTurn => notice.next_turn(now),
            _ => notice.next_attempt(now),
        };
        if let Some(at) = next {
            outbox.postpone(notice, at).await?;
        } else {
            tell(EventKind::BackChannelGivenUp, Some(reason));
            outbox.forget(notice).await?;
        }
        Ok(())
    }
}

/// The outcome of an attempt.
enum Outcome {
    Told,
    /// It is gone, or wants to hear of nothing.
    NotAsked,
    /// Not tried: its host had too much to hear of already.
    NoTurn,
    /// For this reason.
    Failed(String),
}
