//! Attempts that are counted by key, in bounded memory.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher as _, Hash, RandomState};
use std::mem;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

/// Keys of a generation. A flood of this many others sets back the count of one; where an attempt costs a password hash,
/// that is an hour of a core.
const GENERATION: usize = 65_536;

/// The number of attempts that a key has, and how long it waits after them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Policy {
    free: u32,
    /// The time to forget an attempt.
    forget_one: Duration,
    is_gradual: bool,
}

impl Policy {
    /// This many at once; from then on, one each time that one is forgotten.
    pub(crate) const fn at_once(free: u32, forget_one: Duration) -> Self {
        Self { free, forget_one, is_gradual: false }
    }

    /// This many at once; the next ones wait a second, two, four and so on, until each waits until one is forgotten.
    #[cfg(feature = "pages")]
    pub(crate) const fn gradual(free: u32, forget_one: Duration) -> Self {
        Self { free, forget_one, is_gradual: true }
    }

    /// The attempts beyond which no one waits longer.
    fn most(self) -> u32 {
        if self.is_gradual { self.free + self.forget_one.as_secs().max(1).ilog2() + 1 } else { self.free }
    }
}

/// Attempts by key, in leaky buckets.
///
/// Keys are kept as their hash under a random seed, and those of the last two generations only: memory is bounded (6 MiB),
/// and grows with the keys that are in use.
pub(crate) struct Buckets {
    policy: Policy,
    seed: RandomState,
    generations: Mutex<Generations>,
}

#[derive(Default)]
struct Generations {
    young: HashMap<u64, Bucket>,
    old: HashMap<u64, Bucket>,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    /// The moment that the last attempt began.
    last: Instant,
    /// The moment when every attempt will be forgotten.
    empty_at: Instant,
}

impl Bucket {
    fn wait(self, policy: Policy, now: Instant) -> Duration {
        let left = self.empty_at.saturating_duration_since(now);
        let attempts = u32::try_from(left.as_nanos().div_ceil(policy.forget_one.as_nanos().max(1)));
        let Some(beyond) = attempts.unwrap_or(u32::MAX).checked_sub(policy.free) else {
            return Duration::ZERO;
        };
        if !policy.is_gradual {
            return left.saturating_sub(policy.forget_one * policy.free.saturating_sub(1));
        }
        let delay = Duration::from_secs(1 << beyond.min(32)).min(policy.forget_one);
        delay.saturating_sub(now.saturating_duration_since(self.last))
    }
}

/// An attempt under way. Dropped, it was none: it succeeded, or nobody learned whether it would have.
#[derive(Debug)]
#[must_use]
pub(crate) struct Attempt<'a>(Option<Counted<'a>>);

#[derive(Debug)]
struct Counted<'a> {
    buckets: &'a Buckets,
    key: u64,
    began: Instant,
    /// The moment that the attempt before it began, if any did.
    before: Instant,
    /// The time by which it put off that every attempt is forgotten.
    added: Duration,
}

impl Buckets {
    pub(crate) fn new(policy: Policy) -> Self {
        Self { policy, seed: RandomState::new(), generations: Mutex::default() }
    }

    /// Begins an attempt, or says how long to wait for the next. It counts before its outcome is known, so that guesses sent
    /// all at once do not pass all at once.
    pub(crate) fn begin(&self, key: impl Hash, now: Instant) -> Result<Attempt<'_>, Duration> {
        let key = self.seed.hash_one(key);
        let mut generations = self.generations.lock();
        let bucket = generations.bucket(key, now);
        let wait = bucket.wait(self.policy, now);
        if !wait.is_zero() {
            return Err(wait);
        }
        let (before, from) = (bucket.last, bucket.empty_at.max(now));
        let full_at = now + self.policy.forget_one * self.policy.most();
        bucket.last = now;
        bucket.empty_at = (from + self.policy.forget_one).min(full_at);
        let added = bucket.empty_at.saturating_duration_since(from);
        Ok(Attempt(Some(Counted { buckets: self, key, began: now, before, added })))
    }
}

impl Generations {
    /// The bucket of a key, in the young generation from now on.
    fn bucket(&mut self, key: u64, now: Instant) -> &mut Bucket {
        if self.young.len() >= GENERATION && !self.young.contains_key(&key) {
            self.young.retain(|_, bucket| bucket.empty_at > now);
            if self.young.len() >= GENERATION / 2 {
                self.old = mem::take(&mut self.young);
            }
        }
        let old = self.old.remove(&key);
        self.young.entry(key).or_insert(old.unwrap_or(Bucket { last: now, empty_at: now }))
    }
}

impl fmt::Debug for Buckets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Buckets").field("policy", &self.policy).finish_non_exhaustive()
    }
}

impl Attempt<'_> {
    /// The attempt was answered, and not by a success: it counts.
    pub(crate) fn failed(mut self) {
        self.0 = None;
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        let Some(attempt) = &self.0 else { return };
        let mut generations = attempt.buckets.generations.lock();
        let bucket = generations.bucket(attempt.key, attempt.began);
        bucket.empty_at = bucket.empty_at.checked_sub(attempt.added).unwrap_or(bucket.empty_at);
        // Others may have begun since.
        if bucket.last == attempt.began {
            bucket.last = attempt.before;
        }
    }
}

#[cfg(all(test, feature = "pages"))]
mod tests {
    use super::*;

    const MINUTES: Duration = Duration::from_mins(3);

    fn fail(buckets: &Buckets, key: &str, now: Instant) -> Result<(), Duration> {
        buckets.begin(key, now).map(Attempt::failed)
    }

    #[test]
    fn delays_grow_after_five_attempts_up_to_three_minutes() {
        let buckets = Buckets::new(Policy::gradual(5, MINUTES));
        let mut now = Instant::now();
        (0..5).for_each(|_| assert_eq!(fail(&buckets, "alice", now), Ok(())));
        for seconds in [1, 2, 4, 8, 16, 32, 64, 128, 128, 128, 180, 180] {
            let delay = Duration::from_secs(seconds);
            assert_eq!(fail(&buckets, "alice", now), Err(delay));
            assert_eq!(fail(&buckets, &format!("bob-{now:?}"), now), Ok(()), "others are not held up");
            now += delay;
            assert_eq!(fail(&buckets, "alice", now), Ok(()));
        }
        now += MINUTES * 14;
        (0..5).for_each(|_| assert_eq!(fail(&buckets, "alice", now), Ok(()), "all are forgotten"));
        assert_eq!(fail(&buckets, "alice", now), Err(Duration::from_secs(1)));
    }

    #[test]
    fn an_hour_of_guesses_at_one_key_are_few() {
        let buckets = Buckets::new(Policy::gradual(5, MINUTES));
        let start = Instant::now();
        let guesses =
            (0..3600).filter(|at| fail(&buckets, "alice", start + Duration::from_secs(*at)).is_ok());
        assert_eq!(guesses.count(), 32);
    }

    #[test]
    fn a_hundred_an_hour_are_a_hundred_at_once_and_one_each_36_seconds() {
        let buckets = Buckets::new(Policy::at_once(100, Duration::from_secs(36)));
        let now = Instant::now();
        (0..1_000).for_each(|_| drop(buckets.begin("alice", now).unwrap()));
        (0..100).for_each(|_| assert_eq!(fail(&buckets, "alice", now), Ok(())));
        assert_eq!(fail(&buckets, "alice", now), Err(Duration::from_secs(36)));
        let later = now + Duration::from_secs(36);
        assert_eq!(fail(&buckets, "alice", later), Ok(()));
        assert_eq!(fail(&buckets, "alice", later), Err(Duration::from_secs(36)));
        let tomorrow = now + Duration::from_hours(24);
        (0..100).for_each(|_| assert_eq!(fail(&buckets, "alice", tomorrow), Ok(())));
        assert!(fail(&buckets, "alice", tomorrow).is_err(), "time that has passed is not saved up");
    }

    #[test]
    fn what_is_dropped_leaves_no_trace() {
        let buckets = Buckets::new(Policy::gradual(5, MINUTES));
        let mut now = Instant::now();
        (0..12).for_each(|_| drop(buckets.begin("alice", now).unwrap()));
        (0..5).for_each(|_| assert_eq!(fail(&buckets, "alice", now), Ok(())));
        for seconds in [1, 2, 4, 8, 16] {
            now += Duration::from_secs(seconds);
            (0..12).for_each(|_| drop(buckets.begin("alice", now).unwrap()));
            assert_eq!(fail(&buckets, "alice", now), Ok(()));
        }
    }

    #[test]
    fn memory_is_bounded_and_ten_thousand_other_keys_set_nothing_back() {
        let buckets = Buckets::new(Policy::gradual(5, MINUTES));
        let now = Instant::now();
        (0..5).for_each(|_| assert_eq!(fail(&buckets, "alice", now), Ok(())));
        (0..10_000).for_each(|key| assert_eq!(fail(&buckets, &key.to_string(), now), Ok(())));
        assert!(fail(&buckets, "alice", now).is_err());
        (0..200_000).for_each(|key| assert_eq!(fail(&buckets, &format!("x{key}"), now), Ok(())));
        let generations = buckets.generations.lock();
        assert!(generations.young.len() <= GENERATION && generations.old.len() <= GENERATION);
    }
}
