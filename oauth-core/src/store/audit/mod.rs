//! Events that are kept.

mod key;
mod table;
mod waiting;

use std::pin::Pin;

pub use self::table::AuditTable;
use super::{Cursor, Page, Result};
use crate::event::AuditRecord;
use crate::time::UnixTime;

/// Keeps the events of a server, for an [`AuditTable`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep events",
    label = "no store that implements `AuditStore`",
    note = "`SqliteStore` and `PostgresStore` do; a store of yours implements `AuditStore`"
)]
pub trait AuditStore: Send + Sync {
    /// Keeps entries until they expire, all or none. One whose key is kept already stays as it is: what nobody knows the outcome of is
    /// repeated.
    fn keep_events(&self, entries: Vec<AuditEntry>) -> impl Future<Output = Result<()>> + Send;

    /// Lists what is kept, in the order of the keys.
    fn events(
        &self,
        after: Option<&Cursor>,
        limit: u16,
    ) -> impl Future<Output = Result<Page<AuditEntry>>> + Send;

    /// Lists what is kept from the last key back, or what comes before a place.
    fn latest_events(
        &self,
        before: Option<&Cursor>,
        limit: u16,
    ) -> impl Future<Output = Result<Page<AuditEntry>>> + Send;
}

/// An event in an audit table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuditEntry {
    /// The place in the table: by time, and those of one second and one process as they were told.
    pub key: [u8; 16],
    /// The event.
    pub record: AuditRecord,
    /// The time at which it may be removed.
    pub expires_at: UnixTime,
}

impl AuditEntry {
    /// A place that no key comes after.
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    pub(super) const BEYOND: [u8; 17] = [0xFF; 17];

    /// An entry, as it was made or read back.
    pub const fn new(key: [u8; 16], record: AuditRecord, expires_at: UnixTime) -> Self {
        Self { key, record, expires_at }
    }

    /// The place after it, for whoever follows the table, and before it, for whoever goes back.
    pub fn cursor(&self) -> Cursor {
        Cursor::after(self.key)
    }
}

/// An operation under way.
type Doing<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// [`AuditStore`] without the type of the store.
trait AnyAuditStore: Send + Sync {
    fn keep_events(&self, entries: Vec<AuditEntry>) -> Doing<'_, ()>;
    fn events<'a>(&'a self, after: Option<&'a Cursor>, limit: u16) -> Doing<'a, Page<AuditEntry>>;
    fn latest_events<'a>(&'a self, before: Option<&'a Cursor>, limit: u16) -> Doing<'a, Page<AuditEntry>>;
}

impl<S: AuditStore> AnyAuditStore for S {
    fn keep_events(&self, entries: Vec<AuditEntry>) -> Doing<'_, ()> {
        Box::pin(AuditStore::keep_events(self, entries))
    }

    fn events<'a>(&'a self, after: Option<&'a Cursor>, limit: u16) -> Doing<'a, Page<AuditEntry>> {
        Box::pin(AuditStore::events(self, after, limit))
    }

    fn latest_events<'a>(&'a self, before: Option<&'a Cursor>, limit: u16) -> Doing<'a, Page<AuditEntry>> {
        Box::pin(AuditStore::latest_events(self, before, limit))
    }
}
