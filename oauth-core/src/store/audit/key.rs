//! The keys of entries.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::time::UnixTime;

/// Makes keys that no other process makes, in the order of time: the second, four random bytes of this process, so that what it tells
/// in one second stands together, and a count.
#[derive(Debug)]
pub(super) struct Keys {
    process: [u8; 4],
    count: AtomicU32,
}

impl Keys {
    pub(super) fn new() -> Self {
        Self { process: rand::random(), count: AtomicU32::new(0) }
    }

    pub(super) fn next(&self, time: UnixTime) -> [u8; 16] {
        let mut key = [0; 16];
        let (second, rest) = key.split_at_mut(8);
        second.copy_from_slice(&time.as_secs().to_be_bytes());
        let (process, count) = rest.split_at_mut(4);
        process.copy_from_slice(&self.process);
        count.copy_from_slice(&self.count.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        key
    }
}
