//! A bounded memory of what is known of tokens and keys.

use std::fmt;
use std::time::Instant;

use parking_lot::Mutex;

use crate::secret::TokenHash;

/// The most places of a set.
const PLACES: usize = 8;

/// Values by a hash, which is that of a token mostly, each until a time of its own.
///
/// A hash belongs to one small set of places, which has a lock of its own: whatever fills the memory, an operation looks at no more than
/// that, and two tokens seldom wait for each other. Hashes are spread evenly, and who would crowd those of another has to know them.
pub(crate) struct Cache<T, At = Instant, K = TokenHash> {
    sets: Box<[Mutex<Set<T, At, K>>]>,
    places: usize,
}

type Set<T, At, K> = Vec<Entry<T, At, K>>;

struct Entry<T, At, K> {
    key: K,
    until: At,
    value: T,
}

/// A hash that is spread evenly, of which nobody can find many that are alike in part.
pub(crate) trait Hashed: Copy + Eq {
    /// 64 bits of it.
    fn bits(self) -> u64;
}

impl Hashed for TokenHash {
    fn bits(self) -> u64 {
        self.as_bytes().first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
    }
}

/// One with a seed that nobody knows.
impl Hashed for u64 {
    fn bits(self) -> u64 {
        self
    }
}

impl<T, At: Copy + Ord, K: Hashed> Cache<T, At, K> {
    /// A memory of as many values at most; of zero, none is remembered. Room is made as it is needed.
    pub(crate) fn new(capacity: usize) -> Self {
        let sets = capacity.div_ceil(PLACES);
        let places = capacity.checked_div(sets).unwrap_or_default();
        Self { sets: (0..sets).map(|_| Mutex::default()).collect(), places }
    }

    /// Tells whether it remembers nothing.
    pub(crate) const fn is_off(&self) -> bool {
        self.sets.is_empty()
    }

    /// The value of a hash, as `read` takes it. One that has expired, or of which it makes nothing, is forgotten.
    pub(crate) fn get<R>(&self, key: &K, now: At, read: impl FnOnce(&T) -> Option<R>) -> Option<R> {
        let mut set = self.set(*key)?.lock();
        let place = set.iter().position(|entry| entry.key == *key)?;
        let entry = set.get(place).filter(|entry| entry.until > now);
        let found = entry.and_then(|entry| read(&entry.value));
        match place.checked_sub(1) {
            _ if found.is_none() => drop(set.remove(place)),
            Some(ahead) => set.swap(ahead, place),
            None => {}
        }
        found
    }

    /// Keeps a value. Where there is no room, what has expired gives way, or else what was asked for least: a flood of tokens that come
    /// once takes the last place of each set, and no other.
    pub(crate) fn put(&self, key: K, value: T, until: At, now: At) {
        let Some(set) = self.set(key).filter(|_| until > now) else { return };
        let mut set = set.lock();
        set.retain(|entry| entry.until > now && entry.key != key);
        set.truncate(self.places.saturating_sub(1));
        set.push(Entry { key, until, value });
    }

    fn set(&self, key: K) -> Option<&Mutex<Set<T, At, K>>> {
        let set = key.bits().checked_rem(u64::try_from(self.sets.len()).ok()?)?;
        self.sets.get(usize::try_from(set).ok()?)
    }
}

/// Shows nothing of what it keeps.
impl<T, At, K> fmt::Debug for Cache<T, At, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cache").field("capacity", &(self.sets.len() * self.places)).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);

    fn token(number: usize) -> TokenHash {
        TokenHash::of(&number.to_string())
    }

    impl Cache<usize> {
        fn known(&self, number: usize, now: Instant) -> Option<usize> {
            self.get(&token(number), now, |value| Some(*value))
        }

        fn len(&self) -> usize {
            self.sets.iter().map(|set| set.lock().len()).sum()
        }
    }

    #[test]
    fn the_cache_is_bounded() {
        let now = Instant::now();
        for capacity in [1, 7, 8, 9, 10, 100, 1_000] {
            let cache = Cache::new(capacity);
            for number in 0..20 * capacity {
                cache.put(token(number), number, now + MINUTE, now);
                assert_eq!(cache.known(number, now), Some(number), "what is new is known");
            }
            let (len, rooms) = (cache.len(), cache.sets.iter().map(|set| set.lock().capacity()));
            assert!(len <= capacity && 10 * len >= 7 * capacity, "{len} of {capacity}");
            assert!(rooms.max().unwrap() <= PLACES, "and so is the room that it takes");
        }
    }

    #[test]
    fn it_forgets_in_time() {
        let (cache, now) = (Cache::new(10), Instant::now());
        cache.put(token(1), 1, now + MINUTE, now);
        assert_eq!(cache.known(1, now + Duration::from_nanos(59_999_999_999)), Some(1));
        assert_eq!(cache.known(1, now + MINUTE), None);
        assert_eq!(cache.len(), 0);
        cache.put(token(1), 1, now, now);
        assert_eq!(cache.len(), 0);
    }

    #[test]
    fn what_its_reader_refuses_is_forgotten() {
        let (cache, now) = (Cache::new(10), Instant::now());
        cache.put(token(1), 1, now + MINUTE, now);
        assert_eq!(cache.get(&token(1), now, |_| None::<()>), None);
        assert_eq!(cache.known(1, now), None);
    }

    #[test]
    fn the_newest_of_a_token_counts_and_takes_one_place() {
        let (cache, now) = (Cache::new(8), Instant::now());
        (0..5).for_each(|value| cache.put(token(1), value, now + MINUTE, now));
        assert_eq!((cache.known(1, now), cache.len()), (Some(4), 1));
    }

    #[test]
    fn a_flood_of_tokens_that_come_once_displaces_none_that_comes_again() {
        let (cache, now) = (Cache::new(800), Instant::now());
        for number in 0..100 {
            cache.put(token(number), number, now + MINUTE, now);
        }
        let known = |cache: &Cache<usize>| (0..100).filter(|it| cache.known(*it, now).is_some()).count();
        let before = known(&cache);
        for number in 100..50_000 {
            cache.put(token(number), number, now + MINUTE, now);
        }
        assert!(known(&cache) >= before - 2, "{} of {before}", known(&cache));
    }

    #[test]
    fn what_comes_again_moves_ahead() {
        let (cache, now) = (Cache::new(8), Instant::now());
        (0..9).for_each(|number| cache.put(token(number), number, now + MINUTE, now));
        assert_eq!(cache.known(8, now), Some(8));
        (9..1_000).for_each(|number| cache.put(token(number), number, now + MINUTE, now));
        assert_eq!(cache.known(8, now), Some(8));
    }

    #[test]
    fn what_has_expired_gives_way_first() {
        let (cache, now) = (Cache::new(8), Instant::now());
        cache.put(token(0), 0, now + MINUTE / 2, now);
        (1..8).for_each(|number| cache.put(token(number), number, now + MINUTE, now));
        cache.put(token(8), 8, now + MINUTE, now + MINUTE / 2);
        assert_eq!((1..9).filter(|number| cache.known(*number, now).is_some()).count(), 8);
    }

    #[test]
    fn of_no_capacity_it_is_off() {
        let (cache, now) = (Cache::new(0), Instant::now());
        cache.put(token(1), 1, now + MINUTE, now);
        assert!(cache.is_off() && cache.known(1, now).is_none());
    }
}
