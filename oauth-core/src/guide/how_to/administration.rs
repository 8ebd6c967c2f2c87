//! How to administer a server: clients, users, sessions and grants.
//!
//! **Problem.** Somebody registers a client, replaces a secret that leaked, or shuts a person out.
//!
//! **Code.** [`Admin`](crate::admin::Admin) has a function for each, over a running server or over the store alone. Each is an event in the log.
//!
//! ```
//! use std::time::Duration;
//!
//! use oauth_core::admin::Admin;
//! use oauth_core::prelude::*;
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let admin = Admin::of_store(MemoryStore::new());
//! let client = Client::confidential("robot", &ClientSecret::generate()).scope("reports").build()?;
//! admin.create_client(client).await?;
//!
//! // The old secret counts for a day more, so that the client can learn the new one.
//! let secret = admin.rotate_secret("robot", Duration::from_secs(24 * 60 * 60)).await?;
//! assert!(secret.expose().len() >= ClientSecret::MIN_LENGTH);
//!
//! admin.create_user(User::new("248289761001", "alice").with_password("correct horse battery staple")?).await?;
//! admin.sign_out_everywhere("248289761001").await?;
//! admin.delete_client("robot").await?;
//! assert!(admin.clients(None, 100).await?.items.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! **What to mind.**
//!
//! - Over a running server ([`Admin::of_server(server.clone())`](crate::admin::Admin::of_server)), the clients of a session that is ended are told of it.
//! - Whoever may call such a function may do anything: put endpoints of yours that do behind a login and a right of their own.
//! - Lists come in pages: the cursor of one is what the next begins after.
//! - With the feature `admin`, `admin::cli` is a program over the same functions, for a terminal; `provider` in the repository has it. It keeps
//!   its acts in the audit table, and does none that cannot be kept there.
//! - What an operator does when something breaks is in the manual's [`running`](crate::manual::running).
