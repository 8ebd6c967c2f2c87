//! The server of a soak (`soak.rs`): its tokens live for seconds, and its store has many from the start, which expire at one moment.
//! `soak_server memory|FILE TOKENS UNIX-TIME`

use std::error::Error;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use oauth_core::prelude::*;
use oauth_core::secret::SecretString;
use oauth_core::store::{AccessToken, Authorization, FamilyId, Saving, TokenStore};
use oauth_core::time::UnixTime;
use serde_json::Map;
use sqlx::{Connection as _, SqliteConnection};
use tokio::net::TcpListener;

#[validator]
struct InMemory {
    #[store]
    store: MemoryStore,
}

#[validator]
struct InSqlite {
    #[store]
    store: SqliteStore,
}

#[token_generator(opaque, expires_in = "4s")]
struct ShortLived;

#[authorization_server(issuer = "https://auth.example.com", grants(client_credentials), scopes("jobs"))]
struct OverMemory {
    #[validator]
    validator: InMemory,
    #[access_token]
    tokens: ShortLived,
}

#[authorization_server(issuer = "https://auth.example.com", grants(client_credentials), scopes("jobs"))]
struct OverSqlite {
    #[validator]
    validator: InSqlite,
    #[access_token]
    tokens: ShortLived,
}

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
        let basic = register(&store).await?;
        serve(basic, OverMemory { validator: InMemory { store }, tokens: ShortLived }).await
    } else {
        let (file, store) = (Path::new(store), SqliteStore::open(store).await?);
        save(&store, end).await?;
        multiply(file, tokens).await?;
        let basic = register(&store).await?;
        serve(basic, OverSqlite { validator: InSqlite { store }, tokens: ShortLived }).await
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
        claims: Map::new(),
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

/// Registers the client; the value of its `Authorization` header.
async fn register(
    store: &impl oauth_core::store::ClientStore,
) -> std::result::Result<String, Box<dyn Error>> {
    let secret = ClientSecret::generate();
    store.save_client(Client::confidential("worker", &secret).scope("jobs").build()?).await?;
    Ok(format!("Basic {}", STANDARD.encode(format!("worker:{}", secret.expose()))))
}

/// Says where it serves and who may ask, and serves until it is killed.
async fn serve<S: AuthorizationServer>(basic: String, server: S) -> std::result::Result<(), Box<dyn Error>> {
    let server = server.start()?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    println!("http://{} {basic}", listener.local_addr()?);
    Ok(oauth_core::serve(listener, server.clone().into_router()).maintain(&server).await?)
}
