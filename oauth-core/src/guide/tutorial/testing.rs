//! Step 6: it is tested, by a suite that knows the rules.
//!
//! # The rules of requests
//!
//! With the feature `conformance`, one line writes a test for each rule of OAuth that concerns your server, with the section in its name.
//! They run over your hooks, your stores and your pages:
//!
//! ```
//! # #[cfg(feature = "conformance")]
//! # mod program {
//! use oauth_core::prelude::*;
//!
//! #[validator]
//! struct Accounts {
//!     #[store]
//!     store: MemoryStore,
//! }
//!
//! #[authorization_server(
//!     issuer = "https://auth.example.com",
//!     grants(authorization_code, refresh_token),
//!     scopes("calendar" = "See your calendar")
//! )]
//! struct AuthServer {
//!     #[validator]
//!     accounts: Accounts,
//!     #[interaction]
//!     pages: LoginPages,
//! }
//!
//! # /*
//! #[cfg(test)]
//! # */
//! mod tests {
//!     use super::*;
//!
//!     oauth_core::conformance!(AuthServer, |fixture| {
//!         let store = MemoryStore::new();
//!         store.save_user(fixture.user()?).await?;
//!         AuthServer { accounts: Accounts { store }, pages: LoginPages::new() }
//!     });
//! }
//! # }
//! ```
//!
//! The closure makes a server for one test. The suite registers the clients that it needs, and logs its user in at the pages. With a login of
//! your own, `Fixture::approve` says how a
//! request comes from somebody who agrees. At the end, the suite tells how many rules your
//! server keeps, and which were not run, because it lacks what they are about or the suite lacks a way to try them.
//!
//! A failure tells what was sent, what was expected and why, what came, and what is most likely wrong.
//!
//! # What the compiler refuses
//!
//! The rules of configurations need no test. This validator says who keeps clients and tokens; nobody keeps codes:
//!
//! ```compile_fail
//! use oauth_core::prelude::*;
//!
//! #[validator]
//! struct Accounts {
//!     #[clients]
//!     clients: MemoryStore,
//!     #[tokens]
//!     tokens: MemoryStore,
//! }
//!
//! #[authorization_server(
//!     issuer = "https://auth.example.com",
//!     grants(client_credentials, authorization_code, refresh_token)
//! )]
//! struct AuthServer {
//!     #[validator]
//!     accounts: Accounts,
//!     #[interaction]
//!     pages: LoginPages,
//! }
//! ```
//!
//! ```text
//! error[E0277]: `NoStore` cannot keep authorization codes, which the grant `authorization_code` needs
//!    |                                ^^^^^^^^^^^^^^^^^^ no store plays the role `codes`
//!    = note: the `#[validator]` struct says who keeps them: `#[store] store: SqliteStore` (all roles), or `#[codes] codes: …`
//! ```
//!
//! A claim that the server sets itself is refused, as well:
//!
//! ```compile_fail
//! use oauth_core::prelude::*;
//!
//! #[validator(custom)]
//! struct Accounts {
//!     #[store]
//!     store: MemoryStore,
//! }
//!
//! #[validator]
//! impl Accounts {
//!     #[claim("sub")]
//!     fn subject_of_ours(&self, request: &Request) -> Option<String> {
//!         request.subject.clone()
//!     }
//! }
//! ```
//!
//! ```text
//! error: the claim `sub` is set by the framework (RFC 7519 §4.1): choose another name
//! ```
//!
//! More of them are in [`errors`](crate::guide::errors), and all in the manual's [`rules`](crate::manual::rules).
//!
//! # Time
//!
//! Nothing needs to sleep. A server reads its [`Clock`](crate::clock::Clock), and a test turns it:
//!
//! ```
//! use std::time::Duration;
//!
//! use oauth_core::clock::Clock;
//! use oauth_core::prelude::*;
//! use oauth_core::server::Environment;
//!
//! # #[validator] struct Accounts { #[store] store: MemoryStore }
//! # #[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
//! # struct AuthServer { #[validator] accounts: Accounts }
//! # let accounts = Accounts { store: MemoryStore::new() };
//! let clock = Clock::manual();
//! let server = AuthServer { accounts }.start_in(Environment::new().clock(clock.clone()))?;
//! let before = server.now();
//! clock.advance(Duration::from_secs(3600));
//! assert_eq!(server.now().since(before), Duration::from_secs(3600));
//! # Ok::<(), oauth_core::server::ConfigurationError>(())
//! ```
//!
//! That is the tutorial. [`concepts`](crate::guide::concepts) names the parts; [`how_to`](crate::guide::how_to) has what comes next.
