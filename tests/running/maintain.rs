//! The background work of an instance.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use oauth_core::server::Environment;

use crate::world::{Mood, World, until};

#[tokio::test]
async fn stores_are_swept_at_once_while_something_is_left() {
    let world = World::new();
    world.moody.expired.store(2500, Ordering::SeqCst);
    let server = world.server.clone();
    let maintained = tokio::spawn(async move { server.maintain().await });
    until("the last sweep", async || world.moody.sweeps.load(Ordering::SeqCst) == 3).await;
    assert_eq!(world.moody.expired.load(Ordering::SeqCst), 0);
    assert!(!maintained.is_finished(), "it does not end by itself");
    maintained.abort();
}

#[tokio::test]
async fn a_sweep_that_fails_ends_nothing_and_an_application_has_work_of_its_own() {
    let steps = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&steps);
    let world = World::in_environment(Environment::new().background(move || {
        counted.fetch_add(1, Ordering::SeqCst);
        async { Duration::from_millis(1) }
    }));
    world.moody.feel(Mood::Failing);
    assert_eq!(steps.load(Ordering::SeqCst), 0, "nothing is done before it is maintained");
    let server = world.server.clone();
    let maintained = tokio::spawn(async move { server.maintain().await });
    until("a sweep", async || world.moody.sweeps.load(Ordering::SeqCst) > 0).await;
    let before = steps.load(Ordering::SeqCst);
    until("more steps", async || steps.load(Ordering::SeqCst) > before + 3).await;
    maintained.abort();
}

#[cfg(feature = "interop")]
#[tokio::test]
async fn expired_rows_go_away_where_a_server_is_maintained() {
    use oauth_core::prelude::*;
    use oauth_core::store::{Session, SessionStore as _};
    use oauth_core::time::UnixTime;
    use sqlx::{Connection as _, PgConnection};

    #[validator]
    struct Accounts {
        #[store]
        store: PostgresStore,
    }
    #[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
    struct AuthServer {
        #[validator]
        accounts: Accounts,
    }

    let url = oauth_tests::postgres::database();
    let store = PostgresStore::connect(&url).await.unwrap();
    let mut other = PgConnection::connect(&url).await.unwrap();
    let expired = "INSERT INTO oauth_sessions (hash, subject, auth_time, sid, expires_at) \
        SELECT sha256(n::text::bytea), 'user-1', 0, '', 1 FROM generate_series(1, 2500) AS n";
    sqlx::query(expired).execute(&mut other).await.unwrap();
    let end = UnixTime::now() + Duration::from_mins(10);
    let live = Session {
        subject: "user-1".into(),
        auth_time: end,
        expires_at: end,
        sid: String::new(),
        clients: Vec::new(),
        second_step: oauth_core::store::SecondStep::None,
    };
    store.save_session(oauth_core::secret::TokenHash::of("live"), live).await.unwrap();

    let server = AuthServer { accounts: Accounts { store } }.start().unwrap();
    let maintained = tokio::spawn(async move { server.maintain().await });
    until("the last sweep", async || {
        let left: i64 =
            sqlx::query_scalar("SELECT count(*) FROM oauth_sessions").fetch_one(&mut other).await.unwrap();
        left == 1
    })
    .await;
    maintained.abort();
}
