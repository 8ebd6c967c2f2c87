//! The state of the store.

use super::MemoryStore;
use crate::store::{Examination, Examine, Result};
use crate::time::UnixTime;

impl Examine for MemoryStore {
    async fn examine(&self, _: UnixTime) -> Result<Examination> {
        Ok(Examination::of("the memory of this process"))
    }
}
