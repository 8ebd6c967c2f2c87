//! Tokens that are on the disk before they are answered, against what the disk and the database can do: `fdatasync` alone, a commit for
//! each token, and `pgbench` with the same insertion. Rounds alternate, so that all meet the same machine. Then the bytes that a token
//! takes.
//!
//! `cargo bench -p oauth-tests --features interop --bench durable`, with `-- sizes` for the bytes alone

mod sizes;

use std::fs::File;
use std::io::{Seek as _, Write as _};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use oauth_core::claims::TokenClaims;
use oauth_core::prelude::*;
use oauth_core::secret::{SecretString, TokenHash};
use oauth_core::store::{AccessToken, Authorization, FamilyId, Marks, Saving, TokenStore, encode};
use oauth_core::time::UnixTime;
use oauth_tests::postgres::Postgres;
use oauth_tests::valkey;
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use tokio::task::JoinSet;

const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_secs(2);
/// The tokens over which their size is measured.
const TOKENS: u32 = 100_000;
/// The lifetime of a token: none dies while it is measured.
const LIFETIME: Duration = Duration::from_hours(1);

fn main() {
    // Cargo says so to a benchmark; a test run only asks whether it works.
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let is_of_sizes = std::env::args().any(|argument| argument == "sizes");
    let (rounds, round) = if is_bench { (ROUNDS, ROUND) } else { (1, Duration::from_millis(50)) };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        if !is_of_sizes {
            run(rounds, round).await;
        }
        sizes::print(if is_bench || is_of_sizes { TOKENS } else { 10_000 }).await;
    });
}

/// One thing that is measured, with what it came to in each round: operations a second.
struct Row {
    name: &'static str,
    rates: Vec<f64>,
}

impl Row {
    fn median(&self) -> f64 {
        let mut rates = self.rates.clone();
        rates.sort_by(f64::total_cmp);
        rates[rates.len() / 2]
    }
}

async fn run(rounds: usize, round: Duration) {
    let folder = tempfile::tempdir().expect("a folder");
    let sqlite = SqliteStore::open(folder.path().join("oauth.db")).await.expect("a database");
    let options = SqliteConnectOptions::new()
        .filename(folder.path().join("each.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let each = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(Duration::from_mins(1))
        .connect_with(options)
        .await
        .expect("a database");
    sqlx::raw_sql(TABLE).execute(&each).await.expect("a table");
    let server = Postgres::start(&["shared_buffers=128MB"]);
    let url = server.database();
    let pool = PgPoolOptions::new()
        .max_connections(64)
        .min_connections(64)
        .test_before_acquire(false)
        .connect(&url)
        .await
        .expect("a database");
    let postgres = PostgresStore::from_pool(pool).await.expect("its tables");
    let server_of_keys = valkey::Server::start(&["--appendonly", "yes", "--appendfsync", "always"]);
    let valkey = ValkeyStore::connect(&server_of_keys.url()).await.expect("a server");
    let script = folder.path().join("insert.sql");
    std::fs::write(&script, INSERT).expect("a script");
    let psql = Command::new("psql").args(["--quiet", &url, "--command", PG_TABLE]).status();
    assert!(psql.expect("psql runs").success());

    let names = [
        "fdatasync",
        "SQLite, a commit each, 64 callers",
        "SqliteStore, 1 caller",
        "SQLite, a commit each, 1 caller",
        "SqliteStore, 64 callers",
        "SqliteStore, 256 callers",
        "pgbench, 64 connections",
        "PostgresStore, 64 callers",
        "ValkeyStore, 64 callers",
    ];
    let mut rows: Vec<_> = names.into_iter().map(|name| Row { name, rates: Vec::new() }).collect();
    for _ in 0..rounds {
        let rates = [
            syncs(&folder.path().join("file"), round),
            load(64, round, &each, commit).await,
            load(1, round, &sqlite, save).await,
            load(1, round, &each, commit).await,
            load(64, round, &sqlite, save).await,
            load(256, round, &sqlite, save).await,
            inserted(&url, &script, round),
            load(64, round, &postgres, save).await,
            load(64, round, &valkey, save).await,
        ];
        for (row, rate) in rows.iter_mut().zip(rates) {
            row.rates.push(rate);
        }
    }
    println!("{:36} {:>10} {:>12}", "durable tokens", "a second", "to fdatasync");
    let syncs = rows[0].median();
    for row in &rows {
        println!("{:36} {:>10.0} {:>12.2}", row.name, row.median(), row.median() / syncs);
    }
    println!("\n64 callers, shared commits to a commit each: {:.1}", rows[4].median() / rows[1].median());
    println!("1 caller, the same: {:.2}", rows[2].median() / rows[3].median());
    println!("PostgresStore to pgbench: {:.2}", rows[7].median() / rows[6].median());
}

const TABLE: &str = "CREATE TABLE tokens (hash BLOB PRIMARY KEY NOT NULL, record TEXT NOT NULL, marks BLOB NOT NULL, \
    granted_at INTEGER NOT NULL, expires_at INTEGER NOT NULL) STRICT; \
    CREATE INDEX by_expiry ON tokens (expires_at);";

/// The table of `PostgresStore` by another name, so that neither is in the way of the other.
const PG_TABLE: &str = "CREATE TABLE tokens (LIKE oauth_access_tokens INCLUDING ALL)";

/// The same row, made where it costs the client nothing.
const INSERT: &str = "INSERT INTO tokens (hash, record, marks, granted_at, expires_at) VALUES \
    (decode(md5(random()::text) || md5(random()::text), 'hex'), repeat('x', 220), ARRAY[decode(md5('a'), 'hex'), decode(md5('b'), 'hex'), \
    decode(md5('c'), 'hex'), decode(md5('d'), 'hex'), decode(md5('e'), 'hex'), decode(md5('f'), 'hex')], 1700000000, 4700000000 + \
    (random() * 1000)::bigint);";

fn token() -> AccessToken {
    let now = UnixTime::now();
    let mut authorization = Authorization::new("calendar", now);
    authorization.subject = Some("user-1".to_owned());
    let hash = TokenHash::of(SecretString::random().expose());
    authorization.family = Some(FamilyId::of_code(&hash));
    AccessToken {
        hash,
        authorization: Arc::new(authorization),
        scopes: ScopeSet::parse("profile calendar").expect("scopes"),
        claims: TokenClaims::default(),
        issued_at: now,
        expires_at: now + LIFETIME,
    }
}

async fn save<S: TokenStore>(store: S) {
    let saving = store.save_tokens(Some(token()), None, UnixTime::now()).await;
    assert_eq!(saving.expect("it is written"), Saving::Saved);
}

/// What a store does that commits each token alone.
async fn commit(pool: sqlx::SqlitePool) {
    let token = token();
    let marks = Marks::of(&token.hash, &token.authorization);
    sqlx::query(
        "INSERT INTO tokens (hash, record, marks, granted_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )
    .bind(&token.hash.as_bytes()[..])
    .bind(encode("save a token", &token).expect("JSON"))
    .bind(marks.as_bytes())
    .bind(1_700_000_000_i64)
    .bind(4_700_000_000_i64)
    .execute(&pool)
    .await
    .expect("it is kept");
}

/// Operations a second, by so many callers.
async fn load<T, F>(callers: usize, round: Duration, on: &T, one: fn(T) -> F) -> f64
where
    T: Clone + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let (done, mut running) = (Arc::new(AtomicU64::new(0)), JoinSet::new());
    let started = Instant::now();
    for _ in 0..callers {
        let (on, done) = (on.clone(), Arc::clone(&done));
        running.spawn(async move {
            while started.elapsed() < round {
                one(on.clone()).await;
                done.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    running.join_all().await;
    rate(done.load(Ordering::Relaxed), started.elapsed())
}

/// The writes of a page that are on the disk, one after the other.
fn syncs(path: &std::path::Path, round: Duration) -> f64 {
    let (mut file, page) = (File::create(path).expect("a file"), [7; 4096]);
    let (started, mut done) = (Instant::now(), 0);
    while started.elapsed() < round {
        file.rewind().expect("a file");
        file.write_all(&page).expect("room");
        file.sync_data().expect("a disk");
        done += 1;
    }
    rate(done, started.elapsed())
}

fn rate(done: u64, elapsed: Duration) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "counts of some seconds")]
    let done = done as f64;
    done / elapsed.as_secs_f64()
}

fn inserted(url: &str, script: &std::path::Path, round: Duration) -> f64 {
    let seconds = round.as_secs().max(1).to_string();
    let script = script.to_str().expect("UTF-8");
    let said = pgbench(url, &["-n", "-M", "prepared", "-c", "64", "-j", "2", "-T", &seconds, "-f", script]);
    let tps = said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
    tps.unwrap_or_else(|| panic!("pgbench says no rate: {said}"))
}

fn pgbench(url: &str, args: &[&str]) -> String {
    let bin = std::fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL is installed");
    let bin = bin
        .filter_map(Result::ok)
        .map(|version| version.path().join("bin/pgbench"))
        .find(|path| path.exists());
    let output =
        Command::new(bin.expect("pgbench is installed")).args(args).arg(url).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
