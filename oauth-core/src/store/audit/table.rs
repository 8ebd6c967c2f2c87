//! The observer that keeps events.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::Notify;

use super::key::Keys;
use super::waiting::{Missing, Waiting};
use super::{AnyAuditStore, AuditEntry, AuditStore};
use crate::event::{AuditRecord, Event, EventKind, Observer};
use crate::store::{Cursor, Page, Result};
use crate::time::UnixTime;

/// The most that one commit takes.
const BATCH: usize = 256;
/// The time in which events gather for one commit.
const GATHERING: Duration = Duration::from_millis(100);
/// The time until a store that failed is tried again.
const PAUSE: Duration = Duration::from_secs(1);

/// An observer that keeps events in the database of a store: `audit()` of `SqliteStore` and `PostgresStore` makes one. Clones are the
/// same table.
///
/// No request waits for it: events wait in the memory of the process, 8,192 at most, and are written a tenth of a second later, many in
/// one commit, by [`maintain`](crate::server::RunningServer::maintain) or [`run`](Self::run). What a crash loses is that tenth. While the
/// store fails they wait; once there is no room, further ones are lost, which is said in the log, counted in `oauth.audit.dropped`, and
/// told in the table itself by the event `audit.dropped`. What must not happen without a trace uses [`record`](Self::record).
///
/// Strangers can make requests without end, and what they do not get is an event, too: a request that was refused, or only came, and is
/// no known person's; so is that a client which [came by itself](crate::client::ClientSource::Itself) has authenticated, or was told of
/// a token. Such events are kept for [a week](Self::strangers_retention), 600 a minute and process, and have half of the room to wait
/// in. More are left out, and counted as above, by a reason of their own. The observers beside the table see all of them.
///
/// ```no_run
/// use oauth_core::prelude::*;
/// use oauth_core::server::Environment;
///
/// # #[validator] struct Accounts { #[store] store: SqliteStore }
/// # #[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
/// # struct AuthServer { #[validator] accounts: Accounts }
/// # async fn example() -> std::result::Result<(), Box<dyn std::error::Error>> {
/// let store = SqliteStore::open("oauth.db").await?;
/// let environment = Environment::new().audit(store.audit());
/// let server = AuthServer { accounts: Accounts { store } }.start_in(environment)?;
/// # let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
/// oauth_core::serve(listener, server.clone().into_router()).maintain(&server).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct AuditTable {
    shared: Arc<Shared>,
    retention: Duration,
    strangers_retention: Duration,
    capacity: usize,
}

struct Shared {
    store: Box<dyn AnyAuditStore>,
    keys: Keys,
    waiting: Mutex<Waiting>,
    arrived: Notify,
    /// One writes at a time, so that what was written is what goes from the front.
    writing: tokio::sync::Mutex<()>,
}

impl AuditTable {
    /// A table in this store.
    pub fn new(store: impl AuditStore + 'static) -> Self {
        let shared = Shared {
            store: Box::new(store),
            keys: Keys::new(),
            waiting: Mutex::default(),
            arrived: Notify::new(),
            writing: tokio::sync::Mutex::default(),
        };
        Self {
            shared: Arc::new(shared),
            retention: Duration::from_hours(400 * 24),
            strangers_retention: Duration::from_hours(7 * 24),
            capacity: 8192,
        }
    }

    /// Sets how long an event is kept. Default: 400 days. What expires is removed with all else in the store that does.
    #[must_use]
    pub const fn retention(mut self, retention: Duration) -> Self {
        self.retention = retention;
        self
    }

    /// Sets how long a request of a stranger is kept. Default: 7 days.
    #[must_use]
    pub const fn strangers_retention(mut self, retention: Duration) -> Self {
        self.strangers_retention = retention;
        self
    }

    /// Sets how many events may wait to be written. Default: 8,192.
    #[must_use]
    pub const fn capacity(mut self, most: usize) -> Self {
        self.capacity = most;
        self
    }

    /// Keeps an event and waits until it is kept: for an act of administration, which must not be done where that fails.
    ///
    /// # Errors
    ///
    /// That of the store.
    pub async fn record(&self, event: &Event<'_>) -> Result<()> {
        self.shared.store.keep_events(vec![self.entry(event)]).await
    }

    /// Lists what is kept, from the oldest, or what follows a cursor: that of an [entry](AuditEntry::cursor), or of a
    /// [time](Self::since).
    ///
    /// The order is that of seconds; within one, that in which a process told its events, and between processes one that stays. The
    /// clocks of instances differ, and events come a little later than they happened, so that a place which was passed may be filled
    /// yet: whoever follows the table begins a while before what was seen last, and passes over the keys that are known.
    ///
    /// # Errors
    ///
    /// That of the store.
    pub async fn events(&self, after: Option<&Cursor>, limit: u16) -> Result<Page<AuditEntry>> {
        self.shared.store.events(after, limit).await
    }

    /// Lists what is kept from the newest back, or what comes before the cursor of an [entry](AuditEntry::cursor).
    ///
    /// # Errors
    ///
    /// That of the store.
    pub async fn latest(&self, before: Option<&Cursor>, limit: u16) -> Result<Page<AuditEntry>> {
        self.shared.store.latest_events(before, limit).await
    }

    /// The place before all events of this time and later.
    pub fn since(time: UnixTime) -> Cursor {
        Cursor::after(time.as_secs().to_be_bytes())
    }

    /// Writes events as they come, for as long as it is polled: it never ends by itself. A process that is not maintained otherwise runs it
    /// once. An event stays in memory until it is written, whatever becomes of this.
    pub async fn run(&self) {
        loop {
            tokio::time::sleep(self.clone().step().await).await;
        }
    }

    /// Waits for events and writes them, once; the time to wait until the next.
    pub(crate) async fn step(self) -> Duration {
        let (arrived, waiting) = (self.shared.arrived.notified(), self.waiting());
        if waiting == 0 {
            arrived.await;
        }
        if waiting < BATCH {
            tokio::time::sleep(GATHERING).await;
        }
        match self.flush().await {
            Ok(()) => Duration::ZERO,
            Err(cause) => {
                let cause = &cause as &dyn std::error::Error;
                tracing::warn!(target: "oauth_core", cause, "events could not be written to the audit table, and wait");
                PAUSE
            }
        }
    }

    /// Writes all that waits, at the end of a process for instance.
    ///
    /// # Errors
    ///
    /// That of the store. What was not written waits as before.
    pub async fn flush(&self) -> Result<()> {
        let _turn = self.shared.writing.lock().await;
        let last = self.write(self.waiting()).await?;
        // Once: more may be left out all the time.
        if last.is_some_and(|time| self.tell_missing(time)) {
            self.write(self.waiting()).await?;
        }
        Ok(())
    }

    /// Writes so many of those that wait; the time of the last one.
    async fn write(&self, mut left: usize) -> Result<Option<UnixTime>> {
        let mut last = None;
        while left > 0 {
            let batch = self.shared.waiting.lock().first(BATCH.min(left));
            let written = batch.len();
            last = batch.last().map(|entry| entry.record.time);
            self.shared.store.keep_events(batch).await?;
            self.shared.waiting.lock().remove(written);
            left = left.saturating_sub(written);
        }
        Ok(last)
    }

    fn waiting(&self) -> usize {
        self.shared.waiting.lock().len()
    }

    fn entry(&self, event: &Event<'_>) -> AuditEntry {
        let retention = if event.is_of_stranger() { self.strangers_retention } else { self.retention };
        AuditEntry::new(self.shared.keys.next(event.time), AuditRecord::from(event), event.time + retention)
    }

    /// Tells how many are missing, now that there is room; true if there are any.
    fn tell_missing(&self, time: UnixTime) -> bool {
        let Missing { lost, strangers } = self.shared.waiting.lock().take_missing(time);
        if lost > 0 {
            tracing::error!(target: "oauth_core", dropped = lost, "the audit table could not keep up: it lacks so many events");
            self.push_missing(time, &format!("{lost} events were lost"), self.retention);
        }
        if strangers > 0 {
            let reason = format!("{strangers} requests of strangers were left out");
            self.push_missing(time, &reason, self.strangers_retention);
        }
        lost > 0 || strangers > 0
    }

    fn push_missing(&self, time: UnixTime, reason: &str, retention: Duration) {
        let event = Event { reason: Some(reason), ..Event::new(EventKind::AuditDropped, time) };
        let entry = AuditEntry::new(self.shared.keys.next(time), AuditRecord::from(&event), time + retention);
        self.shared.waiting.lock().push(entry);
    }
}

impl Observer for AuditTable {
    fn on(&self, event: &Event<'_>) {
        let entry = self.entry(event);
        let added = self.shared.waiting.lock().add(entry, event.is_of_stranger(), self.capacity);
        match added {
            Ok(()) => self.shared.arrived.notify_one(),
            Err(missing) => {
                if missing.lost == 1 && !event.is_of_stranger() {
                    tracing::error!(target: "oauth_core", "the audit table has no room for more events: they are lost until it has");
                }
                #[cfg(feature = "metrics")]
                metrics::counter!("oauth.audit.dropped").increment(1);
            }
        }
    }
}

impl fmt::Debug for AuditTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuditTable").field("waiting", &self.waiting()).finish_non_exhaustive()
    }
}
