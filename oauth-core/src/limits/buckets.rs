//! Attempts that are counted by key, in bounded memory.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher as _, Hash, RandomState};
use std::mem;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::policy::{Counted, Policy, Tally};

/// Keys of a generation. A flood of this many others sets back the count of one; where an attempt costs a password hash,
/// that is an hour of a core.
const GENERATION: usize = 65_536;

/// Attempts by key, in leaky buckets.
///
/// Keys are kept as their hash under a random seed, and those of the last two generations only: memory is bounded (15 MiB),
/// and grows with the keys that are in use.
pub(crate) struct Buckets {
    policy: Policy,
    seed: RandomState,
    generations: Mutex<Generations>,
}

#[derive(Default)]
struct Generations {
    /// The beginning: the first moment that is known.
    origin: Option<Instant>,
    young: HashMap<u64, Bucket>,
    old: HashMap<u64, Bucket>,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    tally: Tally,
    /// The moment until which someone else says that the key has to wait.
    held_until: Duration,
}

/// An attempt under way. Dropped, it was none: it succeeded, or nobody learned whether it would have.
#[derive(Debug)]
#[must_use]
pub(crate) struct Attempt<'a>(Option<Begun<'a>>);

#[derive(Debug)]
struct Begun<'a> {
    buckets: &'a Buckets,
    key: u64,
    counted: Counted,
}

impl Buckets {
    pub(crate) fn new(policy: Policy) -> Self {
        Self { policy, seed: RandomState::new(), generations: Mutex::default() }
    }

    pub(crate) const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Begins an attempt, or says how long to wait for the next. It counts before its outcome is known, so that guesses sent
    /// all at once do not pass all at once.
    pub(crate) fn begin(&self, key: impl Hash, now: Instant) -> Result<Attempt<'_>, Duration> {
        let key = self.seed.hash_one(key);
        let mut generations = self.generations.lock();
        let now = generations.since_origin(now);
        let bucket = generations.bucket(key, now);
        let wait = bucket.held_until.saturating_sub(now);
        if !wait.is_zero() {
            return Err(wait);
        }
        let (tally, counted) = self.policy.begin(Some(bucket.tally), now)?;
        bucket.tally = tally;
        Ok(Attempt(Some(Begun { buckets: self, key, counted })))
    }

    /// Has a key wait for as long as a store says, which has counted the attempts of other instances as well: until then it need not
    /// be asked again.
    pub(crate) fn hold(&self, key: impl Hash, now: Instant, wait: Duration) {
        let key = self.seed.hash_one(key);
        let mut generations = self.generations.lock();
        let now = generations.since_origin(now);
        let bucket = generations.bucket(key, now);
        bucket.held_until = bucket.held_until.max(now.saturating_add(wait.min(self.policy.longest())));
    }
}

impl Generations {
    fn since_origin(&mut self, now: Instant) -> Duration {
        now.saturating_duration_since(*self.origin.get_or_insert(now))
    }

    /// The bucket of a key, in the young generation from now on.
    fn bucket(&mut self, key: u64, now: Duration) -> &mut Bucket {
        if self.young.len() >= GENERATION && !self.young.contains_key(&key) {
            self.young.retain(|_, bucket| bucket.tally.empty_at.max(bucket.held_until) > now);
            if self.young.len() >= GENERATION / 2 {
                self.old = mem::take(&mut self.young);
            }
        }
        let new = Bucket { tally: Tally { last: now, empty_at: now }, held_until: now };
        let old = self.old.remove(&key);
        self.young.entry(key).or_insert(old.unwrap_or(new))
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
        let Some(Begun { buckets, key, counted }) = &self.0 else { return };
        let mut generations = buckets.generations.lock();
        let bucket = generations.bucket(*key, counted.began);
        bucket.tally = bucket.tally.without(*counted);
    }
}

#[cfg(test)]
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
