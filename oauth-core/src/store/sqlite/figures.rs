//! Figures of the writer.

use metrics::{Gauge, Histogram, gauge, histogram};

/// The handles, made once.
pub(super) struct Figures {
    batch: Histogram,
    queue: Gauge,
}

impl Figures {
    pub(super) fn new() -> Self {
        Self { batch: histogram!("oauth.store.batch.size"), queue: gauge!("oauth.store.queue") }
    }

    /// So many writes share a commit, and so many wait for the next.
    #[expect(clippy::cast_precision_loss, reason = "there are a thousand at most")]
    pub(super) fn record(&self, batch: usize, queue: usize) {
        self.batch.record(batch as f64);
        self.queue.set(queue as f64);
    }
}
