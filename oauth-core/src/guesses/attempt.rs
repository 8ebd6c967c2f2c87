//! An attempt: counted in memory and in the store, kept if it fails, and otherwise taken back.

use std::mem;
use std::time::Duration;

use super::Counting;
use super::rule::{Begun, Counter, Leftover};
use crate::error::Result;
use crate::limits::Attempt as Here;
use crate::store::StoreError;

/// The most attempts to be taken back that are remembered. Beyond, they count.
const LEFTOVERS: usize = 1024;
/// The most of them that one attempt takes back.
const AT_A_TIME: usize = 16;
/// The time between two lines in the log.
const TELL_EVERY: Duration = Duration::from_mins(1);

/// A guess under way, in the counts of all its keys.
///
/// Dropped, it was none, as if it had been [taken back](Self::take_back): but the store hears of that with the next attempt.
#[must_use]
pub(crate) struct Attempt<'a> {
    counting: Counting<'a>,
    begun: Vec<Begun<'a>>,
}

impl<'a> Counting<'a> {
    /// Begins an attempt that counts for all of these keys, or says how long to wait. `is_worth_it` is asked before the store is.
    ///
    /// # Errors
    ///
    /// The errors of `is_worth_it`.
    pub(super) async fn begin<const N: usize>(
        self,
        counters: [Counter<'a>; N],
        is_worth_it: impl FnOnce() -> Result<()> + Send,
    ) -> Result<Result<Attempt<'a>, Duration>> {
        let (mut attempt, now) = (Attempt { counting: self, begun: Vec::new() }, self.clock.instant());
        for counter in counters {
            match counter.rule.buckets.begin(counter.key, now) {
                Ok(here) => attempt.begun.push(Begun { counter, here, there: None }),
                Err(wait) => return Ok(Err(wait)),
            }
        }
        is_worth_it()?;
        self.take_back_leftovers().await;
        Ok(match attempt.count_in_store().await {
            Ok(()) => Ok(attempt),
            Err(wait) => {
                attempt.take_back().await;
                Err(wait)
            }
        })
    }

    async fn take_back_leftovers(self) {
        let leftovers: Vec<_> = {
            let mut leftovers = self.guesses.leftovers.lock();
            let first = leftovers.len().min(AT_A_TIME);
            leftovers.drain(..first).collect()
        };
        for leftover in leftovers {
            self.take_back_in_store(leftover).await;
        }
    }

    async fn take_back_in_store(self, Leftover { key, counted }: Leftover) {
        if let Some(store) = self.store
            && let Err(error) = store.undo(&key, counted).await
        {
            self.tell(&error);
        }
    }

    fn tell(self, error: &StoreError) {
        let (mut told_at, now) = (self.guesses.told_at.lock(), self.clock.instant());
        if told_at.is_some_and(|told_at| now.saturating_duration_since(told_at) < TELL_EVERY) {
            return;
        }
        *told_at = Some(now);
        drop(told_at);
        let cause = std::error::Error::source(error).map(ToString::to_string);
        tracing::warn!(
            target: "oauth_core",
            %error,
            cause,
            "guesses are limited by each instance for itself, for the store that counts them for all fails"
        );
    }
}

impl Attempt<'_> {
    /// Counts in the store what is counted in memory. Where the store fails, that has to do.
    async fn count_in_store(&mut self) -> Result<(), Duration> {
        let Counting { store: Some(store), clock, .. } = self.counting else { return Ok(()) };
        for Begun { counter, there, .. } in self.begun.iter_mut().filter(|begun| begun.counter.rule.is_shared)
        {
            let buckets = &counter.rule.buckets;
            match store.begin(&counter.key, buckets.policy(), clock.since_1970()).await {
                Ok(Ok(counted)) => *there = Some(counted),
                Ok(Err(wait)) => {
                    buckets.hold(counter.key, clock.instant(), wait);
                    return Err(wait);
                }
                Err(error) => self.counting.tell(&error),
            }
        }
        Ok(())
    }

    /// The guess was wrong: it counts.
    pub(crate) fn failed(mut self) {
        mem::take(&mut self.begun).into_iter().map(|begun| begun.here).for_each(Here::failed);
    }

    /// The guess was right, or nobody learned whether it was: it does not count.
    pub(crate) async fn take_back(mut self) {
        while let Some(Begun { counter, here, there }) = self.begun.pop() {
            drop(here);
            if let Some(counted) = there {
                self.counting.take_back_in_store(Leftover { key: counter.key, counted }).await;
            }
        }
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        let begun = mem::take(&mut self.begun);
        let counted = |begun: &Begun<'_>| Some(Leftover { key: begun.counter.key, counted: begun.there? });
        let mut leftovers = self.counting.guesses.leftovers.lock();
        let room = LEFTOVERS.saturating_sub(leftovers.len());
        leftovers.extend(begun.iter().filter_map(counted).take(room));
    }
}
