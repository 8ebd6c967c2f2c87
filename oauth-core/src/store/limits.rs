//! Attempts at secrets, counted for all instances.

use std::pin::Pin;
use std::result::Result as Outcome;
use std::time::Duration;

use super::Result;
use crate::limits::{Counted, LimitKey, Policy};

/// Counts attempts at passwords, client secrets and user codes, so that guesses do not grow with the number of instances: see
/// [`limits`](crate::limits). The store of the role `tokens` plays it.
///
/// Each operation is **one atomic step**. What is kept may be lost in a crash, but not written late: it need not be on the disk, and what
/// reads first and writes afterwards lets all pass that come at once. An entry is of no use any more when its
/// [`Tally::empty_at`](crate::limits::Tally::empty_at) has passed, and [`Sweep`](super::Sweep) removes it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot count attempts for all instances",
    label = "no store that implements `LimitStore`",
    note = "`SqliteStore`, `PostgresStore`, `ValkeyStore` and `MemoryStore` do; a store of yours implements `LimitStore`"
)]
pub trait LimitStore: Send + Sync {
    /// Counts an attempt, or says how long to wait for the next and changes nothing: as [`Policy::begin`] says, to the letter. `now` is
    /// since 1970, in whole milliseconds.
    fn begin(
        &self,
        key: &LimitKey,
        policy: &Policy,
        now: Duration,
    ) -> impl Future<Output = Result<Outcome<Counted, Duration>>> + Send;

    /// Takes an attempt back, as [`Tally::without`](crate::limits::Tally::without) says. Nothing happens where no attempts are known.
    fn undo(&self, key: &LimitKey, attempt: Counted) -> impl Future<Output = Result<()>> + Send;
}

/// An operation under way.
type Doing<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// [`LimitStore`] without its type: a validator that has one [lends it](super::StoreRoles::limits) by this.
pub trait AnyLimitStore: Send + Sync {
    /// As [`LimitStore::begin`].
    fn begin<'a>(
        &'a self,
        key: &'a LimitKey,
        policy: &'a Policy,
        now: Duration,
    ) -> Doing<'a, Outcome<Counted, Duration>>;
    /// As [`LimitStore::undo`].
    fn undo<'a>(&'a self, key: &'a LimitKey, attempt: Counted) -> Doing<'a, ()>;
}

impl<T: LimitStore> AnyLimitStore for T {
    fn begin<'a>(
        &'a self,
        key: &'a LimitKey,
        policy: &'a Policy,
        now: Duration,
    ) -> Doing<'a, Outcome<Counted, Duration>> {
        Box::pin(LimitStore::begin(self, key, policy, now))
    }

    fn undo<'a>(&'a self, key: &'a LimitKey, attempt: Counted) -> Doing<'a, ()> {
        Box::pin(LimitStore::undo(self, key, attempt))
    }
}
