//! A map whose entries go away by themselves.

mod part;

use std::array;
use std::borrow::Borrow;
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher as _, RandomState};

use self::part::Part;
use super::folded::Folded;
use super::shard::Spread;
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// The number of expired entries that one insertion removes: more than it adds, so that a backlog shrinks.
const SWEEP: usize = 4;
/// As many as make the longest work of an insertion short: a map that grows moves all that is in it, and of ten million entries a part has
/// forty thousand.
const PARTS: usize = 256;

/// A map of entries with an expiry each. Every insertion removes a few that have expired, so memory follows the number
/// of live entries without a task in the background and without ever scanning the whole.
#[derive(Debug)]
pub(super) struct Expiring<K, V, S = RandomState> {
    parts: Box<[Part<K, V, S>; PARTS]>,
    /// Nobody who chooses keys can know which are of one part.
    seed: u64,
    /// When the next entry of each part expires.
    ends: Box<[Option<UnixTime>; PARTS]>,
    /// No entry expires before: most insertions look no further.
    earliest: Option<UnixTime>,
    len: usize,
}

/// The same by the hashes of what nobody can choose, since it is random.
pub(super) type ByHash<V> = Expiring<TokenHash, V, BuildHasherDefault<Spread>>;

impl<K: Ord, V, S: Default> Default for Expiring<K, V, S> {
    fn default() -> Self {
        let parts = Box::new(array::from_fn(|_| Part::default()));
        Self { parts, seed: rand::random(), ends: Box::new([None; PARTS]), earliest: None, len: 0 }
    }
}

impl<K: Copy + Ord + Hash, V, S: BuildHasher> Expiring<K, V, S> {
    /// Adds an entry, unless there is one with this key.
    pub(super) fn try_insert(&mut self, key: K, value: V, expires_at: UnixTime) -> Result<(), AlreadyKept> {
        self.sweep(UnixTime::now());
        self.change(self.place(&key), |part| part.try_insert(key, value, expires_at))
    }

    /// Adds an entry, in place of one with this key.
    pub(super) fn insert(&mut self, key: K, value: V, expires_at: UnixTime) {
        self.sweep(UnixTime::now());
        self.change(self.place(&key), |part| part.insert(key, value, expires_at));
    }

    /// The value, unless it has expired.
    pub(super) fn get<Q>(&self, key: &Q, now: UnixTime) -> Option<&V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.part(key).get(key, now)
    }

    /// The value, to change it, unless it has expired.
    pub(super) fn get_mut(&mut self, key: &K, now: UnixTime) -> Option<&mut V> {
        let place = self.place(key);
        part_at(&mut self.parts, place).get_mut(key, now)
    }

    /// All that have not expired.
    pub(super) fn live(&self, now: UnixTime) -> impl Iterator<Item = (&K, &V)> {
        self.parts.iter().flat_map(move |part| part.live(now))
    }

    /// The value, whether or not it has expired.
    pub(super) fn kept(&self, key: &K) -> Option<&V> {
        self.part(key).kept(key)
    }

    /// Removes whatever is meant, which looks at everything, and returns what had not expired.
    pub(super) fn take_all(&mut self, now: UnixTime, is_meant: impl Fn(&V) -> bool) -> Vec<V> {
        (0..PARTS).flat_map(|place| self.change(place, |part| part.take_all(now, &is_meant))).collect()
    }

    /// The moment when the entry expires, whether or not it has.
    pub(super) fn expiry(&self, key: &K) -> Option<UnixTime> {
        self.part(key).expiry(key)
    }

    /// Removes an entry.
    pub(super) fn remove(&mut self, key: &K) {
        self.change(self.place(key), |part| part.remove(key));
    }

    /// The number of entries, with those that have expired and not gone yet.
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// Removes a few entries that have expired.
    pub(super) fn sweep(&mut self, now: UnixTime) {
        for _ in 0..SWEEP {
            let Some(place) = self.next_over(now) else { break };
            self.change(place, |part| part.sweep_first(now));
        }
    }

    /// Removes entries that have expired at `before`, this many at most, and returns their number.
    pub(super) fn sweep_all(&mut self, before: UnixTime, limit: usize) -> usize {
        let mut removed = 0;
        while removed < limit
            && let Some(place) = self.next_over(before)
        {
            removed += usize::from(self.change(place, |part| part.sweep_first(before)));
        }
        removed
    }

    /// The place of a part in which something is over.
    fn next_over(&mut self, before: UnixTime) -> Option<usize> {
        self.earliest.filter(|earliest| *earliest <= before)?;
        let place = self.ends.iter().position(|end| end.is_some_and(|end| end <= before));
        if place.is_none() {
            self.earliest = self.ends.iter().flatten().min().copied();
        }
        place
    }

    fn place<Q: Hash + ?Sized>(&self, key: &Q) -> usize {
        let mut hasher = Folded::seeded(self.seed);
        key.hash(&mut hasher);
        usize::try_from(hasher.finish() % PARTS as u64).unwrap_or_default()
    }

    fn part<Q: Hash + ?Sized>(&self, key: &Q) -> &Part<K, V, S> {
        let [first, others @ ..] = &*self.parts;
        others.get(self.place(key)).unwrap_or(first)
    }

    /// Does something to a part, and writes down what that means for the whole.
    fn change<R>(&mut self, place: usize, change: impl FnOnce(&mut Part<K, V, S>) -> R) -> R {
        let part = part_at(&mut self.parts, place);
        let before = part.len();
        let done = change(part);
        self.len = self.len - before + part.len();
        if let Some(end) = self.ends.get_mut(place) {
            *end = part.next_end();
            self.earliest = self.earliest.into_iter().chain(*end).min();
        }
        done
    }
}

/// There is an entry with this key already.
#[derive(Debug)]
pub(super) struct AlreadyKept;

/// The last place is that of the first part: there is always one.
fn part_at<K, V, S>(parts: &mut [Part<K, V, S>; PARTS], place: usize) -> &mut Part<K, V, S> {
    let [first, others @ ..] = parts;
    others.get_mut(place).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn room(map: &Expiring<u32, ()>) -> usize {
        map.parts.iter().map(Part::room).sum()
    }

    #[test]
    fn a_burst_that_has_passed_is_given_back_a_little_at_a_time() {
        let now = UnixTime::now();
        let (soon, later) = (now + Duration::from_mins(1), now + Duration::from_hours(1));
        let mut map = Expiring::<_, _>::default();
        for number in 0..100_000 {
            map.insert(number, (), soon);
        }
        assert_eq!(map.len(), 100_000, "nothing was removed early");
        assert!(room(&map) >= 100_000);
        map.insert(100_000, (), later);
        for sweeps in 1..=25_000 {
            map.sweep(soon);
            assert_eq!(map.len(), 100_001 - sweeps * SWEEP);
        }
        map.sweep(soon);
        assert_eq!((map.len(), map.live(soon).count()), (1, 1));
        assert!(room(&map) < PARTS * 64, "and so is its room: {}", room(&map));
    }

    #[test]
    fn a_part_has_what_is_its_own() {
        let (now, mut map) = (UnixTime::now(), Expiring::<_, _>::default());
        let end = now + Duration::from_mins(1);
        for number in 0..10_000_u32 {
            assert!(map.try_insert(number, number, end).is_ok());
        }
        for number in 0..10_000 {
            assert!(map.try_insert(number, number, end).is_err(), "{number}");
            assert_eq!((map.get(&number, now), map.get(&number, end)), (Some(&number), None));
            assert_eq!((map.kept(&number), map.expiry(&number)), (Some(&number), Some(end)));
        }
        let largest = map.parts.iter().map(Part::len).max();
        assert!(largest.is_some_and(|largest| largest < 2 * 10_000 / PARTS), "{largest:?}");
        let odd = map.take_all(now, |number| number % 2 == 1);
        assert_eq!((odd.len(), map.len()), (5_000, 5_000));
        map.remove(&0);
        assert_eq!(map.get_mut(&2, now), Some(&mut 2));
        assert_eq!((map.get(&0, now), map.len()), (None, 4_999));
        assert_eq!(
            (map.sweep_all(now, 5_000), map.sweep_all(end, 1_000), map.sweep_all(end, 5_000)),
            (0, 1_000, 3_999)
        );
        assert_eq!(map.len(), 0);
    }

    #[test]
    fn what_was_removed_and_put_there_again_does_not_pile_up() {
        let (end, mut map) = (UnixTime::now() + Duration::from_hours(1), Expiring::<_, _>::default());
        for number in 0..200_000_u32 {
            map.insert(number % 1_000, (), end);
            map.remove(&(number % 2_000));
        }
        let queued: usize = map.parts.iter().map(Part::queued).sum();
        assert!(queued < 10_000, "{queued}");
    }
}
