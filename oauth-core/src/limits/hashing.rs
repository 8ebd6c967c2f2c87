//! The queue for password hashes: strangers fill their own part of it, and nobody else's.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher as _, Hash, RandomState};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::clock::within;
use crate::error::{Error, Result};

/// The longest that a login waits for its hash.
const WAIT: Duration = Duration::from_secs(10);

/// The part of the queue that a login waits in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lane {
    /// The lane of browsers where nobody is known to have logged in before, and of the password grant.
    Strangers,
    /// The lane of browsers where the person logged in before.
    KnownBrowsers,
}

/// Hashes computed at once, and logins that wait for one.
#[derive(Debug)]
pub(crate) struct HashQueue {
    strangers: Arc<Queue>,
    known_browsers: Arc<Queue>,
}

struct Queue {
    places: usize,
    /// The places that one key may take.
    share: usize,
    waiting: Mutex<Waiting>,
    seed: RandomState,
    hashing: Arc<Semaphore>,
}

#[derive(Default)]
struct Waiting {
    all: usize,
    by_key: HashMap<u64, usize>,
}

/// A turn in the queue, in the extensions of the request of a login.
#[derive(Debug, Clone)]
pub(crate) struct Turn {
    queue: Arc<Queue>,
    /// The key of those who share a part of the lane; `None`: nobody knows.
    key: Option<u64>,
}

/// A place among those that wait, given up when it is dropped.
pub(crate) struct Place<'a>(&'a Turn);

impl HashQueue {
    /// A queue for as many hashes of strangers at once as this machine has cores to spare; known browsers have half as many beside.
    pub(crate) fn new() -> Self {
        let at_once = at_once(std::thread::available_parallelism().map_or(1, usize::from));
        Self {
            strangers: Arc::new(Queue::new(256, 32, at_once)),
            known_browsers: Arc::new(Queue::new(64, 4, at_once.div_ceil(2))),
        }
    }

    /// A turn for whoever this key stands for: an address, or a person.
    pub(crate) fn turn(&self, lane: Lane, key: Option<impl Hash>) -> Turn {
        let queue = match lane {
            Lane::Strangers => &self.strangers,
            Lane::KnownBrowsers => &self.known_browsers,
        };
        Turn { queue: Arc::clone(queue), key: key.map(|key| queue.seed.hash_one(key)) }
    }
}

/// Each hash fills 19 MiB and one core for as long as the kernel lets others wait. Of the cores one is left to all that is no login, which
/// strangers could keep waiting otherwise.
const fn at_once(cores: usize) -> usize {
    match cores {
        0..=2 => 1,
        3..=8 => cores - 1,
        _ => 8,
    }
}

impl Queue {
    fn new(places: usize, share: usize, at_once: usize) -> Self {
        let hashing = Arc::new(Semaphore::new(at_once));
        Self { places, share, waiting: Mutex::default(), seed: RandomState::new(), hashing }
    }
}

impl Turn {
    /// Waits for the turn. The place is to be kept until the hash is done, and the permit by whoever computes it, also when
    /// the request that wanted it has gone away.
    ///
    /// # Errors
    ///
    /// `temporarily_unavailable`: 429 if too many of this key wait, 503 if too many wait or it takes too long.
    pub(crate) async fn come(&self) -> Result<(Place<'_>, OwnedSemaphorePermit)> {
        let place = self.place()?;
        match within(WAIT, Arc::clone(&self.queue.hashing).acquire_owned()).await {
            Some(Ok(permit)) => Ok((place, permit)),
            _ => Err(busy()),
        }
    }

    /// Checks that there is a place at this moment.
    ///
    /// # Errors
    ///
    /// As [`come`](Self::come).
    pub(crate) fn check(&self) -> Result<()> {
        self.place().map(drop)
    }

    fn place(&self) -> Result<Place<'_>> {
        let mut waiting = self.queue.waiting.lock();
        if waiting.all >= self.queue.places {
            return Err(busy());
        }
        if let Some(key) = self.key {
            let own = waiting.by_key.entry(key).or_default();
            if *own >= self.queue.share {
                return Err(Error::too_many_requests(Duration::from_secs(1)).by_rule("password_hash"));
            }
            *own += 1;
        }
        waiting.all += 1;
        Ok(Place(self))
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut waiting = self.0.queue.waiting.lock();
        waiting.all = waiting.all.saturating_sub(1);
        if let Some(key) = self.0.key
            && let Some(own) = waiting.by_key.get_mut(&key)
        {
            *own = own.saturating_sub(1);
            if *own == 0 {
                waiting.by_key.remove(&key);
            }
        }
    }
}

fn busy() -> Error {
    Error::overloaded(Duration::from_secs(5))
        .by_rule("password_hash")
        .describe("too many people log in at this moment")
}

impl fmt::Debug for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Queue").field("places", &self.places).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_core_is_left_to_others() {
        assert_eq!([1, 2, 3, 4, 8, 9, 64].map(at_once), [1, 1, 2, 3, 7, 8, 8]);
    }

    #[test]
    fn a_full_queue_says_so_before_anybody_waits() {
        let queue = HashQueue::new();
        let turn = queue.turn(Lane::KnownBrowsers, Some("bob"));
        let places: Vec<_> = (0..4).map(|_| turn.place().unwrap()).collect();
        assert!(turn.check().is_err());
        assert!(queue.turn(Lane::KnownBrowsers, Some("alice")).check().is_ok());
        drop(places);
        assert!(turn.check().is_ok() && turn.check().is_ok(), "a look takes no place");
    }
}
