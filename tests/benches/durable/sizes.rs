//! The bytes that a live token takes where it is kept, with its indexes.

use std::path::Path;
use std::sync::Arc;

use oauth_core::prelude::*;
use oauth_core::store::{AccessToken, Authorization, Saving, TokenStore};
use oauth_core::time::UnixTime;
use oauth_tests::postgres::Postgres;
use oauth_tests::valkey;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{Connection as _, PgConnection};
use tokio::task::JoinSet;

use crate::token;

const CALLERS: u32 = 256;

/// A kind of token, by what makes one.
type Kind = fn() -> AccessToken;

/// Prints a table of stores, over so many tokens of each kind.
pub(crate) async fn print(tokens: u32) {
    println!("\n{:36} {:>10} {:>12}", "bytes a token", "of a client", "of a person");
    let row = |name: &str, sizes: [u64; 2]| println!("{name:36} {:>10} {:>12}", sizes[0], sizes[1]);
    let kinds: [Kind; 2] = [of_client, token];
    let mut sizes = [0; 2];
    for (size, kind) in sizes.iter_mut().zip(kinds) {
        let store = MemoryStore::new();
        let before = resident();
        fill(&store, tokens, kind).await;
        *size = (resident() - before) / u64::from(tokens);
    }
    row("MemoryStore, resident", sizes);
    let folder = tempfile::tempdir().expect("a folder");
    for ((number, size), kind) in (0..).zip(&mut sizes).zip(kinds) {
        *size = sqlite(&folder.path().join(format!("{number}.db")), tokens, kind).await;
    }
    row("SqliteStore, the file", sizes);
    let server = Postgres::start(&["fsync=off"]);
    for (size, kind) in sizes.iter_mut().zip(kinds) {
        *size = postgres(&server.database(), tokens, kind).await;
    }
    row("PostgresStore, with indexes", sizes);
    for (size, kind) in sizes.iter_mut().zip(kinds) {
        *size = of_valkey(tokens, kind).await;
    }
    row("ValkeyStore, used_memory", sizes);
}

/// A token that a client got for itself.
fn of_client() -> AccessToken {
    let token = token();
    AccessToken { authorization: Arc::new(Authorization::new("calendar", token.issued_at)), ..token }
}

async fn fill<S: TokenStore + Clone + Send + 'static>(store: &S, tokens: u32, kind: Kind) {
    let mut running = JoinSet::new();
    for caller in 0..CALLERS {
        let (store, share) = (store.clone(), (tokens + caller) / CALLERS);
        running.spawn(async move {
            for _ in 0..share {
                let saving = store.save_tokens(Some(kind()), None, UnixTime::now()).await;
                assert_eq!(saving.expect("it is written"), Saving::Saved);
            }
        });
    }
    running.join_all().await;
}

/// The bytes that this process has in memory.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("a status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB"));
    line.expect("kilobytes").parse::<u64>().expect("a number") * 1024
}

async fn sqlite(path: &Path, tokens: u32, kind: Kind) -> u64 {
    let store = SqliteStore::open(path).await.expect("a database");
    let before = in_file(path).await;
    fill(&store, tokens, kind).await;
    (in_file(path).await - before) / u64::from(tokens)
}

/// The bytes of the file, once all that is in its log is there, too.
async fn in_file(path: &Path) -> u64 {
    let options = SqliteConnectOptions::new().filename(path);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.expect("a database");
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&pool).await.expect("nobody is in the way");
    pool.close().await;
    std::fs::metadata(path).expect("a file").len()
}

async fn postgres(url: &str, tokens: u32, kind: Kind) -> u64 {
    let store = PostgresStore::connect(url).await.expect("its tables");
    let mut connection = PgConnection::connect(url).await.expect("a database");
    let mut size = async || -> i64 {
        let size = sqlx::query_scalar("SELECT pg_total_relation_size('oauth_access_tokens')");
        size.fetch_one(&mut connection).await.expect("a size")
    };
    let before = size().await;
    fill(&store, tokens, kind).await;
    u64::try_from(size().await - before).expect("it grows") / u64::from(tokens)
}

async fn of_valkey(tokens: u32, kind: Kind) -> u64 {
    let server = valkey::Server::start(&[]);
    let store = ValkeyStore::connect(&server.url()).await.expect("a server");
    let used = || {
        let said = server.ask(&["info", "memory"]);
        let used =
            said.lines().find_map(|line| line.strip_prefix("used_memory:")?.trim().parse::<u64>().ok());
        used.expect("it says")
    };
    let before = used();
    fill(&store, tokens, kind).await;
    (used() - before) / u64::from(tokens)
}
