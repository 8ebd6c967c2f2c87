//! The starts of sessions that end a first step, one after another for each.

use tokio::sync::{Mutex, MutexGuard};

use crate::secret::SecretString;

/// The number of first steps that can end at the same moment.
const PLACES: usize = 16;

/// The turns of requests that end first steps: of those with the same first step, the next one begins when the session that the one before
/// started is in the store. It takes no answer away and gives none: what a request may do the store decides, also between instances.
#[derive(Debug)]
pub(super) struct Starts([Mutex<()>; PLACES]);

impl Starts {
    pub(super) const fn new() -> Self {
        Self([const { Mutex::const_new(()) }; PLACES])
    }

    /// Waits for the turn of a request with this first step, until the guard is dropped.
    pub(super) async fn turn(&self, first_step: &SecretString) -> Option<MutexGuard<'_, ()>> {
        let hash = first_step.hash();
        let [first, ..] = hash.as_bytes();
        Some(self.0.get(usize::from(*first) % PLACES)?.lock().await)
    }
}
