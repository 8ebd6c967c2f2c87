//! The facts that a store can tell of itself.

use super::Result;
use crate::time::UnixTime;

/// Tells the state of a store, for an operator who asks what is wrong.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot tell of its state, which `doctor` needs",
    label = "no store that implements `Examine`",
    note = "`SqliteStore`, `PostgresStore`, `ValkeyStore` and `MemoryStore` do; a store of yours implements `Examine`"
)]
pub trait Examine: Send + Sync {
    /// The state of the store. `now` is the asker's clock: what has expired by it and is there still is a backlog.
    fn examine(&self, now: UnixTime) -> impl Future<Output = Result<Examination>> + Send;
}

/// The state of a store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Examination {
    /// The software, with its version.
    pub software: String,
    /// The last of the migrations that made its tables, and the last that this program knows.
    pub schema: Option<Schema>,
    /// The time by its own clock; `None`: it has none.
    pub time: Option<UnixTime>,
    /// The settings that matter.
    pub settings: Vec<Setting>,
    /// The entries that have expired and are there still, by the kind of entry.
    pub backlog: Vec<Backlog>,
}

impl Examination {
    /// The state of a store of which nothing else is known.
    pub fn of(software: impl Into<String>) -> Self {
        Self { software: software.into(), ..Self::default() }
    }
}

/// The state of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schema {
    /// The last migration that was made.
    pub made: i64,
    /// The last migration that this program knows.
    pub known: i64,
}

/// A setting of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The name of the setting.
    pub name: &'static str,
    /// The value that it has.
    pub value: String,
    /// The fault of this value, with what it should be; `None`: there is none.
    pub fault: Option<&'static str>,
}

/// Entries of a kind that have expired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backlog {
    /// The kind: the name of a table, or of a field of [`Usage`](super::Usage).
    pub kind: &'static str,
    /// The number of entries, [`Backlog::MOST`] at most: no more are counted.
    pub entries: u64,
    /// The time when the oldest of them expired.
    pub oldest: Option<UnixTime>,
}

impl Backlog {
    /// The most entries that are counted.
    pub const MOST: u32 = 100_000;
}
