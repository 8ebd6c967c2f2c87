//! Step 5: it stays, over restarts and deployments.
//!
//! Three things must outlive the process: what it remembers, its keys, and its address.
//!
//! ```no_run
//! use oauth_core::prelude::*;
//!
//! #[validator]
//! struct Accounts {
//!     #[store]
//!     store: SqliteStore,
//! }
//!
//! #[token_generator(jwt, issuer = self.issuer, audience = "https://api.example.com", expires_in = "15m")]
//! struct AccessTokens {
//!     issuer: String,
//!     #[signing_key]
//!     keys: KeyRing,
//! }
//!
//! #[authorization_server(
//!     grants(authorization_code, refresh_token, client_credentials),
//!     scopes("profile" = "Know your name", "calendar" = "See your calendar")
//! )]
//! struct AuthServer {
//!     #[validator]
//!     accounts: Accounts,
//!     #[access_token]
//!     tokens: AccessTokens,
//!     #[interaction]
//!     pages: LoginPages,
//! }
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let issuer = std::env::var("ISSUER").unwrap_or_else(|_| "http://127.0.0.1:8080".to_owned());
//!     let store = SqliteStore::open("oauth.db").await?;
//!     let keys = KeyRing::load_or_generate("oauth.key.pem", Algorithm::ES256)?;
//!
//!     let server = AuthServer {
//!         accounts: Accounts { store: store.clone() },
//!         tokens: AccessTokens { issuer, keys },
//!         pages: LoginPages::new(),
//!     }
//!     .start()?;
//!     let app = server.clone().into_router().merge(server.health().into_router());
//!     let listener = tokio::net::TcpListener::bind("0.0.0.0:8080").await?;
//!     oauth_core::serve(listener, app).maintain(&server).await?;
//!     store.close().await;
//!     Ok(())
//! }
//! ```
//!
//! - [`SqliteStore`](crate::store::SqliteStore) makes its tables by itself, and brings old ones up to date.
//! - `load_or_generate` makes the key at the first start, in a file that only its owner reads. With another key at each start, every API
//!   would refuse every token that was issued before.
//! - `issuer = self.field` is for one program in several environments. It is checked at the start.
//! - [`health`](crate::server::RunningServer::health) serves `GET /health/alive` and `GET /health/ready`.
//! - At SIGTERM, [`serve`](crate::serve()) says that it is not ready, lets load balancers notice, and answers what is under way.
//! - The server writes to [`tracing`](https://docs.rs/tracing) and prints nothing. `tracing_subscriber::fmt::init()` at the top of `main`
//!   shows a line for each token that is issued or refused, and the cause of each failure.
//!
//! # More than one instance
//!
//! Instances share their store, and their keys with it. `PostgresStore`
//! comes with the feature `postgres`; the keys are sealed with a key of yours, which is in no database.
//!
//! ```
//! # #[cfg(feature = "postgres")]
//! # mod instances {
//! use oauth_core::keys::{Keks, KeyPolicy, StoredKeys};
//! use oauth_core::prelude::*;
//! use oauth_core::server::{Environment, RunningServer};
//!
//! #[validator]
//! struct Accounts {
//!     #[store]
//!     store: PostgresStore,
//! }
//! # #[token_generator(jwt, issuer = "https://auth.example.com", algorithm = "ES256")]
//! # struct AccessTokens { #[signing_key] keys: KeyRing }
//! # #[authorization_server(grants(client_credentials))]
//! # struct AuthServer { #[validator] accounts: Accounts, #[access_token] tokens: AccessTokens }
//!
//! async fn start() -> Result<RunningServer<AuthServer>, Box<dyn std::error::Error>> {
//!     let store = PostgresStore::connect(&std::env::var("DATABASE_URL")?).await?;
//!     // `OAUTH_KEKS="a:<base64 of 32 random bytes>"`
//!     let keks = Keks::parse(&std::env::var("OAUTH_KEKS")?)?;
//!     let keys = StoredKeys::open(store.clone(), keks, KeyPolicy::new([Algorithm::ES256])).await?;
//!     let tokens = AccessTokens { keys: keys.ring(Algorithm::ES256)? };
//!     let server = AuthServer { accounts: Accounts { store }, tokens };
//!     Ok(server.start_in(Environment::new().keys(keys))?)
//! }
//! # }
//! ```
//!
//! Behind a reverse proxy, name it with [`Environment::trusted_proxies`](crate::server::Environment::trusted_proxies): else nothing can be
//! limited by address. All that is around a server in production is in the manual's [`running`](crate::manual::running). The next step: [it is tested](super::testing).
