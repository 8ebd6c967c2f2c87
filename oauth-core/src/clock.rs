//! Clocks: the system's, and one that tests turn.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime};

use tokio::runtime::Handle;

use crate::time::UnixTime;

/// A clock. Clones tell the same time.
#[derive(Debug, Clone, Default)]
pub struct Clock(Option<Arc<Manual>>);

#[derive(Debug)]
struct Manual {
    start: UnixTime,
    origin: Instant,
    /// Milliseconds since the start.
    elapsed: AtomicU64,
}

impl Clock {
    /// The system's clock.
    pub const fn system() -> Self {
        Self(None)
    }

    /// A clock that stands still at the present second until it is [turned](Self::advance), for tests.
    pub fn manual() -> Self {
        Self::manual_at(UnixTime::now())
    }

    /// A clock that stands still at a given second until it is [turned](Self::advance), for tests.
    pub fn manual_at(start: UnixTime) -> Self {
        Self(Some(Arc::new(Manual { start, origin: Instant::now(), elapsed: AtomicU64::new(0) })))
    }

    /// The present second.
    pub fn now(&self) -> UnixTime {
        match &self.0 {
            None => UnixTime::now(),
            Some(manual) => manual.start + manual.elapsed(),
        }
    }

    /// The present instant, for measuring spans.
    pub fn instant(&self) -> Instant {
        match &self.0 {
            None => Instant::now(),
            Some(manual) => manual.origin + manual.elapsed(),
        }
    }

    /// The time since 1970, in whole milliseconds: instances compare theirs.
    pub(crate) fn since_1970(&self) -> Duration {
        let since = match &self.0 {
            None => SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default(),
            Some(manual) => manual.start.since(UnixTime::default()) + manual.elapsed(),
        };
        Duration::from_millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    }

    /// Turns a manual clock forward, in whole milliseconds. The system's clock it leaves alone.
    pub fn advance(&self, by: Duration) {
        if let Some(manual) = &self.0 {
            let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
            manual.elapsed.fetch_add(by, Ordering::SeqCst);
        }
    }
}

/// Waits for a future, but no longer than this. The time is the machine's, and the future of no runtime waits as long as it takes.
pub(crate) async fn within<F: Future>(limit: Duration, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    // What is there already needs no timer.
    if let Poll::Ready(output) = poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await {
        return Some(output);
    }
    if Handle::try_current().is_err() {
        return Some(future.await);
    }
    tokio::time::timeout(limit, future).await.ok()
}

impl Manual {
    fn elapsed(&self) -> Duration {
        Duration::from_millis(self.elapsed.load(Ordering::SeqCst))
    }
}
