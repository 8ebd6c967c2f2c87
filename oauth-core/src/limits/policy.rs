//! The arithmetic of attempts, which the memory of an instance and every store share.

use std::time::Duration;

/// The number of attempts that a key has, and how long it waits after them: a leaky bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    free: u32,
    forget_one: Duration,
    is_gradual: bool,
}

/// The attempts of a key, as they are kept. Times are since a beginning that all who count share: 1970, where a store counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// The moment that the last attempt began.
    pub last: Duration,
    /// The moment when every attempt will be forgotten.
    pub empty_at: Duration,
}

/// The record of an attempt that was counted: what it takes to undo it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The moment that it began.
    pub began: Duration,
    /// The moment that the attempt before it began, if any did.
    pub before: Duration,
    /// The time by which it put off that every attempt is forgotten.
    pub added: Duration,
}

impl Policy {
    /// This many at once, and one at least; from then on, one each time that one is forgotten.
    pub const fn at_once(free: u32, forget_one: Duration) -> Self {
        let free = if free == 0 { 1 } else { free };
        Self { free, forget_one, is_gradual: false }
    }

    /// This many at once, and one at least; the next ones wait a second, two, four and so on, until each waits until one is forgotten.
    pub const fn gradual(free: u32, forget_one: Duration) -> Self {
        Self { is_gradual: true, ..Self::at_once(free, forget_one) }
    }

    /// The number of attempts that wait for nothing.
    pub const fn free(&self) -> u32 {
        self.free
    }

    /// The time to forget an attempt.
    pub const fn forget_one(&self) -> Duration {
        self.forget_one
    }

    /// True if the first waits are shorter than the time to forget an attempt: one second, two, four and so on.
    pub const fn is_gradual(&self) -> bool {
        self.is_gradual
    }

    /// The time to forget the attempts beyond which no one waits longer.
    pub fn longest(&self) -> Duration {
        let gradual = if self.is_gradual { self.forget_one.as_secs().max(1).ilog2() + 1 } else { 0 };
        self.forget_one.saturating_mul(self.free.saturating_add(gradual))
    }

    /// Counts an attempt, or says how long to wait for the next. `None`: no attempt is known. A store does this in one atomic step,
    /// in whole milliseconds.
    ///
    /// What a clock has written that is further ahead than any attempts could be is not believed: it would be a lock-out.
    ///
    /// # Errors
    ///
    /// The time to wait.
    pub fn begin(&self, known: Option<Tally>, now: Duration) -> Result<(Tally, Counted), Duration> {
        let full_at = now.saturating_add(self.longest());
        let known = known.filter(|tally| tally.last <= full_at);
        let tally = known.unwrap_or(Tally { last: now, empty_at: now });
        let wait = self.wait(tally, now);
        if !wait.is_zero() {
            return Err(wait);
        }
        let from = tally.empty_at.max(now);
        let empty_at = from.saturating_add(self.forget_one).min(full_at).max(from);
        let counted = Counted { began: now, before: tally.last, added: empty_at.saturating_sub(from) };
        // The clocks of instances differ.
        Ok((Tally { last: tally.last.max(now), empty_at }, counted))
    }

    /// The time to wait after a store has refused to count an attempt. Where it would count by now, others have been taken back since:
    /// who comes again gets in.
    ///
    /// The statements of databases count or do not, and are asked a second time for this.
    pub fn refuse(&self, known: Option<Tally>, now: Duration) -> Duration {
        self.begin(known, now).err().unwrap_or(Duration::from_millis(1))
    }

    fn wait(&self, tally: Tally, now: Duration) -> Duration {
        let left = tally.empty_at.saturating_sub(now);
        // The attempts are fewer than those that wait for nothing.
        let beyond_free = left.saturating_sub(self.forget_one.saturating_mul(self.free.saturating_sub(1)));
        if beyond_free.is_zero() || !self.is_gradual {
            return beyond_free;
        }
        let attempts = left.as_nanos().div_ceil(self.forget_one.as_nanos().max(1));
        let beyond = u32::try_from(attempts).unwrap_or(u32::MAX).saturating_sub(self.free);
        let delay = Duration::from_secs(1 << beyond.min(32)).min(self.forget_one);
        delay.saturating_sub(now.saturating_sub(tally.last))
    }
}

impl Tally {
    /// Takes an attempt back: it succeeded, or nobody learned whether it would have.
    #[must_use]
    pub fn without(self, attempt: Counted) -> Self {
        let empty_at = self.empty_at.checked_sub(attempt.added).unwrap_or(self.empty_at);
        // Others may have begun since.
        Self { last: if self.last == attempt.began { attempt.before } else { self.last }, empty_at }
    }
}
