//! Checks that what is single-use is used once, whichever instance is asked at the same moment.

use std::time::Duration;

use oauth_core::conformance::store::races::{
    one_code, one_device, one_identifier, one_pushed_request, one_token,
};
use oauth_core::store::{MemoryStore, SqliteStore};

/// Two stores opened on one file, as two instances of a server would.
#[tokio::test(flavor = "multi_thread")]
async fn two_instances_on_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("oauth.db");
    let instances = [SqliteStore::open(&file).await.unwrap(), SqliteStore::open(&file).await.unwrap()];
    one_code(&instances).await;
    one_pushed_request(&instances).await;
    one_identifier(&instances).await;
    one_device(&instances).await;
    one_token(&instances, Duration::ZERO).await;
    one_token(&instances, Duration::from_secs(10)).await;
}

/// Three stores on one database, each with connections of its own, as three instances of a server would.
#[cfg(feature = "interop")]
#[tokio::test(flavor = "multi_thread")]
async fn three_instances_on_one_database() {
    use oauth_core::store::PostgresStore;

    let url = oauth_tests::postgres::database();
    let connect = || async { PostgresStore::connect(&url).await.unwrap() };
    let instances = [connect().await, connect().await, connect().await];
    one_code(&instances).await;
    one_pushed_request(&instances).await;
    one_identifier(&instances).await;
    one_device(&instances).await;
    one_token(&instances, Duration::ZERO).await;
    one_token(&instances, Duration::from_secs(10)).await;
}

/// Three stores on one cluster, each with connections of its own, as three instances of a server would.
#[cfg(feature = "interop")]
#[tokio::test(flavor = "multi_thread")]
async fn three_instances_on_one_cluster() {
    use oauth_core::store::ValkeyStore;
    use oauth_tests::valkey;

    let connect = || async { ValkeyStore::connect_cluster(valkey::seeds()).await.unwrap() };
    let instances = [connect().await, connect().await, connect().await];
    let anew = || {
        let prefix = valkey::prefix();
        instances.clone().map(|instance| instance.prefix(&prefix))
    };
    answered_in_time(anew, |instances| async move { one_code(&instances).await }).await;
    answered_in_time(anew, |instances| async move { one_pushed_request(&instances).await }).await;
    answered_in_time(anew, |instances| async move { one_identifier(&instances).await }).await;
    answered_in_time(anew, |instances| async move { one_device(&instances).await }).await;
    for grace in [Duration::ZERO, Duration::from_secs(10)] {
        answered_in_time(anew, move |instances| async move { one_token(&instances, grace).await }).await;
    }
}

/// Runs a race once more, among other keys, where the store had no time to answer: it gives itself two seconds, and whoever has no answer
/// may have won. Whatever else goes wrong, and two winners above all, fails at once.
#[cfg(feature = "interop")]
async fn answered_in_time<S, F>(anew: impl Fn() -> S, race: impl Fn(S) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    for _ in 0..10 {
        let Err(failed) = tokio::spawn(race(anew())).await else { return };
        let why = failed.into_panic();
        if !why.downcast_ref::<String>().is_some_and(|why| why.contains("Overloaded(timed out)")) {
            std::panic::resume_unwind(why);
        }
    }
    panic!("the store has no time at all");
}

/// Two clones share what they keep.
#[tokio::test(flavor = "multi_thread")]
async fn two_clones_in_memory() {
    let store = MemoryStore::new();
    let instances = [store.clone(), store];
    one_code(&instances).await;
    one_identifier(&instances).await;
    one_device(&instances).await;
    one_token(&instances, Duration::ZERO).await;
}
