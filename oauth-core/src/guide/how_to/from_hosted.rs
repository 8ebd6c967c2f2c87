//! How to move from a hosted provider.
//!
//! **Problem.** Clients and people are at a provider, which exports them. Nobody shall have to choose a new password.
//!
//! **Code.** Clients are RFC 7591 metadata, which most providers export or are close to. Password hashes in argon2id go into the store as they
//! are:
//!
//! ```
//! use oauth_core::admin::{Admin, read_line};
//! use oauth_core::prelude::*;
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let store = MemoryStore::new();
//! let admin = Admin::of_store(store.clone());
//! // One line a client. Its secret is hashed, and goes on working.
//! let export = r#"{"client_id": "f81d4fae", "client_secret": "the-secret-that-they-have-already", "client_name": "Calendar", "redirect_uris": ["https://calendar.example/callback"], "grant_types": ["authorization_code", "refresh_token"], "scope": "calendar"}"#;
//! for line in export.lines() {
//!     admin.import_client(read_line(line)?).await?;
//! }
//!
//! let mut alice = User::new("auth0|5f7c8ec7c33c6c004bbafe82", "alice@example.com");
//! alice.password_hash = Some("$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$…".to_owned());
//! admin.create_user(alice).await?;
//! # assert!(admin.client("f81d4fae").await?.scope.contains("calendar"));
//! # Ok(())
//! # }
//! ```
//!
//! Hashes in another format are replaced when people log in: the hook checks with the old one, and keeps a new one. They are in a
//! table of the store's database: `cargo add sqlx@0.9 --no-default-features -F sqlite`.
//!
//! ```
//! use oauth_core::interaction::password;
//! use oauth_core::prelude::*;
//! use sqlx::SqlitePool;
//!
//! #[validator(custom)]
//! struct Accounts {
//!     #[store]
//!     store: SqliteStore,
//!     /// `CREATE TABLE old_hashes (subject TEXT PRIMARY KEY, hash TEXT)`
//!     old: SqlitePool,
//! }
//!
//! #[validator]
//! impl Accounts {
//!     async fn validate_user(&self, name: &str, password: &str, request: &mut Request) -> Result<Option<User>> {
//!         if let Some(user) = password::validate_user(self, name, password, request).await? {
//!             return Ok(Some(user));
//!         }
//!         let Some(user) = self.store.user_by_username(name).await? else { return Ok(None) };
//!         // Whoever has a password here has no other one: the old one may be what a thief has.
//!         if user.password_hash.is_some() {
//!             return Ok(None);
//!         }
//!         let hash: Option<String> = sqlx::query_scalar("SELECT hash FROM old_hashes WHERE subject = ?")
//!             .bind(&user.subject)
//!             .fetch_optional(&self.old)
//!             .await?;
//!         if !hash.is_some_and(|hash| matches_bcrypt(password, &hash)) {
//!             return Ok(None);
//!         }
//!         let password = password.to_owned();
//!         let user = tokio::task::spawn_blocking(move || user.with_password(&password)).await??;
//!         self.store.save_user(user.clone()).await?;
//!         sqlx::query("DELETE FROM old_hashes WHERE subject = ?").bind(&user.subject).execute(&self.old).await?;
//!         Ok(Some(user))
//!     }
//! }
//! # fn matches_bcrypt(_: &str, _: &str) -> bool { false }
//! ```
//!
//! **What to mind.**
//!
//! - Keep the subjects as they are: APIs and clients know people by them.
//! - Keep the issuer, if you can: a domain of your own that pointed to the provider. With another one, clients need its URL, and tokens of
//!   the old one open nothing.
//! - Keep the client identifiers and secrets, and register redirect URIs one by one: wildcards do not exist here.
//! - `matches_bcrypt` is yours, by a crate for that format. It belongs off the threads that serve requests, as hashing does, and should
//!   take as long for a name that nobody has.
//! - Refresh tokens cannot be moved: people log in once. Run both until the last access token of the old one has expired.
//! - An export has secrets: delete it.
