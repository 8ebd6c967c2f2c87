//! Keeping up with the store.

use std::time::Duration;

use super::StoredKeys;
use crate::clock::within;

/// The time between two reads, and what it varies by, so that instances do not all come at once.
const RELOAD: Duration = Duration::from_mins(1);
const JITTER: Duration = Duration::from_secs(6);
/// The longest between two reads.
pub(super) const LONGEST_RELOAD: Duration = Duration::from_secs(RELOAD.as_secs() + JITTER.as_secs());
/// The shortest, however many tokens name keys that are not known.
const SHORTEST_RELOAD: Duration = Duration::from_secs(10);

impl StoredKeys {
    /// Keeps up with the store for as long as it is polled: [`reload`](Self::reload) each minute, give or take a tenth, and at a
    /// token that names an unknown key, but each 10 seconds at most. What fails is logged and tried again.
    ///
    /// A server does so by itself if it is given the keys: [`Environment::keys`](crate::server::Environment::keys).
    pub async fn maintain(&self) {
        loop {
            self.keep_up().await;
        }
    }

    /// Waits until it is time to read, and reads.
    pub(crate) async fn keep_up(&self) {
        let (source, read_at) = (&self.0.source, &self.0.read_at);
        let jitter = Duration::from_millis(rand::random_range(0..2 * JITTER.as_secs() * 1000));
        if within(RELOAD.saturating_sub(JITTER) + jitter, source.missed.notified()).await.is_some() {
            let passed = source.policy.clock.instant().duration_since(*read_at.lock());
            tokio::time::sleep(SHORTEST_RELOAD.saturating_sub(passed)).await;
        }
        if let Err(error) = self.reload().await {
            tracing::error!(target: "oauth_core", ?error, "the server goes on with the keys that it has");
        }
        *read_at.lock() = source.policy.clock.instant();
    }
}
