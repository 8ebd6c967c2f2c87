//! The store in a database that others use as well: connecting, migrating, and what a server at a distance can do.

use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use oauth_core::prelude::*;
use oauth_core::store::{
    AuditStore, CodeStore, ConnectError, FamilyId, KeyStore, ListClients, ListSessions, ListUsers,
    LogoutStore, Registration, RegistrationStore, SessionStore, TokenStore,
};
use oauth_tests::postgres::{administration, database};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection as _, PgConnection, PgPool};
use tokio::task::JoinSet;

use crate::support::{after, grant, hash, now};

async fn refused(url: &str) -> String {
    PostgresStore::connect(url).await.unwrap_err().to_string()
}

#[tokio::test]
async fn what_is_wrong_is_said_in_one_line_without_a_password() {
    assert_eq!(
        refused("localhost/oauth").await,
        "cannot use the PostgreSQL database of the given URL: it is no URL such as \
         `postgres://user:password@host:5432/database`"
    );
    let here = administration();
    let elsewhere = here.replace("oauth@", "oauth:hunter2@").replace("/postgres", "/missing");
    let error = refused(&elsewhere).await;
    assert!(error.starts_with("cannot use the PostgreSQL database `missing` at `127.0.0.1:"), "{error}");
    assert!(error.ends_with(": database \"missing\" does not exist"), "{error}");
    assert!(!error.contains("hunter2"));
    let nobody = refused("postgres://oauth:hunter2@127.0.0.1:1/oauth").await;
    assert!(
        nobody
            .starts_with("cannot use the PostgreSQL database `oauth` at `127.0.0.1:1`: it cannot be reached")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn instances_that_start_at_once_make_the_tables_once() {
    for _ in 0..10 {
        let url = database();
        let mut starting = JoinSet::new();
        for _ in 0..8 {
            let url = url.clone();
            starting.spawn(async move { PostgresStore::connect(&url).await.map(|_| ()) });
        }
        for started in starting.join_all().await {
            started.unwrap();
        }
    }
}

/// Whoever waits for a lock keeps whoever builds an index waiting, and PostgreSQL ends one of the two (40P01).
#[tokio::test(flavor = "multi_thread")]
async fn instances_that_start_while_an_index_is_built_by_nobody_start_all_the_same() {
    for _ in 0..3 {
        let url = database();
        PostgresStore::connect(&url).await.unwrap().close().await;
        let mut other = PgConnection::connect(&url).await.unwrap();
        without_indexes(&mut other).await;
        let mut watching = PgConnection::connect(&url).await.unwrap();
        let stopped = tokio::spawn({
            let url = url.clone();
            async move { PostgresStore::connect(&url).await.map(|_| ()) }
        });
        while is_valid(&mut watching, BY_SUBJECT).await != Some(false) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        // The database goes on with what it was told.
        stopped.abort();
        let mut starting = JoinSet::new();
        for _ in 0..4 {
            let url = url.clone();
            starting.spawn(async move { PostgresStore::connect(&url).await.map(|_| ()) });
        }
        let waiting = "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'oauth_refresh_tokens'::regclass)";
        while !sqlx::query_scalar::<_, bool>(waiting).fetch_one(&mut watching).await.unwrap() {
            assert!(starting.try_join_next().is_none(), "nobody starts without the index");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        sqlx::raw_sql("COMMIT").execute(&mut other).await.unwrap();
        for started in starting.join_all().await {
            started.unwrap();
        }
        assert_eq!(is_valid(&mut other, BY_SUBJECT).await, Some(true));
    }
}

/// As an instance from before there were second steps writes it.
#[tokio::test]
async fn a_session_without_a_second_step_is_logged_in() {
    let url = database();
    let store = PostgresStore::connect(&url).await.unwrap();
    let mut older = PgConnection::connect(&url).await.unwrap();
    let (now, end) = (now(), after(now(), 60));
    let insert = "INSERT INTO oauth_sessions (hash, subject, auth_time, sid, expires_at) VALUES ($1, 'u1', 1, 's', $2)";
    sqlx::query(insert)
        .bind(&hash("older").as_bytes()[..])
        .bind(i64::try_from(end.as_secs()).unwrap())
        .execute(&mut older)
        .await
        .unwrap();
    let session = store.session(&hash("older"), now).await.unwrap().unwrap();
    assert!(session.is_logged_in() && session.subject == "u1");
    assert_eq!(store.sessions_of("u1", now, None, 10).await.unwrap().items, [(hash("older"), session)]);
    // What a newer one writes logs nobody in, and is no failure.
    sqlx::query("UPDATE oauth_sessions SET second_step = 'passkey'").execute(&mut older).await.unwrap();
    let newer = store.session(&hash("older"), now).await.unwrap().unwrap();
    assert!(!newer.is_logged_in() && !newer.is_first_step());
}

#[tokio::test]
async fn an_instance_goes_on_with_a_newer_schema_that_says_so() {
    let url = database();
    PostgresStore::connect(&url).await.unwrap().close().await;
    let mut newer = PgConnection::connect(&url).await.unwrap();
    let add = "INSERT INTO oauth_migrations (version, description, compatible_from, checksum) VALUES ($1, 'newer', $2, '')";
    sqlx::query(add).bind(1_000_i64).bind(1_i64).execute(&mut newer).await.unwrap();
    PostgresStore::connect(&url).await.unwrap();
    sqlx::query(add).bind(1_001_i64).bind(1_001_i64).execute(&mut newer).await.unwrap();
    let error: ConnectError = PostgresStore::connect(&url).await.unwrap_err();
    assert!(error.to_string().ends_with(
        ": a newer version of this program wrote it (it has migration 1001, which this one cannot go on with)"
    ));
}

/// What a newer version adds while this one runs: a statement that returned `*` would be refused ("cached plan must not change result
/// type").
#[tokio::test]
async fn columns_that_are_added_meanwhile_break_no_statement() {
    let url = database();
    let store = PostgresStore::connect(&url).await.unwrap();
    let read_all = async || {
        crate::agreement::exercise(&store).await;
        store.keys().await.unwrap();
        store.users(None, 10).await.unwrap();
        store.sessions_of("nobody", now(), None, 10).await.unwrap();
        store.events(None, 10).await.unwrap();
        store.due_logouts(now(), after(now(), 30), 10).await.unwrap();
        store.end_session_with_notices(&hash("none"), now(), after(now(), 30)).await.unwrap();
        store.end_sessions_with_notices("nobody", now(), after(now(), 30)).await.unwrap();
    };
    read_all().await;
    let mut newer = PgConnection::connect(&url).await.unwrap();
    let add = "DO $$ DECLARE name text; BEGIN \
               FOR name IN SELECT tablename FROM pg_tables WHERE tablename LIKE 'oauth\\_%' \
               LOOP EXECUTE format('ALTER TABLE %I ADD COLUMN newer text', name); END LOOP; END $$";
    sqlx::raw_sql(add).execute(&mut newer).await.unwrap();
    read_all().await;
}

const BY_SUBJECT: &str = "oauth_refresh_tokens_by_subject";

/// The validity of an index, if there is one.
async fn is_valid(connection: &mut PgConnection, index: &str) -> Option<bool> {
    let ask = sqlx::query_scalar("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass($1)");
    ask.bind(index).fetch_optional(connection).await.unwrap()
}

/// A database as it was before there were indexes, and a transaction that whoever builds one has to wait for, since it may have to do
/// with the table: until it commits.
async fn without_indexes(connection: &mut PgConnection) {
    let before = "DELETE FROM oauth_migrations WHERE version = 2; DROP INDEX oauth_refresh_tokens_by_subject, oauth_consents_by_client";
    sqlx::raw_sql(before).execute(&mut *connection).await.unwrap();
    let lock = "BEGIN; LOCK TABLE oauth_refresh_tokens IN ROW EXCLUSIVE MODE";
    sqlx::raw_sql(lock).execute(connection).await.unwrap();
}

/// `CREATE INDEX CONCURRENTLY` leaves an invalid index behind where it is cut off.
#[tokio::test]
async fn a_build_of_an_index_that_was_cut_off_is_made_good() {
    let url = database();
    PostgresStore::connect(&url).await.unwrap().close().await;
    let mut other = PgConnection::connect(&url).await.unwrap();
    let cut_off = "DELETE FROM oauth_migrations WHERE version = 2; \
                   UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'oauth_refresh_tokens_by_subject'::regclass";
    sqlx::raw_sql(cut_off).execute(&mut other).await.unwrap();
    assert_eq!(is_valid(&mut other, BY_SUBJECT).await, Some(false));
    PostgresStore::connect(&url).await.unwrap().close().await;
    assert_eq!(is_valid(&mut other, BY_SUBJECT).await, Some(true));
    // One that was finished and not noted is left alone.
    sqlx::raw_sql("DELETE FROM oauth_migrations WHERE version = 2").execute(&mut other).await.unwrap();
    let which = "SELECT relfilenode FROM pg_class WHERE relname = 'oauth_refresh_tokens_by_subject'";
    let before: sqlx::postgres::types::Oid = sqlx::query_scalar(which).fetch_one(&mut other).await.unwrap();
    PostgresStore::connect(&url).await.unwrap().close().await;
    let after: sqlx::postgres::types::Oid = sqlx::query_scalar(which).fetch_one(&mut other).await.unwrap();
    assert_eq!(before, after);
}

/// While an index is built, those that run write into its table, and others that start wait for their turn.
#[tokio::test(flavor = "multi_thread")]
async fn an_index_is_built_while_others_write() {
    let url = database();
    let running = PostgresStore::connect(&url).await.unwrap();
    let mut other = PgConnection::connect(&url).await.unwrap();
    without_indexes(&mut other).await;
    let mut starting = JoinSet::new();
    for _ in 0..4 {
        let url = url.clone();
        starting.spawn(async move { PostgresStore::connect(&url).await.map(|_| ()) });
    }
    let mut watching = PgConnection::connect(&url).await.unwrap();
    while is_valid(&mut watching, BY_SUBJECT).await != Some(false) {
        assert!(starting.try_join_next().is_none(), "nobody starts without the index");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let refresh = crate::support::refresh_token("meanwhile", FamilyId::random(), after(now(), 600));
    let _ = running.save_tokens(None, Some(refresh), now()).await.unwrap();
    sqlx::raw_sql("COMMIT").execute(&mut other).await.unwrap();
    for started in starting.join_all().await {
        started.unwrap();
    }
    assert_eq!(is_valid(&mut other, BY_SUBJECT).await, Some(true));
}

#[tokio::test]
async fn a_pool_of_one_connection_is_told_that_it_cannot_build_an_index() {
    let pool = PgPoolOptions::new().max_connections(1).connect(&database()).await.unwrap();
    assert_eq!(
        PostgresStore::from_pool(pool).await.unwrap_err().to_string(),
        "cannot use the PostgreSQL database of the given pool: an index is missing, and the pool has one connection where \
         building it takes two: give it `max_connections(2)` or more"
    );
}

/// One role makes the tables, and another, which cannot, runs the server.
#[tokio::test]
async fn an_instance_needs_no_right_to_make_tables() {
    let url = database();
    PostgresStore::connect(&url).await.unwrap().close().await;
    let mut owner = PgConnection::connect(&url).await.unwrap();
    let role = format!("server_{}", FamilyId::random().to_string().to_lowercase().replace('-', "_"));
    let grants = format!(
        "CREATE ROLE {role} LOGIN; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}; \
         REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(grants)).execute(&mut owner).await.unwrap();
    let store = PostgresStore::connect(&url.replace("oauth@", &format!("{role}@"))).await.unwrap();
    crate::agreement::exercise(&store).await;
}

/// Whoever registers does not do the work of all who did not come back.
#[tokio::test]
async fn a_registration_removes_a_few_that_have_expired() {
    let (store, now, end) = (PostgresStore::connect(&database()).await.unwrap(), now(), after(now(), 600));
    let register = async |id: &str, end, now| {
        let registration = registration(id, end);
        store.register_client(Client::public(id).build().unwrap(), registration, 40, now).await.unwrap()
    };
    for number in 0..40 {
        assert!(register(&format!("client{number}"), end, now).await);
    }
    let left = async || store.clients(None, 100).await.unwrap().items.len();
    assert!(!register("late", end, now).await, "there are as many as there may be");
    assert!(register("new", after(end, 600), end).await, "those that have expired do not count");
    assert_eq!(left().await, 31);
    for _ in 0..3 {
        assert!(!register("new", after(end, 600), end).await, "it is registered");
    }
    assert_eq!(left().await, 1, "and all of them go");
}

fn registration(token: &str, end: oauth_core::time::UnixTime) -> Registration {
    let record =
        serde_json::json!({ "token": hash(token), "issued_at": now(), "expires_at": end, "members": {} });
    serde_json::from_value(record).unwrap()
}

/// RFC 7592 §3: the registration access token "MAY be rotated", and then the earlier one is nobody's.
#[tokio::test(flavor = "multi_thread")]
async fn a_registration_token_that_was_replaced_deletes_nothing() {
    let store = PostgresStore::connect(&database()).await.unwrap();
    let registration = |token: &str| registration(token, after(now(), 600));
    let client = |id: &str| Client::public(id).build().unwrap();
    for round in 0..40 {
        let id = format!("client {round}");
        store.register_client(client(&id), registration("first"), 1000, now()).await.unwrap();
        let (one, other) = (hash("first"), hash("first"));
        let (replaced, deleted) = tokio::join!(
            store.replace_registration(&one, client(&id), registration("second")),
            store.delete_registration(&id, &other),
        );
        assert!(replaced.unwrap() != deleted.unwrap(), "round {round}");
    }
}

#[tokio::test]
async fn it_lives_beside_the_applications_tables() {
    let pool = PgPool::connect(&database()).await.unwrap();
    sqlx::raw_sql("CREATE TABLE events (id bigint); CREATE TABLE _sqlx_migrations (version bigint)")
        .execute(&pool)
        .await
        .unwrap();
    let store = PostgresStore::from_pool(pool.clone()).await.unwrap();
    crate::agreement::exercise(&store).await;
    let foreign: Vec<String> = sqlx::query_scalar(
        "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'oauth\\_%' ORDER BY 1",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(foreign, ["_sqlx_migrations", "events"]);
}

#[tokio::test]
async fn a_clashing_table_is_named() {
    let pool = PgPool::connect(&database()).await.unwrap();
    sqlx::query("CREATE TABLE oauth_users (name text)").execute(&pool).await.unwrap();
    assert_eq!(
        PostgresStore::from_pool(pool).await.unwrap_err().to_string(),
        "cannot use the PostgreSQL database of the given pool: its tables could not be made: \
         relation \"oauth_users\" already exists"
    );
}

/// A pool does not ask its connections whether they are still there, for that is a round trip: a read that finds its own gone is
/// repeated, and a write is not, for nobody knows whether it was done.
#[tokio::test]
async fn a_read_survives_the_end_of_its_connection() {
    let url = database();
    let store = PostgresStore::connect(&url).await.unwrap();
    store.save_user(User::new("u1", "anna")).await.unwrap();
    let mut other = PgConnection::connect(&url).await.unwrap();
    sqlx::query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    .execute(&mut other)
    .await
    .unwrap();
    assert!(store.user("u1").await.unwrap().is_some());
}

/// RFC 6749 §4.1.2.1 `temporarily_unavailable`: a lock that somebody holds, or a database that is a follower.
#[tokio::test]
async fn a_lock_or_a_follower_is_no_failure_of_the_server() {
    let url = database();
    let store = PostgresStore::connect(&url).await.unwrap();
    let mut other = PgConnection::connect(&url).await.unwrap();
    sqlx::raw_sql("BEGIN; LOCK TABLE oauth_codes IN EXCLUSIVE MODE").execute(&mut other).await.unwrap();
    let error = store.save_code(hash("code"), grant(FamilyId::random(), after(now(), 60))).await.unwrap_err();
    assert!(error.is_overloaded(), "{:?}", error.source());
    assert_eq!(Error::from(error).code(), ErrorCode::TemporarilyUnavailable);
    sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();

    let follower: PgConnectOptions = url.parse().unwrap();
    let follower = follower.options([("default_transaction_read_only", "on")]);
    let follower = PgPoolOptions::new().connect_with(follower).await.unwrap();
    let follower = PostgresStore::from_pool(follower).await.unwrap();
    assert!(follower.client("nobody").await.unwrap().is_none());
    let error =
        follower.save_code(hash("code"), grant(FamilyId::random(), after(now(), 60))).await.unwrap_err();
    assert!(error.is_overloaded(), "{:?}", error.source());
}

/// The store keeps connections from one statement to the next, and the rest of the application has its turn all the same.
#[tokio::test(flavor = "multi_thread")]
async fn an_application_that_shares_the_pool_gets_its_connections() {
    let pool = PgPoolOptions::new()
        .max_connections(2)
        .acquire_timeout(Duration::from_secs(30))
        .connect(&database())
        .await
        .unwrap();
    let store = PostgresStore::from_pool(pool.clone()).await.unwrap();
    let done = Arc::new(AtomicBool::new(false));
    let mut callers = JoinSet::new();
    for caller in 0..8 {
        let (store, done) = (store.clone(), Arc::clone(&done));
        callers.spawn(async move {
            while !done.load(Ordering::Relaxed) {
                let code = hash(&FamilyId::random().to_string());
                store.save_code(code, grant(FamilyId::random(), after(now(), 60))).await.unwrap();
                assert!(store.peek_code(&code, now()).await.unwrap().is_some(), "{caller}");
            }
        });
    }
    for _ in 0..20 {
        sqlx::query("SELECT 1").execute(&pool).await.unwrap();
    }
    done.store(true, Ordering::Relaxed);
    callers.join_all().await;

    // Nobody uses the store: all that it kept comes back.
    let _all = [pool.acquire().await.unwrap(), pool.acquire().await.unwrap()];
}

#[tokio::test]
async fn a_store_that_is_closed_keeps_no_connection() {
    let pool = PgPoolOptions::new().max_connections(2).connect(&database()).await.unwrap();
    let store = PostgresStore::from_pool(pool.clone()).await.unwrap();
    assert!(store.peek_code(&hash("none"), now()).await.unwrap().is_none());
    store.close().await;
    assert_eq!(pool.size(), 0);
    assert!(store.peek_code(&hash("none"), now()).await.is_err());
}
