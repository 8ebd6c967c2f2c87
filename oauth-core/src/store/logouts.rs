//! The outbox of logouts: the clients that must still hear of the end of a session.

use std::fmt;
use std::pin::Pin;

use super::{LogoutNotice, Result, Session, SessionStore};
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// Keeps which clients must still hear of the end of a session, across a crash. The store of the role `#[sessions]` plays it: it ends
/// a session and keeps the notices in **one atomic step**, so that each client hears of it at least once (OIDC Back-Channel Logout
/// §2.5). [`SessionStore::logouts`] is how a server finds it; without one, it tries once.
///
/// Whoever takes a notice up leases it: nobody else gets it until the lease is over. A store that signs people out by itself, since a
/// password became another one or a user is deleted, keeps notices that are due at once. It may forget one after
/// [`LogoutNotice::LIFETIME`].
pub trait LogoutStore: SessionStore {
    /// Ends a session as [`SessionStore::end_session`] does, and keeps the [notices](LogoutNotice::of_session) of its clients, leased
    /// until `leased_until`.
    fn end_session_with_notices(
        &self,
        id: &TokenHash,
        now: UnixTime,
        leased_until: UnixTime,
    ) -> impl Future<Output = Result<Option<Session>>> + Send;

    /// Ends every session of a person as [`SessionStore::end_sessions_of`] does, and keeps the notices of all their clients likewise.
    fn end_sessions_with_notices(
        &self,
        subject: &str,
        now: UnixTime,
        leased_until: UnixTime,
    ) -> impl Future<Output = Result<Vec<Session>>> + Send;

    /// Keeps the notices of a session that an application keeps elsewhere, likewise. Those that are kept already stay as they are.
    fn keep_notices(
        &self,
        session: &Session,
        now: UnixTime,
        leased_until: UnixTime,
    ) -> impl Future<Output = Result<()>> + Send;

    /// The notices that are due at `now`, at most so many, the earliest first. They are leased until `leased_until`, and this attempt
    /// is counted. Of any number of concurrent calls one gets each.
    fn due_logouts(
        &self,
        now: UnixTime,
        leased_until: UnixTime,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<LogoutNotice>>> + Send;

    /// Forgets a notice: its client was told, is gone, or given up.
    fn told(&self, notice: &LogoutNotice) -> impl Future<Output = Result<()>> + Send;

    /// Makes a notice due at another time, unless someone else has taken it up since.
    fn retry(&self, notice: &LogoutNotice, at: UnixTime) -> impl Future<Output = Result<()>> + Send;
}

/// An operation under way.
type Kept<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// [`LogoutStore`] without its type: a validator that has one [lends it](super::StoreRoles::logouts) by this.
pub trait AnyLogoutStore: Send + Sync {
    /// As [`LogoutStore::end_session_with_notices`].
    fn end_one<'a>(
        &'a self,
        id: &'a TokenHash,
        now: UnixTime,
        leased_until: UnixTime,
    ) -> Kept<'a, Option<Session>>;
    /// As [`LogoutStore::end_sessions_with_notices`].
    fn end_all<'a>(
        &'a self,
        subject: &'a str,
        now: UnixTime,
        leased_until: UnixTime,
    ) -> Kept<'a, Vec<Session>>;
    /// As [`LogoutStore::keep_notices`].
    fn keep<'a>(&'a self, session: &'a Session, now: UnixTime, leased_until: UnixTime) -> Kept<'a, ()>;
    /// As [`LogoutStore::due_logouts`].
    fn due(&self, now: UnixTime, leased_until: UnixTime, limit: u32) -> Kept<'_, Vec<LogoutNotice>>;
    /// As [`LogoutStore::told`].
    fn forget<'a>(&'a self, notice: &'a LogoutNotice) -> Kept<'a, ()>;
    /// As [`LogoutStore::retry`].
    fn postpone<'a>(&'a self, notice: &'a LogoutNotice, at: UnixTime) -> Kept<'a, ()>;
}

impl<T: LogoutStore> AnyLogoutStore for T {
    fn end_one<'a>(
        &'a self,
        id: &'a TokenHash,
        now: UnixTime,
        leased_until: UnixTime,
    ) -> Kept<'a, Option<Session>> {
        Box::pin(self.end_session_with_notices(id, now, leased_until))
    }

    fn end_all<'a>(
        &'a self,
        subject: &'a str,
        now: UnixTime,
        leased_until: UnixTime,
    ) -> Kept<'a, Vec<Session>> {
        Box::pin(self.end_sessions_with_notices(subject, now, leased_until))
    }

    fn keep<'a>(&'a self, session: &'a Session, now: UnixTime, leased_until: UnixTime) -> Kept<'a, ()> {
        Box::pin(self.keep_notices(session, now, leased_until))
    }

    fn due(&self, now: UnixTime, leased_until: UnixTime, limit: u32) -> Kept<'_, Vec<LogoutNotice>> {
        Box::pin(self.due_logouts(now, leased_until, limit))
    }

    fn forget<'a>(&'a self, notice: &'a LogoutNotice) -> Kept<'a, ()> {
        Box::pin(self.told(notice))
    }

    fn postpone<'a>(&'a self, notice: &'a LogoutNotice, at: UnixTime) -> Kept<'a, ()> {
        Box::pin(self.retry(notice, at))
    }
}

impl fmt::Debug for dyn AnyLogoutStore + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a store of logouts")
    }
}
