//! A map whose entries go away by themselves.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BinaryHeap, HashMap};
use std::hash::{BuildHasher, BuildHasherDefault, Hash, RandomState};

use super::shard::Spread;
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// The number of expired entries that one insertion removes: more than it adds, so that a backlog shrinks.
const SWEEP: usize = 4;
/// Below this many entries neither spare room nor outdated queue entries are worth reclaiming.
const SMALL: usize = 256;

/// A map of entries with an expiry each. Every insertion removes a few that have expired, so memory follows the number
/// of live entries without a task in the background and without ever scanning the whole.
#[derive(Debug)]
pub(super) struct Expiring<K, V, S = RandomState> {
    entries: HashMap<K, (UnixTime, V), S>,
    /// Earliest first. An entry that was removed or replaced leaves its place here behind.
    queue: BinaryHeap<Reverse<(UnixTime, K)>>,
}

/// The same by the hashes of what nobody can choose, since it is random.
pub(super) type ByHash<V> = Expiring<TokenHash, V, BuildHasherDefault<Spread>>;

impl<K: Ord, V, S: Default> Default for Expiring<K, V, S> {
    fn default() -> Self {
        Self { entries: HashMap::default(), queue: BinaryHeap::new() }
    }
}

impl<K: Copy + Ord + Hash, V, S: BuildHasher> Expiring<K, V, S> {
    /// Adds an entry, unless there is one with this key.
    pub(super) fn try_insert(&mut self, key: K, value: V, expires_at: UnixTime) -> Result<(), AlreadyKept> {
        self.sweep(UnixTime::now());
        match self.entries.entry(key) {
            Entry::Occupied(_) => Err(AlreadyKept),
            Entry::Vacant(vacant) => {
                vacant.insert((expires_at, value));
                self.queue.push(Reverse((expires_at, key)));
                Ok(())
            }
        }
    }

    /// Adds an entry, in place of one with this key.
    pub(super) fn insert(&mut self, key: K, value: V, expires_at: UnixTime) {
        self.sweep(UnixTime::now());
        self.entries.insert(key, (expires_at, value));
        self.queue.push(Reverse((expires_at, key)));
        self.compact();
    }

    /// The value, unless it has expired.
    pub(super) fn get<Q>(&self, key: &Q, now: UnixTime) -> Option<&V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.entries.get(key).filter(|(expires_at, _)| *expires_at > now).map(|(_, value)| value)
    }

    /// The value, to change it, unless it has expired.
    pub(super) fn get_mut(&mut self, key: &K, now: UnixTime) -> Option<&mut V> {
        self.entries.get_mut(key).filter(|(expires_at, _)| *expires_at > now).map(|(_, value)| value)
    }

    /// All that have not expired.
    pub(super) fn live(&self, now: UnixTime) -> impl Iterator<Item = (&K, &V)> {
        let is_live = move |(_, (end, _)): &(&K, &(UnixTime, V))| *end > now;
        self.entries.iter().filter(is_live).map(|(key, (_, value))| (key, value))
    }

    /// The value, whether or not it has expired.
    pub(super) fn kept(&self, key: &K) -> Option<&V> {
        self.entries.get(key).map(|(_, value)| value)
    }

    /// Removes whatever is meant, which looks at everything, and returns what had not expired.
    pub(super) fn take_all(&mut self, now: UnixTime, is_meant: impl Fn(&V) -> bool) -> Vec<V> {
        let removed: Vec<_> = self.entries.extract_if(|_, (_, value)| is_meant(value)).collect();
        self.compact();
        removed.into_iter().filter(|(_, (end, _))| *end > now).map(|(_, (_, value))| value).collect()
    }

    /// The moment when the entry expires, whether or not it has.
    pub(super) fn expiry(&self, key: &K) -> Option<UnixTime> {
        self.entries.get(key).map(|(expires_at, _)| *expires_at)
    }

    /// Removes an entry.
    pub(super) fn remove(&mut self, key: &K) {
        if self.entries.remove(key).is_some() {
            self.compact();
        }
    }

    /// The number of entries, with those that have expired and not gone yet.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Removes a few entries that have expired.
    pub(super) fn sweep(&mut self, now: UnixTime) {
        for _ in 0..SWEEP {
            if self.sweep_first(now).is_none() {
                break;
            }
        }
        self.shrink();
    }

    /// Removes entries that have expired at `before`, this many at most, and returns their number.
    pub(super) fn sweep_all(&mut self, before: UnixTime, limit: usize) -> usize {
        let mut removed = 0;
        while removed < limit
            && let Some(is_removed) = self.sweep_first(before)
        {
            removed += usize::from(is_removed);
        }
        self.shrink();
        removed
    }

    /// Takes the first place of the queue that has expired, and tells whether an entry went with it.
    fn sweep_first(&mut self, now: UnixTime) -> Option<bool> {
        let Reverse((expires_at, key)) = *self.queue.peek().filter(|Reverse((end, _))| *end <= now)?;
        self.queue.pop();
        let is_kept = self.expiry(&key) == Some(expires_at);
        Some(is_kept && self.entries.remove(&key).is_some())
    }

    fn shrink(&mut self) {
        // Each costs as much as it frees, and at least half must have been freed since the last time.
        if self.entries.capacity() > SMALL && self.entries.len() < self.entries.capacity() / 8 {
            self.entries.shrink_to(self.entries.len() * 2);
            self.queue.shrink_to(self.queue.len() * 2);
        }
    }

    /// Rebuilds the queue once most of it belongs to entries that are no more.
    fn compact(&mut self) {
        if self.queue.len() > SMALL && self.queue.len() > self.entries.len() * 2 {
            self.queue =
                self.entries.iter().map(|(key, (expires_at, _))| Reverse((*expires_at, *key))).collect();
        }
    }
}

/// There is an entry with this key already.
#[derive(Debug)]
pub(super) struct AlreadyKept;

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_burst_that_has_passed_is_given_back_a_little_at_a_time() {
        let now = UnixTime::now();
        let (soon, later) = (now + Duration::from_mins(1), now + Duration::from_hours(1));
        let mut map = Expiring::<_, _>::default();
        for number in 0..1_000 {
            map.insert(number, (), soon);
        }
        assert_eq!(map.len(), 1_000, "nothing was removed early");
        map.insert(1_000, (), later);
        for sweeps in 1..=250 {
            map.sweep(soon);
            assert_eq!(map.len(), 1_001 - sweeps * SWEEP);
        }
        map.sweep(soon);
        assert_eq!(map.len(), 1);
        assert!(map.entries.capacity() < SMALL, "and so is its room: {}", map.entries.capacity());
    }
}
