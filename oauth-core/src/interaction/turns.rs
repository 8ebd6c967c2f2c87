//! The turns of clients to be told: each host has few, so that one which does not answer holds up no other.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::clock::within;
use oauth_rules::url::split_origin;

/// The most that one host is told at once.
const AT_ONCE: usize = 4;
/// The time that is waited for a turn.
const WAIT: Duration = Duration::from_secs(5);

/// The turns of one pass.
#[derive(Debug, Default)]
pub(super) struct Turns(Mutex<HashMap<String, Arc<Host>>>);

#[derive(Debug)]
struct Host {
    turns: Arc<Semaphore>,
    /// True once somebody has waited in vain: nobody else waits.
    is_slow: AtomicBool,
}

impl Turns {
    /// A turn at the host of this URI, until it is dropped. `None`: those who have theirs wait too long for an answer.
    pub(super) async fn at(&self, uri: &str) -> Option<OwnedSemaphorePermit> {
        let host = Arc::clone(self.0.lock().entry(split_origin(uri).0.to_owned()).or_default());
        if let Ok(turn) = Arc::clone(&host.turns).try_acquire_owned() {
            host.is_slow.store(false, Ordering::Relaxed);
            return Some(turn);
        }
        if host.is_slow.load(Ordering::Relaxed) {
            return None;
        }
        let turn = within(WAIT, Arc::clone(&host.turns).acquire_owned()).await.and_then(Result::ok);
        if turn.is_none() {
            host.is_slow.store(true, Ordering::Relaxed);
        }
        turn
    }
}

impl Default for Host {
    fn default() -> Self {
        Self { turns: Arc::new(Semaphore::new(AT_ONCE)), is_slow: AtomicBool::new(false) }
    }
}
