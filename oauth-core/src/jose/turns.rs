//! Keys that sign one after another.

use std::sync::Arc;

use tokio::sync::Notify;

use super::SigningKey;
use crate::clock::Clock;
use crate::time::UnixTime;

/// Keys with the times from which they sign. The time alone says whose turn it is: nothing has to run for it to change.
pub(crate) struct Turns {
    clock: Clock,
    first: SigningKey,
    then: Vec<(UnixTime, SigningKey)>,
    missed: Option<Arc<Notify>>,
}

impl Turns {
    /// One key, for good.
    pub(super) const fn always(key: SigningKey) -> Self {
        Self { clock: Clock::system(), first: key, then: Vec::new(), missed: None }
    }

    /// Keys in the order of their times. The first signs before its own, too; `missed` is told when another key is asked for.
    /// `None` without keys.
    pub(crate) fn new(
        clock: Clock,
        keys: impl IntoIterator<Item = (UnixTime, SigningKey)>,
        missed: Arc<Notify>,
    ) -> Option<Self> {
        let mut keys = keys.into_iter();
        let (_, first) = keys.next()?;
        Some(Self { clock, first, then: keys.collect(), missed: Some(missed) })
    }

    /// The key whose turn it is.
    pub(crate) fn active(&self) -> &SigningKey {
        if self.then.is_empty() {
            return &self.first;
        }
        let now = self.clock.now();
        self.then.iter().rev().find(|(from, _)| *from <= now).map_or(&self.first, |(_, key)| key)
    }

    pub(super) fn miss(&self) {
        if let Some(missed) = &self.missed {
            missed.notify_one();
        }
    }
}
