//! Slows down guessing at one user's password.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use crate::secret::TokenHash;

/// Attempts that cost nothing but the hash.
const FREE_ATTEMPTS: u32 = 5;
/// The longest anyone waits: a stranger who fails on purpose must not lock the owner out for long.
const MAX_DELAY: Duration = Duration::from_secs(30);
/// After this long without an attempt, a name starts afresh.
const FORGET_AFTER: Duration = Duration::from_mins(15);
/// The most names remembered. Each costs an attacker one password hash, so flushing a name out takes minutes.
const MAX_NAMES: usize = 10_000;

/// Counts logins that did not succeed, by user name, known or not.
///
/// It lives in the memory of this instance: of `n` instances behind a load balancer, an attacker may have to be
/// slowed down by each. A limit for all of them belongs in front of them.
#[derive(Debug, Default)]
pub(super) struct Throttle(Mutex<HashMap<TokenHash, Attempts>>);

#[derive(Debug, Clone, Copy)]
struct Attempts {
    count: u32,
    last: Instant,
}

impl Attempts {
    /// 1 s after the fifth attempt, then 2, 4, 8, 16 and 30 s.
    fn delay(self) -> Duration {
        match self.count.checked_sub(FREE_ATTEMPTS) {
            None => Duration::ZERO,
            Some(doublings) => Duration::from_secs(1_u64 << doublings.min(5)).min(MAX_DELAY),
        }
    }
}

impl Throttle {
    /// Begins an attempt, or says how long to wait for the next. It counts before the password is known to be wrong, so
    /// that guesses sent all at once do not pass all at once.
    pub(super) fn begin(&self, username: &str, now: Instant) -> Result<(), Duration> {
        let mut names = self.0.lock();
        let name = key(username);
        if !names.contains_key(&name) {
            make_room(&mut names, now);
        }
        let attempts = names.entry(name).or_insert(Attempts { count: 0, last: now });
        let waited = now.saturating_duration_since(attempts.last);
        if waited >= FORGET_AFTER {
            attempts.count = 0;
        }
        match attempts.delay().checked_sub(waited) {
            Some(left) if !left.is_zero() => Err(left),
            _ => {
                *attempts = Attempts { count: attempts.count.saturating_add(1), last: now };
                Ok(())
            }
        }
    }

    /// The attempt succeeded: the name starts afresh.
    pub(super) fn succeeded(&self, username: &str) {
        self.0.lock().remove(&key(username));
    }
}

/// Names are hashed, so that long ones take no more room. Letter case is no way round.
fn key(username: &str) -> TokenHash {
    TokenHash::of(&username.to_lowercase())
}

fn make_room(names: &mut HashMap<TokenHash, Attempts>, now: Instant) {
    if names.len() < MAX_NAMES {
        return;
    }
    names.retain(|_, attempts| now.saturating_duration_since(attempts.last) < FORGET_AFTER);
    if names.len() >= MAX_NAMES
        && let Some(oldest) = names.iter().min_by_key(|(_, attempts)| attempts.last).map(|(name, _)| *name)
    {
        names.remove(&oldest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_after_five_attempts_up_to_thirty_seconds() {
        let throttle = Throttle::default();
        let mut now = Instant::now();
        for _ in 0..5 {
            assert_eq!(throttle.begin("alice", now), Ok(()));
        }
        for seconds in [1, 2, 4, 8, 16, 30, 30] {
            let delay = Duration::from_secs(seconds);
            assert_eq!(throttle.begin("alice", now), Err(delay));
            assert_eq!(throttle.begin("ALICE", now), Err(delay), "letter case is no way round");
            assert_eq!(throttle.begin("bob", now + FORGET_AFTER * 2), Ok(()), "others are not held up");
            now += delay;
            assert_eq!(throttle.begin("alice", now), Ok(()));
        }
        assert_eq!(throttle.begin("alice", now + FORGET_AFTER), Ok(()));
        assert_eq!(throttle.begin("alice", now + FORGET_AFTER), Ok(()), "it has been forgotten");
    }

    #[test]
    fn success_starts_afresh() {
        let throttle = Throttle::default();
        let now = Instant::now();
        (0..5).for_each(|_| assert_eq!(throttle.begin("alice", now), Ok(())));
        throttle.succeeded("alice");
        assert_eq!(throttle.begin("alice", now), Ok(()));
    }

    #[test]
    fn memory_is_bounded() {
        let throttle = Throttle::default();
        let now = Instant::now();
        for name in 0..MAX_NAMES + 50 {
            assert_eq!(throttle.begin(&name.to_string(), now), Ok(()));
        }
        assert_eq!(throttle.0.lock().len(), MAX_NAMES);
    }
}
