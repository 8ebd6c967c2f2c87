//! Limits on fetches: those who make us fetch, those who are asked, and all of them.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{FetchError, Wish};
use crate::error::Error;
use crate::limits::{Buckets, Policy};

/// Fetches at one time.
const AT_ONCE: usize = 32;

/// The counters. A document that was valid before is fetched in any case: a stranger who names other URLs of its host keeps nobody
/// from it.
pub(super) struct Pace {
    by_address: Buckets,
    by_host: Buckets,
    running: Arc<Semaphore>,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            by_address: Buckets::new(Policy::at_once(20, Duration::from_secs(6))),
            by_host: Buckets::new(Policy::at_once(100, Duration::from_secs(1))),
            running: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

impl Pace {
    /// Begins a fetch from this host.
    pub(super) fn begin(&self, host: &str, wish: Wish) -> Result<OwnedSemaphorePermit, FetchError> {
        let Wish { address, is_known, now } = wish;
        if !is_known {
            let own = address.map(|address| self.by_address.begin(address, now)).transpose();
            let own = own.map_err(|wait| FetchError::Limited(Error::too_many_requests(wait)))?;
            let of_host = self.by_host.begin(host, now);
            of_host.map_err(|wait| FetchError::Limited(Error::overloaded(wait)))?.failed();
            if let Some(own) = own {
                own.failed();
            }
        }
        let overloaded = |_| FetchError::Limited(Error::overloaded(super::Fetcher::TIMEOUT));
        Arc::clone(&self.running).try_acquire_owned().map_err(overloaded)
    }
}
