//! The starts of sessions that end a first step, one after another for each.

use std::collections::BTreeMap;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::{Mutex as Turns, OwnedMutexGuard};

use crate::secret::{SecretString, TokenHash};

/// The turns of requests that end first steps: of those with the same first step, the next one begins when the session that the one before
/// started is in the store. It takes no answer away and gives none: what a request may do the store decides, also between instances.
#[derive(Debug)]
pub(super) struct Starts(Mutex<BTreeMap<TokenHash, Arc<Turns<()>>>>);

/// A turn. While it is there, nobody else has one with the same first step.
pub(super) struct Turn<'a> {
    _guard: OwnedMutexGuard<()>,
    _place: Place<'a>,
}

/// A request that has its turn, or waits for it.
struct Place<'a> {
    starts: &'a Starts,
    first_step: TokenHash,
    turns: Arc<Turns<()>>,
}

impl Starts {
    pub(super) const fn new() -> Self {
        Self(Mutex::new(BTreeMap::new()))
    }

    /// Waits for the turn of a request with this first step.
    pub(super) async fn turn(&self, first_step: &SecretString) -> Turn<'_> {
        let first_step = first_step.hash();
        let turns = Arc::clone(self.0.lock().entry(first_step).or_default());
        let place = Place { starts: self, first_step, turns };
        Turn { _guard: Arc::clone(&place.turns).lock_owned().await, _place: place }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut all = self.starts.0.lock();
        // Its own, and that of the map.
        if Arc::strong_count(&self.turns) == 2 {
            all.remove(&self.first_step);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;

    #[tokio::test]
    async fn each_first_step_has_turns_of_its_own_and_nothing_is_left_of_them() {
        let (starts, one, other) = (Starts::new(), SecretString::new("one"), SecretString::new("other"));
        let turn = starts.turn(&one).await;
        drop(starts.turn(&other).await);
        let mut context = Context::from_waker(Waker::noop());
        {
            // Hung up while it waits.
            let mut given_up = pin!(starts.turn(&one));
            assert!(given_up.as_mut().poll(&mut context).is_pending());
        }
        let mut next = pin!(starts.turn(&one));
        assert!(next.as_mut().poll(&mut context).is_pending());
        assert_eq!(starts.0.lock().len(), 1);
        drop(turn);
        let Poll::Ready(turn) = next.as_mut().poll(&mut context) else { panic!("it has its turn") };
        assert_eq!(starts.0.lock().len(), 1);
        drop(turn);
        assert!(starts.0.lock().is_empty());
    }
}
