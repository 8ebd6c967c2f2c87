//! A bounded memory of introspection responses.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use crate::secret::TokenHash;

/// Values by token hash, each until a time of its own.
#[derive(Debug)]
pub(super) struct Cache<T> {
    entries: Mutex<HashMap<TokenHash, (T, Instant)>>,
    capacity: usize,
}

impl<T: Clone> Cache<T> {
    pub(super) fn new(capacity: usize) -> Self {
        Self { entries: Mutex::default(), capacity }
    }

    pub(super) fn get(&self, token: &TokenHash, now: Instant) -> Option<T> {
        let mut entries = self.entries.lock();
        let (value, until) = entries.get(token)?;
        if *until > now {
            return Some(value.clone());
        }
        entries.remove(token);
        None
    }

    /// Keeps a value. What has expired goes when there is no room, and everything else with it when that makes none: the
    /// memory stays bounded, and every operation cheap on average.
    pub(super) fn put(&self, token: TokenHash, value: T, lifetime: Duration, now: Instant) {
        let Some(until) = now.checked_add(lifetime).filter(|until| *until > now) else { return };
        let mut entries = self.entries.lock();
        if entries.len() >= self.capacity {
            entries.retain(|_, (_, until)| *until > now);
            if entries.len() > self.capacity / 2 {
                entries.clear();
            }
        }
        entries.insert(token, (value, until));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stays_bounded_and_forgets_in_time() {
        let (cache, now) = (Cache::new(10), Instant::now());
        for number in 0..1000 {
            cache.put(TokenHash::of(&number.to_string()), number, Duration::from_mins(1), now);
            assert!(cache.entries.lock().len() <= 10);
            assert_eq!(cache.get(&TokenHash::of(&number.to_string()), now), Some(number));
        }
        let brief = TokenHash::of("brief");
        cache.put(brief, 1, Duration::from_millis(2), now);
        assert_eq!(cache.get(&brief, now + Duration::from_millis(1)), Some(1));
        assert_eq!(cache.get(&brief, now + Duration::from_millis(2)), None);
        cache.put(brief, 1, Duration::ZERO, now);
        assert_eq!(cache.get(&brief, now), None);
    }
}
