//! Limits on fetches: those who make us fetch, those who are asked, and all of them.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;

use super::{FetchError, Wish};
use crate::error::Error;
use crate::limits::{Buckets, Network, Policy};

/// Fetches at one time.
const AT_ONCE: usize = 32;

/// The most of them that one address wants, or that one host answers: hosts that never answer leave turns to others.
const OF_ONE_AT_ONCE: usize = 8;

/// The name of these limits.
const RULE: &str = "fetch";

/// The counters. A document that was valid before is fetched in any case: a stranger who names other URLs of its host keeps nobody
/// from it.
pub(super) struct Pace {
    by_address: Buckets,
    by_host: Buckets,
    running: Mutex<Vec<Arc<Running>>>,
}

struct Running {
    address: Option<Network>,
    host: String,
}

/// A fetch that has begun, until it is dropped.
pub(super) struct Turn {
    pace: Arc<Pace>,
    this: Arc<Running>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.pace.running.lock().retain(|running| !Arc::ptr_eq(running, &self.this));
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            by_address: Buckets::new(Policy::at_once(20, Duration::from_secs(6))),
            by_host: Buckets::new(Policy::at_once(100, Duration::from_secs(1))),
            running: Mutex::default(),
        }
    }
}

impl Pace {
    /// Begins a fetch from this host.
    pub(super) fn begin(self: &Arc<Self>, host: &str, wish: Wish) -> Result<Turn, FetchError> {
        let this = Arc::new(Running { address: wish.address, host: host.to_ascii_lowercase() });
        let mut running = self.running.lock();
        let busy = || FetchError::Limited(Error::overloaded(super::Fetcher::TIMEOUT).by_rule(RULE));
        if running.len() >= AT_ONCE {
            return Err(busy());
        }
        if !wish.is_known {
            let is_full = |is_same: &dyn Fn(&Running) -> bool| {
                running.iter().filter(|running| is_same(running)).count() >= OF_ONE_AT_ONCE
            };
            if this.address.is_some() && is_full(&|running| running.address == this.address) {
                return Err(FetchError::Limited(
                    Error::too_many_requests(super::Fetcher::TIMEOUT).by_rule(RULE),
                ));
            }
            if is_full(&|running| running.host == this.host) {
                return Err(busy());
            }
            self.count(&this, wish)?;
        }
        running.push(Arc::clone(&this));
        drop(running);
        Ok(Turn { pace: Arc::clone(self), this })
    }

    fn count(&self, Running { address, host }: &Running, wish: Wish) -> Result<(), FetchError> {
        let own = address.map(|address| self.by_address.begin(address, wish.now)).transpose();
        let own = own.map_err(|wait| FetchError::Limited(Error::too_many_requests(wait).by_rule(RULE)))?;
        let of_host = self.by_host.begin(host, wish.now);
        of_host.map_err(|wait| FetchError::Limited(Error::overloaded(wait).by_rule(RULE)))?.failed();
        if let Some(own) = own {
            own.failed();
        }
        Ok(())
    }
}
