//! Sweeps that are asked for, readiness, and how a server finds the stores to ask.

use oauth_core::prelude::*;
use oauth_core::store::{
    MemoryStore, Ready as _, Registration, Session, SessionStore, SqliteStore, StoreRoles,
};
use oauth_core::time::UnixTime;
use serde_json::json;

use crate::support::{EveryRole, after, hash, now, over_every_store, session, sqlite};

over_every_store!(a_sweep_forgets_clients_that_registered_and_went);

/// Of what the test saves, nothing has expired by the clock of a store: it is the sweep that removes it.
fn saved_until() -> UnixTime {
    after(now(), 600)
}

async fn a_sweep_forgets_clients_that_registered_and_went<S: EveryRole>(store: S) {
    let client = |id: &str| Client::public(id).redirect_uri("https://app.example/cb").build().unwrap();
    store.save_client(client("of the operator")).await.unwrap();
    let before = saved_until();
    for (id, end) in [("went", before), ("stays", after(before, 1))] {
        let registration: Registration = serde_json::from_value(json!({
            "token": hash(id), "issued_at": 1, "expires_at": end, "members": {},
        }))
        .unwrap();
        assert!(store.register_client(client(id), registration, 10, now()).await.unwrap());
    }
    assert_eq!(store.sweep(before, 1000).await.unwrap(), 1);
    assert!(store.client("went").await.unwrap().is_none());
    assert!(store.registration("stays").await.unwrap().is_some());
    assert!(store.client("of the operator").await.unwrap().is_some());
}

#[tokio::test]
async fn a_closed_file_is_not_ready() {
    let (_folder, store) = sqlite().await;
    store.close().await;
    store.ready().await.unwrap_err();
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_another_process_has_locked_is_not_ready_for_a_while() {
    use sqlx::Connection as _;
    use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqlitePoolOptions};

    let folder = tempfile::tempdir().unwrap();
    let file = SqliteConnectOptions::new().filename(folder.path().join("oauth.db")).create_if_missing(true);
    let impatient = file.clone().busy_timeout(std::time::Duration::ZERO);
    let pool = SqlitePoolOptions::new().connect_with(impatient).await.unwrap();
    let store = SqliteStore::from_pool(pool).await.unwrap();
    let mut other = SqliteConnection::connect_with(&file).await.unwrap();
    let lock = other.begin_with("BEGIN EXCLUSIVE").await.unwrap();
    assert!(store.ready().await.unwrap_err().is_overloaded());
    lock.rollback().await.unwrap();
    store.ready().await.unwrap();
}

#[cfg(feature = "interop")]
#[tokio::test]
async fn a_database_that_takes_no_writes_is_not_ready() {
    use oauth_core::store::PostgresStore;
    use sqlx::postgres::PgConnectOptions;

    let url = oauth_tests::postgres::database();
    let store = PostgresStore::connect(&url).await.unwrap();
    store.ready().await.unwrap();
    let options: PgConnectOptions = url.parse().unwrap();
    let read_only = options.options([("default_transaction_read_only", "on")]);
    let follower =
        PostgresStore::from_pool(sqlx::PgPool::connect_with(read_only).await.unwrap()).await.unwrap();
    assert!(follower.ready().await.unwrap_err().is_overloaded());
}

/// A store that has roles and nothing else.
#[derive(Debug, Default)]
struct Plain(MemoryStore);

impl SessionStore for Plain {
    async fn save_session(
        &self,
        id: oauth_core::secret::TokenHash,
        session: Session,
    ) -> oauth_core::store::Result<()> {
        self.0.save_session(id, session).await
    }

    async fn session(
        &self,
        id: &oauth_core::secret::TokenHash,
        now: UnixTime,
    ) -> oauth_core::store::Result<Option<Session>> {
        self.0.session(id, now).await
    }

    async fn add_session_client(
        &self,
        id: &oauth_core::secret::TokenHash,
        client_id: &str,
        now: UnixTime,
    ) -> oauth_core::store::Result<()> {
        self.0.add_session_client(id, client_id, now).await
    }

    async fn end_session(
        &self,
        id: &oauth_core::secret::TokenHash,
        now: UnixTime,
    ) -> oauth_core::store::Result<Option<Session>> {
        self.0.end_session(id, now).await
    }

    async fn end_sessions_of(&self, subject: &str, now: UnixTime) -> oauth_core::store::Result<Vec<Session>> {
        self.0.end_sessions_of(subject, now).await
    }
}

#[validator]
struct Everything {
    #[store]
    store: MemoryStore,
}

#[validator(custom)]
struct Divided {
    #[clients]
    #[tokens]
    #[codes]
    kept: SqliteStore,
    #[sessions]
    sessions: Plain,
    #[users]
    users: MemoryStore,
    #[cfg(any())]
    #[consents]
    consents: MemoryStore,
    /// A field that plays no role: its store is not swept.
    archive: MemoryStore,
}

#[validator]
impl Divided {
    async fn validate_client_id(&self, client_id: &str, _: &mut Request) -> Result<()> {
        let known = self.archive.client(client_id).await?;
        known.map(|_| ()).ok_or_else(|| Error::access_denied("unknown client"))
    }
}

#[tokio::test]
async fn a_validator_lends_each_of_its_stores_once() {
    let everything = Everything { store: MemoryStore::new() };
    assert_eq!(everything.upkeep().len(), 1);

    let (_folder, kept) = sqlite().await;
    let users = MemoryStore::new();
    users.save_session(hash("s"), session("user-1", saved_until())).await.unwrap();
    let divided =
        Divided { kept: kept.clone(), sessions: Plain::default(), users, archive: MemoryStore::new() };
    kept.save_session(hash("s"), session("user-1", saved_until())).await.unwrap();
    let lent = divided.upkeep();
    assert_eq!(lent.len(), 2, "what has no upkeep is left out, and so is what plays no role");
    for store in lent {
        store.ready().await.unwrap();
        assert_eq!(store.sweep(saved_until(), 10).await.unwrap(), 1);
        assert_eq!(store.sweep(saved_until(), 10).await.unwrap(), 0);
    }
}
