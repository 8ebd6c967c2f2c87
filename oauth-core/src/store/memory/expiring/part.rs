//! One part of a map whose entries go away by themselves.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::binary_heap::PeekMut;
use std::collections::hash_map::Entry;
use std::collections::{BinaryHeap, HashMap};
use std::hash::{BuildHasher, Hash};

use super::AlreadyKept;
use crate::time::UnixTime;

/// Below this many entries neither spare room nor outdated queue entries are worth reclaiming.
const SMALL: usize = 16;

/// Entries with an expiry each. They never have to be scanned for those that have expired.
#[derive(Debug)]
pub(super) struct Part<K, V, S> {
    entries: HashMap<K, (UnixTime, V), S>,
    /// Earliest first. An entry that was removed or replaced leaves its place here behind.
    queue: BinaryHeap<Reverse<(UnixTime, K)>>,
}

impl<K: Ord, V, S: Default> Default for Part<K, V, S> {
    fn default() -> Self {
        Self { entries: HashMap::default(), queue: BinaryHeap::new() }
    }
}

impl<K: Copy + Ord + Hash, V, S: BuildHasher> Part<K, V, S> {
    /// Adds an entry, unless there is one with this key.
    pub(super) fn try_insert(&mut self, key: K, value: V, expires_at: UnixTime) -> Result<(), AlreadyKept> {
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

    /// The moment when the next entry expires, or one did that is no more; `None`: never.
    pub(super) fn next_end(&self) -> Option<UnixTime> {
        self.queue.peek().map(|Reverse((end, _))| *end)
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
    pub(super) fn take_all(&mut self, now: UnixTime, is_meant: &impl Fn(&V) -> bool) -> Vec<V> {
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

    /// Takes the first place of the queue if it has expired, and tells whether an entry went with it.
    pub(super) fn sweep_first(&mut self, now: UnixTime) -> bool {
        let Some(first) = self.queue.peek_mut().filter(|first| first.0.0 <= now) else { return false };
        let Reverse((expires_at, key)) = PeekMut::pop(first);
        let is_removed = self.expiry(&key) == Some(expires_at) && self.entries.remove(&key).is_some();
        self.shrink();
        is_removed
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
            self.shrink();
        }
    }

    #[cfg(test)]
    pub(super) fn room(&self) -> usize {
        self.entries.capacity()
    }

    #[cfg(test)]
    pub(super) fn queued(&self) -> usize {
        self.queue.len()
    }
}
