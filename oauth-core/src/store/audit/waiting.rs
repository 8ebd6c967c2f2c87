//! The events that wait to be written, and the number of those that found no room.

use std::collections::VecDeque;

use super::AuditEntry;
use crate::time::UnixTime;

/// The most requests of strangers that are kept in one minute.
const STRANGERS: u64 = 600;

/// The events that wait, and what is missing since that was told.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    entries: VecDeque<AuditEntry>,
    missing: Missing,
    /// The minute in which strangers were told of last, and how often.
    minute: u64,
    strangers: u64,
    /// The minute in which it was told how many of theirs are missing.
    told: Option<u64>,
}

/// The number of events that are missing.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Missing {
    pub(super) lost: u64,
    /// Requests of strangers, which may not take the room of others.
    pub(super) strangers: u64,
}

impl Waiting {
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Adds an entry, if there is room for it; what is missing otherwise. The half of the room is for others than strangers.
    pub(super) fn add(
        &mut self,
        entry: AuditEntry,
        is_of_stranger: bool,
        capacity: usize,
    ) -> Result<(), Missing> {
        if is_of_stranger {
            let minute = entry.record.time.as_secs() / 60;
            if minute > self.minute {
                (self.minute, self.strangers) = (minute, 0);
            }
            if self.strangers >= STRANGERS || self.entries.len() >= capacity / 2 {
                self.missing.strangers += 1;
                return Err(self.missing);
            }
            self.strangers += 1;
        } else if self.entries.len() >= capacity {
            self.missing.lost += 1;
            return Err(self.missing);
        }
        self.entries.push_back(entry);
        Ok(())
    }

    /// Adds what must be told, whether or not there is room.
    pub(super) fn push(&mut self, entry: AuditEntry) {
        self.entries.push_back(entry);
    }

    /// The first so many.
    pub(super) fn first(&self, most: usize) -> Vec<AuditEntry> {
        self.entries.iter().take(most).cloned().collect()
    }

    /// Removes the first so many.
    pub(super) fn remove(&mut self, written: usize) {
        self.entries.drain(..written);
    }

    /// The number of those that are missing since this was asked last; of strangers once a minute, or their rows would be as many as what is left out.
    pub(super) fn take_missing(&mut self, time: UnixTime) -> Missing {
        let minute = Some(time.as_secs() / 60);
        let mut missing = std::mem::take(&mut self.missing);
        if self.told == minute {
            self.missing.strangers = std::mem::take(&mut missing.strangers);
        } else if missing.strangers > 0 {
            self.told = minute;
        }
        missing
    }
}
