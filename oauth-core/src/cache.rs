//! A bounded memory of what is known of tokens.

use std::fmt;
use std::time::Instant;

use parking_lot::Mutex;

use crate::secret::TokenHash;

/// The most places of a set.
const PLACES: usize = 8;

/// Values by the hash of a token, each until a time of its own.
///
/// A hash belongs to one small set of places, which has a lock of its own: whatever fills the memory, an operation looks at no more than
/// that, and two tokens seldom wait for each other. Hashes are spread evenly, and who would crowd those of another has to know them.
pub(crate) struct Cache<T, At = Instant> {
    sets: Box<[Mutex<Set<T, At>>]>,
    places: usize,
}

type Set<T, At> = Vec<Entry<T, At>>;

struct Entry<T, At> {
    token: TokenHash,
    until: At,
    value: T,
}

impl<T, At: Copy + Ord> Cache<T, At> {
    /// A memory of as many tokens at most; of zero, none is remembered. Room is made as it is needed.
    pub(crate) fn new(capacity: usize) -> Self {
        let sets = capacity.div_ceil(PLACES);
        let places = capacity.checked_div(sets).unwrap_or_default();
        Self { sets: (0..sets).map(|_| Mutex::default()).collect(), places }
    }

    /// Tells whether it remembers nothing.
    pub(crate) const fn is_off(&self) -> bool {
        self.sets.is_empty()
    }

    /// The value of a token, as `read` takes it. One that has expired, or of which it makes nothing, is forgotten.
    pub(crate) fn get<R>(&self, token: &TokenHash, now: At, read: impl FnOnce(&T) -> Option<R>) -> Option<R> {
        let mut set = self.set(token)?.lock();
        let place = set.iter().position(|entry| entry.token == *token)?;
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
    pub(crate) fn put(&self, token: TokenHash, value: T, until: At, now: At) {
        let Some(set) = self.set(&token).filter(|_| until > now) else { return };
        let mut set = set.lock();
        set.retain(|entry| entry.until > now && entry.token != token);
        set.truncate(self.places.saturating_sub(1));
        set.push(Entry { token, until, value });
    }

    fn set(&self, token: &TokenHash) -> Option<&Mutex<Set<T, At>>> {
        let number = token.as_bytes().first_chunk().map(|bytes| u64::from_le_bytes(*bytes))?;
        let set = number.checked_rem(u64::try_from(self.sets.len()).ok()?)?;
        self.sets.get(usize::try_from(set).ok()?)
    }
}

/// Shows nothing of the tokens.
impl<T, At> fmt::Debug for Cache<T, At> {
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
