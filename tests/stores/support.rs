//! Records to keep, and every store to keep them in.

use std::fmt::Debug;

pub(crate) use oauth_core::conformance::store::records::*;
use oauth_core::conformance::store::traits::EveryStore;
use oauth_core::prelude::*;
use oauth_core::store::{
    Examine, LimitStore, ListClients, ListConsents, ListGrants, ListSessions, ListUsers, Ready,
    RegistrationStore, Sweep,
};
#[cfg(feature = "interop")]
use oauth_tests::valkey;
use tempfile::TempDir;

/// A store that plays every role, as `#[store]` needs it.
pub(crate) trait EveryRole:
    EveryStore
    + RegistrationStore
    + Sweep
    + Ready
    + Examine
    + LimitStore
    + ListClients
    + ListUsers
    + ListSessions
    + ListGrants
    + ListConsents
    + Clone
    + Debug
    + 'static
{
}

impl<S> EveryRole for S where
    S: EveryStore
        + RegistrationStore
        + Sweep
        + Ready
        + Examine
        + LimitStore
        + ListClients
        + ListUsers
        + ListSessions
        + ListGrants
        + ListConsents
        + Clone
        + Debug
        + 'static
{
}

/// Runs each case, an `async fn` over a store, over every store there is: as `memory::…`, `sqlite::…`, `postgres::…`, `valkey::…` and
/// `valkey_cluster::…`.
macro_rules! over_every_store {
    ($($case:ident),* $(,)?) => {
        crate::support::over_stores_that_sweep!($($case),*);
        #[cfg(feature = "interop")]
        mod valkey {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $case() {
                    super::$case(crate::support::valkey().await).await;
                }
            )*
        }
        #[cfg(feature = "interop")]
        mod valkey_cluster {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $case() {
                    super::$case(crate::support::valkey_cluster().await).await;
                }
            )*
        }
    };
}
pub(crate) use over_every_store;

/// Runs each case over every store that removes itself what has expired: from others, their server does.
macro_rules! over_stores_that_sweep {
    ($($case:ident),* $(,)?) => {
        mod memory {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $case() {
                    super::$case(oauth_core::store::MemoryStore::new()).await;
                }
            )*
        }
        mod sqlite {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $case() {
                    let (_folder, store) = crate::support::sqlite().await;
                    super::$case(store).await;
                }
            )*
        }
        #[cfg(feature = "interop")]
        mod postgres {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $case() {
                    super::$case(crate::support::postgres().await).await;
                }
            )*
        }
    };
}
pub(crate) use over_stores_that_sweep;

/// A store on a file of its own, which goes away with the folder.
pub(crate) async fn sqlite() -> (TempDir, SqliteStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("oauth.db")).await.unwrap();
    (folder, store)
}

/// A store in a database of its own.
#[cfg(feature = "interop")]
pub(crate) async fn postgres() -> PostgresStore {
    PostgresStore::connect(&oauth_tests::postgres::database()).await.unwrap()
}

/// A store in a server, with keys of its own.
#[cfg(feature = "interop")]
pub(crate) async fn valkey() -> ValkeyStore {
    ValkeyStore::connect(&valkey::url()).await.unwrap().prefix(&valkey::prefix())
}

/// A store in a cluster of three, with keys of its own.
#[cfg(feature = "interop")]
pub(crate) async fn valkey_cluster() -> ValkeyStore {
    ValkeyStore::connect_cluster(valkey::seeds()).await.unwrap().prefix(&valkey::prefix())
}
