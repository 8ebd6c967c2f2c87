//! The audit table.

use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use oauth_core::client::ClientSource;
use oauth_core::event::{AuditRecord, Event, EventKind, Observer as _};
use oauth_core::prelude::*;
use oauth_core::store::{AuditEntry, AuditStore, AuditTable, Cursor, Page, Result, StoreError, Sweep};
use oauth_core::time::UnixTime;
use oauth_tests::basic;

use crate::world::{Seen, World};

/// A store that does something before each commit, which may refuse it.
#[derive(Clone)]
struct Before(SqliteStore, Arc<dyn Fn() -> Result<()> + Send + Sync>);

impl AuditStore for Before {
    async fn keep_events(&self, entries: Vec<AuditEntry>) -> Result<()> {
        (self.1)()?;
        self.0.keep_events(entries).await
    }

    async fn events(&self, after: Option<&Cursor>, limit: u16) -> Result<Page<AuditEntry>> {
        self.0.events(after, limit).await
    }

    async fn latest_events(&self, before: Option<&Cursor>, limit: u16) -> Result<Page<AuditEntry>> {
        self.0.latest_events(before, limit).await
    }
}

/// A table in a store that can be shut, and what shuts it.
fn gated(store: SqliteStore) -> (AuditTable, impl Fn(bool)) {
    let is_shut = Arc::new(AtomicBool::new(false));
    let gate = Arc::clone(&is_shut);
    let before = move || {
        let is_shut = gate.load(Ordering::SeqCst);
        if is_shut { Err(StoreError::overloaded("keep events", "it is shut")) } else { Ok(()) }
    };
    (AuditTable::new(Before(store, Arc::new(before))), move |it| is_shut.store(it, Ordering::SeqCst))
}

/// While the store commits, strangers come.
#[tokio::test]
async fn strangers_do_not_keep_a_flush_busy() {
    let (_directory, store) = sqlite().await;
    let itself = Arc::new(OnceLock::<AuditTable>::new());
    let table = AuditTable::new(Before(store, {
        let itself = Arc::clone(&itself);
        Arc::new(move || {
            itself.get().expect("a table").on(&event(EventKind::LoginFailed, UnixTime::now().as_secs()));
            Ok(())
        })
    }))
    .capacity(4);
    assert!(itself.set(table.clone()).is_ok());
    for _ in 0..10 {
        table.on(&event(EventKind::LoginFailed, UnixTime::now().as_secs()));
    }
    tokio::time::timeout(Duration::from_secs(30), table.flush()).await.expect("it ends").unwrap();
    let dropped = all(&table).await.iter().filter(|record| record.event == "audit.dropped").count();
    assert_eq!(dropped, 1);
}

fn event(kind: EventKind, second: u64) -> Event<'static> {
    Event::new(kind, UnixTime::from_secs(second))
}

async fn all(table: &AuditTable) -> Vec<AuditRecord> {
    let page = table.events(None, 1000).await.unwrap();
    page.items.into_iter().map(|entry| entry.record).collect()
}

async fn sqlite() -> (tempfile::TempDir, SqliteStore) {
    let directory = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(directory.path().join("audit.db")).await.unwrap();
    (directory, store)
}

/// What a server told is there after a restart, in order.
async fn assert_survives<S: AuditStore>(
    open: impl AsyncFn() -> S,
    table: impl Fn(&S) -> AuditTable,
    end: impl AsyncFn(S),
) {
    let store = open().await;
    let seen = Seen::default();
    let audit = table(&store);
    let mut world =
        World::told_to(oauth_core::event::All::of(seen.clone()).and(audit.clone()), seen.clone()).await;
    world.visitor.log_in_as_alice().await;
    let code = world.code().await;
    world.redeem(&code).await;
    audit.flush().await.unwrap();
    let told: Vec<_> = seen.take();
    end(store).await;

    let store = open().await;
    let kept = all(&table(&store)).await;
    let names = |kept: &[AuditRecord]| kept.iter().map(|record| record.event.to_string()).collect::<Vec<_>>();
    assert_eq!(names(&kept), told.iter().map(|told| told.kind.to_string()).collect::<Vec<_>>());
    let issued = kept.last().unwrap();
    assert_eq!((issued.client_id.as_deref(), issued.subject.as_deref()), (Some("app"), Some("1")));
    assert_eq!((issued.instance.as_deref(), issued.scope.as_deref()), (Some("a"), Some("openid profile")));
    assert_eq!(issued.address, Some("198.51.100.7".parse().unwrap()));
    end(store).await;
}

#[tokio::test]
async fn a_table_in_sqlite_survives_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("audit.db");
    let open = async || SqliteStore::open(&file).await.unwrap();
    assert_survives(open, SqliteStore::audit, async |store: SqliteStore| store.close().await).await;
}

#[cfg(feature = "interop")]
#[tokio::test]
async fn a_table_in_postgres_survives_a_restart() {
    let url = oauth_tests::postgres::database();
    let open = async || PostgresStore::connect(&url).await.unwrap();
    assert_survives(open, PostgresStore::audit, async |store: PostgresStore| store.close().await).await;
}

/// A store that sweeps by itself does so by the system's clock: nothing of this has expired by that.
const BEGIN: u64 = 5_000_000_000;

/// Pages follow each other, and what expires goes by itself.
async fn assert_pages<S: Sweep>(store: &S, table: AuditTable) {
    let table = table.retention(Duration::from_secs(100));
    for second in 0..10 {
        table.on(&event(EventKind::TokenIssued, BEGIN + second));
    }
    table.flush().await.unwrap();
    let (mut after, mut seconds) = (None, Vec::new());
    loop {
        let page = table.events(after.as_ref(), 3).await.unwrap();
        assert!(page.items.len() <= 3);
        seconds.extend(page.items.iter().map(|entry| entry.record.time.as_secs() - BEGIN));
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    assert_eq!(seconds, (0..10).collect::<Vec<_>>());
    let (mut before, mut back) = (None, Vec::new());
    loop {
        let page = table.latest(before.as_ref(), 4).await.unwrap();
        assert!(page.items.len() <= 4);
        back.extend(page.items.iter().map(|entry| entry.record.time.as_secs() - BEGIN));
        match page.next {
            Some(next) => before = Some(next),
            None => break,
        }
    }
    assert_eq!(back, (0..10).rev().collect::<Vec<_>>(), "and from the end");
    let recent = table.events(Some(&AuditTable::since(UnixTime::from_secs(BEGIN + 7))), 10).await.unwrap();
    assert_eq!(recent.items.len(), 3);
    let last = recent.items.last().unwrap().cursor();
    assert!(table.events(Some(&last), 10).await.unwrap().items.is_empty(), "nothing comes after the last");
    table.on(&event(EventKind::TokenError, BEGIN + 10));
    table.flush().await.unwrap();
    assert_eq!(table.events(Some(&last), 10).await.unwrap().items.len(), 1, "but what comes later");

    store.sweep(UnixTime::from_secs(BEGIN + 104), 1000).await.unwrap();
    assert_eq!(all(&table).await.len(), 6, "0 to 4 have expired");
}

#[tokio::test]
async fn a_table_in_sqlite_is_read_by_page_and_swept() {
    let (_directory, store) = sqlite().await;
    assert_pages(&store, store.audit()).await;
}

#[cfg(feature = "interop")]
#[tokio::test]
async fn a_table_in_postgres_is_read_by_page_and_swept() {
    let store = PostgresStore::connect(&oauth_tests::postgres::database()).await.unwrap();
    assert_pages(&store, store.audit()).await;
}

/// The database was away, and what found no room is missing: the table says so itself.
#[tokio::test]
async fn what_is_lost_is_counted_and_told() {
    let (_directory, store) = sqlite().await;
    let (table, shut) = gated(store);
    let table = table.capacity(3);
    shut(true);
    for second in 0..5 {
        table.on(&event(EventKind::TokenIssued, UnixTime::now().as_secs() + second));
    }
    assert!(table.flush().await.unwrap_err().is_overloaded());
    shut(false);
    table.flush().await.unwrap();
    let kept = all(&table).await;
    let names: Vec<_> = kept.iter().map(|record| record.event.as_ref()).collect();
    assert_eq!(names, ["token.issued", "token.issued", "token.issued", "audit.dropped"]);
    assert_eq!(kept[3].reason.as_deref(), Some("2 events were lost"));
    table.on(&event(EventKind::TokenIssued, UnixTime::now().as_secs()));
    table.flush().await.unwrap();
    assert_eq!(all(&table).await.len(), 5, "it was told once");
}

/// However many requests strangers make, what matters finds room; and the table says that it lacks theirs.
#[tokio::test]
async fn strangers_do_not_crowd_out_what_matters() {
    let (_directory, store) = sqlite().await;
    let (table, shut) = gated(store);
    let table = table.capacity(100);
    let now = UnixTime::now().as_secs();
    shut(true);
    for kind in [EventKind::LoginFailed, EventKind::TokenError, EventKind::AuthorizationError] {
        for _ in 0..500 {
            table.on(&event(kind, now));
        }
    }
    for _ in 0..49 {
        table.on(&event(EventKind::TokenIssued, now).client_id("app"));
    }
    table.on(&event(EventKind::TokenError, now).subject("alice"));
    shut(false);
    table.flush().await.unwrap();
    let kept = all(&table).await;
    let count = |name: &str| kept.iter().filter(|record| record.event == name).count();
    assert_eq!((count("login.failed"), count("token.issued"), count("token.error")), (50, 49, 1));
    assert_eq!(kept.last().unwrap().reason.as_deref(), Some("1450 requests of strangers were left out"));
}

/// Nor do they fill the disk.
#[tokio::test]
async fn strangers_have_so_many_rows_a_minute() {
    let (_directory, store) = sqlite().await;
    let (table, minute) = (store.audit(), UnixTime::now().as_secs() / 60 * 60);
    let of_strangers = async || {
        let page = table.events(None, 1000).await.unwrap();
        page.items.iter().filter(|entry| entry.record.event == "login.failed").count()
    };
    for _ in 0..3 {
        for _ in 0..300 {
            table.on(&event(EventKind::LoginFailed, minute + 59));
        }
        table.flush().await.unwrap();
    }
    assert_eq!(of_strangers().await, 600);
    table.on(&event(EventKind::LoginFailed, minute + 60));
    table.flush().await.unwrap();
    assert_eq!(of_strangers().await, 601, "but in the next");
}

#[tokio::test]
async fn requests_of_strangers_are_kept_for_a_week() {
    let (_directory, store) = sqlite().await;
    let (table, now) = (store.audit(), UnixTime::now().as_secs());
    table.on(&event(EventKind::LoginFailed, now));
    table.on(&event(EventKind::TokenIssued, now));
    table.on(&event(EventKind::TokenError, now).subject("alice"));
    table.flush().await.unwrap();
    let kept = table.events(None, 10).await.unwrap().items;
    assert_eq!(kept.iter().map(days).collect::<Vec<_>>(), [7, 400, 400]);
}

/// For how long an entry is kept.
fn days(entry: &AuditEntry) -> u64 {
    entry.expires_at.since(entry.record.time).as_secs() / (24 * 60 * 60)
}

/// A client that the operator registered is no stranger, whichever came by themselves.
#[tokio::test]
async fn acts_of_clients_of_the_operator_are_kept_as_long_as_others() {
    let (_directory, store) = sqlite().await;
    let (table, seen) = (store.audit(), Seen::default());
    let world = World::told_to(table.clone(), seen).await;
    let stranger = Client::confidential("stranger", &ClientSecret::new(oauth_tests::secret()).unwrap());
    let stranger = stranger.grant_type(GrantType::CLIENT_CREDENTIALS).scope("jobs").danger_introspects_all();
    world.store.save_client(stranger.source(ClientSource::Itself).build().unwrap()).await.unwrap();
    for client in ["app", "stranger"] {
        let form = [("grant_type", "client_credentials"), ("scope", "jobs")];
        let token = world.app.post("/token", &basic(client), &form).await.member("access_token");
        world.app.post("/introspect", &basic(client), &[("token", &token)]).await;
        world.app.post("/revoke", &basic(client), &[("token", &token)]).await;
    }
    table.flush().await.unwrap();
    let days = |client: &str, kept: &[AuditEntry]| -> Vec<_> {
        let of_client = kept.iter().filter(|entry| entry.record.client_id.as_deref() == Some(client));
        of_client.map(|entry| (entry.record.event.to_string(), days(entry))).collect()
    };
    let kept = table.events(None, 100).await.unwrap().items;
    let told = |authenticated: u64| {
        [
            ("client_auth.succeeded", authenticated),
            ("token.issued", 400),
            ("client_auth.succeeded", authenticated),
            ("token.introspected", authenticated),
            ("client_auth.succeeded", authenticated),
            ("token.revoked", 400),
        ]
        .map(|(kind, days)| (kind.to_owned(), days))
    };
    assert_eq!(days("app", &kept), told(400));
    assert_eq!(days("stranger", &kept), told(7));
}

#[tokio::test]
async fn acts_of_operators_are_kept_as_long_as_the_table_says() {
    let (_directory, store) = sqlite().await;
    let ran = async |table: Option<AuditTable>, client: &str| {
        let command =
            oauth_core::admin::cli("admin", ["client", "create", client, "--scope", "jobs"]).unwrap();
        let command = table.into_iter().fold(command, oauth_core::admin::Invocation::audit);
        command.run(store.clone()).await
    };
    let table = store.audit().retention(Duration::from_hours(90 * 24));
    assert_eq!(ran(Some(table), "one").await, ExitCode::SUCCESS);
    assert_eq!(ran(None, "other").await, ExitCode::SUCCESS);
    let kept = store.audit().events(None, 10).await.unwrap().items;
    // Those of one second are in no order.
    let mut kept: Vec<_> = kept.iter().map(days).collect();
    kept.sort_unstable();
    assert_eq!(kept, [90, 90, 400, 400]);
}

/// An act of administration is not done where that cannot be kept.
#[tokio::test]
async fn an_act_that_must_be_kept_hears_of_a_failure() {
    let (_directory, store) = sqlite().await;
    let (table, shut) = gated(store);
    shut(true);
    let act = event(EventKind::ClientRevoked, UnixTime::now().as_secs());
    assert!(table.record(&act.client_id("app")).await.is_err());
    shut(false);
    table.record(&act.client_id("app")).await.unwrap();
    let kept = all(&table).await;
    assert_eq!((kept.len(), kept[0].client_id.as_deref()), (1, Some("app")), "and it is kept at once");
}

/// A process that runs it needs no more: events are there a moment later.
#[tokio::test]
async fn events_are_written_as_they_come() {
    let (_directory, store) = sqlite().await;
    let table = store.audit();
    let running = tokio::spawn({
        let table = table.clone();
        async move { table.run().await }
    });
    for second in 0..3 {
        table.on(&event(EventKind::TokenIssued, UnixTime::now().as_secs() + second));
    }
    let written = async {
        while all(&table).await.len() < 3 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), written).await.unwrap();
    running.abort();
}

/// Instances write into one table at once.
#[tokio::test]
async fn instances_share_a_table() {
    let (_directory, store) = sqlite().await;
    let now = UnixTime::now().as_secs();
    let tables: Vec<_> = (0..4).map(|_| store.audit()).collect();
    for table in &tables {
        for _ in 0..50 {
            table.on(&event(EventKind::TokenIssued, now));
        }
    }
    for table in &tables {
        table.flush().await.unwrap();
    }
    assert_eq!(all(&tables[0]).await.len(), 200);
}
