//! The stores that the program administers.

use crate::store::{
    AuditTable, Examine, KeyStore, ListClients, ListConsents, ListGrants, ListSessions, ListUsers,
    MemoryStore, Ready, Sweep,
};

/// A store that the program can administer: it has every list, and keeps keys.
///
/// A store of yours that implements these needs no more than `impl AdminStore for MyStore {}`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be administered by the program for operators",
    label = "no store that implements `AdminStore`",
    note = "`SqliteStore`, `PostgresStore`, `ValkeyStore` and `MemoryStore` do; for a store of yours that has the lists, write \
            `impl AdminStore for MyStore {{}}`"
)]
pub trait AdminStore:
    ListClients
    + ListUsers
    + ListSessions
    + ListGrants
    + ListConsents
    + Sweep
    + Ready
    + Examine
    + KeyStore
    + Clone
    + 'static
{
    /// The table in which the acts of the program are kept, and which `events tail` shows: no act is done that cannot be written there
    /// first. Default: none, and the log alone has them.
    fn audit_table(&self) -> Option<AuditTable> {
        None
    }
}

#[cfg(feature = "sqlite")]
impl AdminStore for crate::store::SqliteStore {
    fn audit_table(&self) -> Option<AuditTable> {
        Some(self.audit())
    }
}

#[cfg(feature = "postgres")]
impl AdminStore for crate::store::PostgresStore {
    fn audit_table(&self) -> Option<AuditTable> {
        Some(self.audit())
    }
}

#[cfg(feature = "valkey")]
impl AdminStore for crate::store::ValkeyStore {}

impl AdminStore for MemoryStore {}
