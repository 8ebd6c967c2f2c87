//! The server of a soak (`soak.rs`): its tokens live for seconds, and its store has many from the start, which expire at one moment.
//! `soak_server memory|FILE TOKENS UNIX-TIME`

use std::error::Error;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;

use oauth_core::claims::TokenClaims;
use oauth_core::prelude::*;
use oauth_core::secret::SecretString;
use oauth_core::store::{AccessToken, Authorization, FamilyId, Saving, TokenStore};
use oauth_core::time::UnixTime;
use oauth_tests::{WORKER, WorkServer, Workers, workers};
use sqlx::{Connection as _, SqliteConnection};
use tokio::net::TcpListener;

#[token_generator(opaque, expires_in = "4s")]
struct ShortLived;

#[tokio::main]
async fn main() -> std::result::Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [store, tokens, end] = arguments.as_slice() else { return Err("see the head of this file".into()) };
    let (tokens, end) = (tokens.parse()?, UnixTime::from_secs(end.parse()?));
    if store == "memory" {
        let store = MemoryStore::new();
        for _ in 0..tokens {
            save(&store, end).await?;
        }
        serve(store).await
    } else {
        let (file, store) = (Path::new(store), SqliteStore::open(store).await?);
        save(&store, end).await?;
        multiply(file, tokens).await?;
        serve(store).await
    }
}

/// Keeps one token of a person that lives until then.
async fn save(store: &impl TokenStore, end: UnixTime) -> std::result::Result<(), Box<dyn Error>> {
    let now = UnixTime::now();
    let mut authorization = Authorization::new("worker".to_owned(), now);
    authorization.family = Some(FamilyId::random());
    let token = AccessToken {
        hash: SecretString::random().hash(),
        scopes: authorization.scopes.clone(),
        authorization: Arc::new(authorization),
        claims: TokenClaims::default(),
        issued_at: now,
        expires_at: end,
    };
    match store.save_tokens(Some(token), None, now).await? {
        Saving::Saved => Ok(()),
        Saving::Revoked => Err("it is revoked from the start".into()),
    }
}

/// Makes so many of the one row that there is: what nobody asks for need have nothing of its own but its hash.
async fn multiply(file: &Path, tokens: i64) -> std::result::Result<(), Box<dyn Error>> {
    let mut connection = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await?;
    sqlx::query(
        "WITH RECURSIVE numbers (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?1) \
         INSERT INTO oauth_access_tokens (hash, record, marks, granted_at, expires_at) \
         SELECT randomblob(32), record, marks, granted_at, expires_at FROM oauth_access_tokens, numbers",
    )
    .bind(tokens)
    .execute(&mut connection)
    .await?;
    sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

/// Registers the client, says where it serves and who may ask, and serves until it is killed.
async fn serve<S>(store: S) -> std::result::Result<(), Box<dyn Error>>
where
    S: ClientStore,
    Workers<S>: RequestValidator + 'static,
{
    let server = WorkServer { accounts: workers(store).await, tokens: ShortLived }.start()?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    println!("http://{} {WORKER}", listener.local_addr()?);
    Ok(oauth_core::serve(listener, server.clone().into_router()).maintain(&server).await?)
}
