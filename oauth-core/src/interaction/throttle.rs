//! Slows down guessing at one user's password.

use std::fmt;
use std::time::{Duration, Instant};

use aws_lc_rs::hmac;
use parking_lot::Mutex;

/// Attempts that cost nothing but the hash.
const FREE_ATTEMPTS: u32 = 5;
/// Attempts beyond these make no one wait longer.
const MAX_ATTEMPTS: u32 = 10;
/// The longest anyone waits.
const MAX_DELAY: Duration = Duration::from_secs(30);
/// How long it takes to forget one attempt: a quarter of an hour for those that are free.
const FORGET_ONE: Duration = Duration::from_mins(3);

const ROWS: usize = 4;
const WIDTH: usize = 8192;

/// Counts attempts that did not succeed, by a key such as a user name, known or not.
///
/// A count-min sketch: a key counts in one cell of each row, and the cell that holds it up least speaks for it. So memory
/// is bounded (1 MiB) and nothing is ever evicted: no flood of other keys sets back the count of one. Such a flood can
/// slow others down instead: one key in ten by a second, after about 40 000 failures within a quarter of an hour, each
/// of which costs a password hash. Cells are chosen under a random key, so that nobody can aim at a neighbour.
///
/// It lives in the memory of this instance: of `n` instances behind a load balancer, an attacker may have to be
/// slowed down by each. A limit for all of them belongs in front of them.
pub(crate) struct Throttle {
    hash: hmac::Key,
    cells: Mutex<Vec<Cell>>,
}

/// A leaky bucket.
#[derive(Debug, Clone, Copy)]
struct Cell {
    last: Instant,
    /// When every attempt will be forgotten.
    empty_at: Instant,
}

impl Cell {
    fn attempts(self, now: Instant) -> u32 {
        let left = self.empty_at.saturating_duration_since(now);
        u32::try_from(left.as_nanos().div_ceil(FORGET_ONE.as_nanos())).unwrap_or(u32::MAX)
    }

    /// 1 s after the fifth attempt, then 2, 4, 8, 16 and 30 s.
    fn wait(self, now: Instant) -> Duration {
        let delay = match self.attempts(now).checked_sub(FREE_ATTEMPTS) {
            None => Duration::ZERO,
            Some(doublings) => Duration::from_secs(1_u64 << doublings.min(5)).min(MAX_DELAY),
        };
        delay.saturating_sub(now.saturating_duration_since(self.last))
    }

    fn add(&mut self, now: Instant) -> Added {
        let (last, from) = (self.last, self.empty_at.max(now));
        self.last = now;
        self.empty_at = (from + FORGET_ONE).min(now + FORGET_ONE * MAX_ATTEMPTS);
        Added { last, time: self.empty_at.saturating_duration_since(from) }
    }
}

/// What an attempt did to a cell.
#[derive(Debug, Clone, Copy)]
struct Added {
    last: Instant,
    time: Duration,
}

/// An attempt under way. Dropped, it was none: it succeeded, or nobody learned whether it would have.
#[derive(Debug)]
#[must_use]
pub(crate) struct Attempt<'a> {
    throttle: &'a Throttle,
    began: Instant,
    added: [Option<(usize, Added)>; ROWS],
}

impl Throttle {
    /// Begins an attempt, or says how long to wait for the next. It counts before the password is known to be wrong, so
    /// that guesses sent all at once do not pass all at once.
    pub(crate) fn begin(&self, key: &str, now: Instant) -> Result<Attempt<'_>, Duration> {
        let places = self.places(key);
        let mut cells = self.cells.lock();
        let waits = places.iter().filter_map(|place| cells.get(*place)).map(|cell| cell.wait(now));
        match waits.min() {
            Some(wait) if !wait.is_zero() => Err(wait),
            _ => {
                let added = places.map(|place| Some((place, cells.get_mut(place)?.add(now))));
                Ok(Attempt { throttle: self, began: now, added })
            }
        }
    }

    fn places(&self, key: &str) -> [usize; ROWS] {
        let tag = hmac::sign(&self.hash, key.as_bytes());
        let mut parts = tag.as_ref().chunks_exact(4);
        std::array::from_fn(|row| {
            let part = parts.next().unwrap_or_default();
            row * WIDTH + part.iter().fold(0, |sum, byte| (sum << 8) | usize::from(*byte)) % WIDTH
        })
    }
}

impl Default for Throttle {
    fn default() -> Self {
        let now = Instant::now();
        let hash = hmac::Key::new(hmac::HMAC_SHA256, &rand::random::<[u8; 32]>());
        Self { hash, cells: Mutex::new(vec![Cell { last: now, empty_at: now }; ROWS * WIDTH]) }
    }
}

impl fmt::Debug for Throttle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Throttle").finish_non_exhaustive()
    }
}

impl Attempt<'_> {
    /// The attempt was answered, and not by a login: it counts.
    pub(crate) fn failed(mut self) {
        self.added = [None; ROWS];
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        let mut cells = self.throttle.cells.lock();
        for (place, added) in self.added.iter().flatten() {
            let Some(cell) = cells.get_mut(*place) else { continue };
            cell.empty_at = cell.empty_at.checked_sub(added.time).unwrap_or(cell.empty_at);
            // Others may have begun since.
            if cell.last == self.began {
                cell.last = added.last;
            }
        }
    }
}

/// Counts attempts that did not succeed, of everyone together: a hundred at once, and one more each second. So whoever
/// has many accounts cannot guess more often than that either; meanwhile, others have to wait with them.
///
/// As [`Throttle`], it lives in the memory of this instance.
#[derive(Debug)]
pub(crate) struct Limit {
    /// When every attempt will be forgotten.
    empty_at: Mutex<Instant>,
}

/// An attempt under way, as [`Attempt`].
#[derive(Debug)]
#[must_use]
pub(crate) struct LimitedAttempt<'a>(Option<&'a Limit>);

impl Limit {
    const BURST: Duration = Duration::from_secs(100);
    const EACH: Duration = Duration::from_secs(1);

    /// Begins an attempt, or says how long to wait for the next.
    pub(crate) fn begin(&self, now: Instant) -> Result<LimitedAttempt<'_>, Duration> {
        let mut empty_at = self.empty_at.lock();
        let next = (*empty_at).max(now) + Self::EACH;
        let wait = next.saturating_duration_since(now + Self::BURST);
        if !wait.is_zero() {
            return Err(wait);
        }
        *empty_at = next;
        Ok(LimitedAttempt(Some(self)))
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self { empty_at: Mutex::new(Instant::now()) }
    }
}

impl LimitedAttempt<'_> {
    /// The attempt counts.
    pub(crate) fn failed(mut self) {
        self.0 = None;
    }
}

impl Drop for LimitedAttempt<'_> {
    fn drop(&mut self) {
        if let Some(limit) = self.0 {
            let mut empty_at = limit.empty_at.lock();
            *empty_at = empty_at.checked_sub(Limit::EACH).unwrap_or(*empty_at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fail(throttle: &Throttle, key: &str, now: Instant) -> Result<(), Duration> {
        throttle.begin(key, now).map(Attempt::failed)
    }

    #[test]
    fn delays_grow_after_five_attempts_up_to_thirty_seconds() {
        let throttle = Throttle::default();
        let mut now = Instant::now();
        (0..5).for_each(|_| assert_eq!(fail(&throttle, "alice", now), Ok(())));
        for seconds in [1, 2, 4, 8, 16, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30] {
            let delay = Duration::from_secs(seconds);
            assert_eq!(fail(&throttle, "alice", now), Err(delay));
            assert_eq!(fail(&throttle, &format!("bob-{seconds}"), now), Ok(()), "others are not held up");
            now += delay;
            assert_eq!(fail(&throttle, "alice", now), Ok(()));
        }
        now += FORGET_ONE * 6;
        assert_eq!(fail(&throttle, "alice", now), Ok(()), "four are left");
        assert_eq!(fail(&throttle, "alice", now), Err(Duration::from_secs(1)));
        now += FORGET_ONE * 5;
        (0..5).for_each(|_| assert_eq!(fail(&throttle, "alice", now), Ok(()), "all are forgotten"));
    }

    #[test]
    fn what_is_dropped_leaves_no_trace() {
        let throttle = Throttle::default();
        let mut now = Instant::now();
        (0..12).for_each(|_| drop(throttle.begin("alice", now).unwrap()));
        (0..5).for_each(|_| assert_eq!(fail(&throttle, "alice", now), Ok(())));
        for seconds in [1, 2, 4, 8, 16] {
            now += Duration::from_secs(seconds);
            for _ in 0..12 {
                drop(throttle.begin("alice", now).unwrap());
            }
            assert_eq!(fail(&throttle, "alice", now), Ok(()));
        }
        for _ in 0..12 {
            now += MAX_DELAY;
            assert_eq!(fail(&throttle, "alice", now), Ok(()));
            let soon = now + Duration::from_secs(29);
            now += MAX_DELAY;
            (0..12).for_each(|_| drop(throttle.begin("alice", now).unwrap()));
            assert_eq!(fail(&throttle, "alice", soon), Err(Duration::from_secs(1)), "at the cap neither");
        }
    }

    #[test]
    fn a_flood_of_other_keys_changes_nothing() {
        let throttle = Throttle::default();
        let now = Instant::now();
        (0..5).for_each(|_| assert_eq!(fail(&throttle, "alice", now), Ok(())));
        let held_up = (0..10_000).filter(|key| fail(&throttle, &key.to_string(), now).is_err()).count();
        assert_eq!(held_up, 0);
        assert!(fail(&throttle, "alice", now).is_err());
    }

    #[test]
    fn a_hundred_fail_at_once_and_one_more_each_second() {
        let (limit, now) = (Limit::default(), Instant::now());
        (0..1_000).for_each(|_| drop(limit.begin(now).unwrap()));
        (0..100).for_each(|_| limit.begin(now).unwrap().failed());
        assert!(limit.begin(now).is_err());
        let soon = now + Duration::from_secs(1);
        limit.begin(soon).unwrap().failed();
        assert!(limit.begin(soon).unwrap_err() <= Duration::from_secs(1));
        let later = now + Duration::from_mins(5);
        (0..100).for_each(|_| limit.begin(later).unwrap().failed());
        assert!(limit.begin(later).is_err(), "time that has passed is not saved up");
    }
}
