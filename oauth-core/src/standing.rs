//! The standing of an instance: whether it goes on, and whether somebody sees to it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::join::Boxed;

/// Background work of an application: a step, and how long to wait until the next.
pub(crate) type Step = Arc<dyn Fn() -> Boxed<'static, Duration> + Send + Sync>;

/// The time that an application has to run its background work before that is missed.
const PATIENCE: Duration = Duration::from_mins(1);

const NEGLECTED: &str = "nobody does the background work of this server: expired entries stay in its store, and clients that did not \
    hear of a logout are not told again; serve it by `oauth_core::serve(listener, app).maintain(&server)`, or run \
    `server.maintain()` beside what answers requests";

/// The standing of one instance.
#[derive(Debug)]
pub(crate) struct Standing {
    started_at: Instant,
    is_draining: AtomicBool,
    /// The number of futures that run its background work.
    maintained: AtomicUsize,
    /// Set once it was said that nobody does.
    is_missed: AtomicBool,
}

impl Standing {
    pub(crate) const fn new(started_at: Instant) -> Self {
        Self {
            started_at,
            is_draining: AtomicBool::new(false),
            maintained: AtomicUsize::new(0),
            is_missed: AtomicBool::new(false),
        }
    }

    pub(crate) fn is_draining(&self) -> bool {
        self.is_draining.load(Ordering::Relaxed)
    }

    pub(crate) fn drain(&self) {
        self.is_draining.store(true, Ordering::Relaxed);
    }

    /// Says that its background work runs, until the guard is dropped.
    pub(crate) fn maintained(&self) -> Maintained<'_> {
        self.maintained.fetch_add(1, Ordering::Relaxed);
        Maintained(self)
    }

    /// True where nobody runs its background work, and has had the time to, and it was not said yet.
    pub(crate) fn is_neglected(&self, now: impl FnOnce() -> Instant) -> bool {
        self.maintained.load(Ordering::Relaxed) == 0
            && !self.is_missed.load(Ordering::Relaxed)
            && now().saturating_duration_since(self.started_at) >= PATIENCE
    }

    /// Says in the log, once, that nobody runs its background work, where there is some.
    pub(crate) fn miss(&self) {
        if self.maintained.load(Ordering::Relaxed) == 0 && !self.is_missed.swap(true, Ordering::Relaxed) {
            tracing::warn!(target: "oauth_core", "{NEGLECTED}");
        }
    }
}

/// The background work of an instance under way.
pub(crate) struct Maintained<'a>(&'a Standing);

impl Drop for Maintained<'_> {
    fn drop(&mut self) {
        self.0.maintained.fetch_sub(1, Ordering::Relaxed);
    }
}
