//! How to use your own table of users.
//!
//! **Problem.** Users are in a table that your application has. The built-in pages shall check passwords against it.
//!
//! **Code.** `cargo add sqlx@0.9 --no-default-features -F sqlite`: the version that [`SqliteStore`](crate::store::SqliteStore) has. The
//! hook `validate_user` answers for them, and the rest stays as it is.
//!
//! ```
//! use oauth_core::prelude::*;
//! use sqlx::SqlitePool;
//!
//! #[validator(custom)]
//! struct Accounts {
//!     #[store]
//!     store: SqliteStore,
//!     members: SqlitePool,
//! }
//!
//! #[validator]
//! impl Accounts {
//!     async fn validate_user(&self, name: &str, password: &str, _request: &mut Request) -> Result<Option<User>> {
//!         let member: Option<(i64, String)> = sqlx::query_as("SELECT id, password FROM members WHERE email = ?")
//!             .bind(name)
//!             .fetch_optional(&self.members)
//!             .await?;
//!         let known = member.as_ref().map(|(_, hash)| hash.clone());
//!         let is_right = matches_hash(password, known).await?;
//!         Ok(member.filter(|_| is_right).map(|(id, _)| User::new(id.to_string(), name)))
//!     }
//! }
//! # async fn matches_hash(password: &str, hash: Option<String>) -> Result<bool> { Ok(hash.as_deref() == Some(password)) }
//!
//! #[authorization_server(issuer = "https://auth.example.com", grants(authorization_code, refresh_token))]
//! struct AuthServer {
//!     #[validator]
//!     accounts: Accounts,
//!     #[interaction]
//!     pages: LoginPages,
//! }
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let memory = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1);
//! # let members = memory.connect("sqlite::memory:").await?;
//! # sqlx::query("CREATE TABLE members (id INTEGER, email TEXT, password TEXT)").execute(&members).await?;
//! # sqlx::query("INSERT INTO members VALUES (7, 'alice@example.com', 'pw')").execute(&members).await?;
//! # let store = SqliteStore::from_pool(sqlx::SqlitePool::connect("sqlite::memory:").await?).await?;
//! # let accounts = Accounts { store, members };
//! # let mut request = Request::default();
//! # let alice = accounts.validate_user("alice@example.com", "pw", &mut request).await.map_err(|e| e.to_string())?;
//! # assert_eq!(alice.map(|user| user.subject).as_deref(), Some("7"));
//! # assert!(accounts.validate_user("bob@example.com", "pw", &mut request).await.map_err(|e| e.to_string())?.is_none());
//! # let _ = AuthServer { accounts, pages: LoginPages::new() }.start()?;
//! # Ok(())
//! # }
//! ```
//!
//! **What to mind.**
//!
//! - `matches_hash` is yours: it compares with whatever your table has, off the threads that serve requests
//!   ([`tokio::task::spawn_blocking`](https://docs.rs/tokio/latest/tokio/task/fn.spawn_blocking.html)), and takes as long for somebody
//!   who does not exist as for a wrong password.
//! - Return the user without a password hash. The store keeps a record of them, by the subject, from their first login on. Remove it with
//!   [`delete_user`](crate::store::UserStore::delete_user) when the member leaves: that ends their sessions and tokens.
//! - After a new password, call [`sign_out_everywhere`](crate::server::RunningServer::sign_out_everywhere).
//! - Guesses are limited already, by name and address. If `Alice@Example.com` and `alice@example.com` are one person to your table,
//!   [`get_login_key`](crate::validator::RequestValidator::get_login_key) says so.
//! - If the table can do all that [`UserStore`](crate::store::UserStore) asks, implement that for a type of yours and name it in the
//!   validator: `#[users] members: Members` beside `#[store]`.
