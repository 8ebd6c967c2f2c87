//! Upkeep.

use super::{Admin, Administered, Result};
use crate::event::EventKind;
use crate::store::StoreRoles as _;
use crate::time::UnixTime;

/// The number of entries that are removed at a time: few enough that whoever uses the store meanwhile hardly notices.
const AT_A_TIME: u32 = 1000;
/// The clocks of instances differ: what has expired by this much more has expired by all of them. In seconds.
const SKEW: u64 = 60;

impl<A: Administered> Admin<A> {
    /// Removes what has expired from every store, until nothing is left, and returns the number of entries. `progress` is told the
    /// number so far after each step.
    ///
    /// # Errors
    ///
    /// If a store fails: what was removed stays removed.
    pub async fn janitor(&self, mut progress: impl FnMut(u64) + Send) -> Result<u64> {
        let before = UnixTime::from_secs(self.now().as_secs().saturating_sub(SKEW));
        let mut removed = 0;
        for store in self.roles().upkeep() {
            loop {
                let swept = store.sweep(before, AT_A_TIME).await?;
                removed += swept;
                progress(removed);
                if swept < u64::from(AT_A_TIME) {
                    break;
                }
            }
        }
        self.tell(&self.event(EventKind::StoreSwept));
        Ok(removed)
    }
}
