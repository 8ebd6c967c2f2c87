//! How to move from oauthlib.
//!
//! **Problem.** There is a `RequestValidator` in Python, with its servers and its tests.
//!
//! **Code.** Hooks have oauthlib's names where they mean the same, and most of yours need not be written again: what the framework finds in
//! its stores by itself is the default of each.
//!
//! ```
//! use oauth_core::prelude::*;
//!
//! #[validator(custom)]
//! struct Validator {
//!     #[store]
//!     store: MemoryStore,
//! }
//!
//! #[validator]
//! impl Validator {
//!     /// `def validate_scopes(self, client_id, scopes, client, request, *args, **kwargs): return "admin" not in scopes`
//!     fn validate_scopes(&self, _client: &Client, scopes: &ScopeSet, _request: &mut Request) -> Result<()> {
//!         if scopes.iter().any(|scope| scope == "admin") {
//!             return Err(Error::invalid_scope("nobody gets `admin` by asking"));
//!         }
//!         Ok(())
//!     }
//! }
//!
//! /// `WebApplicationServer(validator)`
//! #[authorization_server(preset = "web_application", issuer = "https://auth.example.com")]
//! struct Server {
//!     #[validator]
//!     validator: Validator,
//!     #[interaction]
//!     pages: LoginPages,
//! }
//! ```
//!
//! **What to mind.**
//!
//! - The manual's [`oauthlib`](crate::manual::oauthlib) has a table of every method, server, argument and error, and what differs.
//! - A hook refuses with an [`Error`](crate::Error), and no longer with `False`.
//! - PKCE is on. Clients that cannot are exempted one by one, with `danger_pkce_optional`.
//! - Tokens that oauthlib issued are unknown here: let them expire while both run, each at a path of its own.
//! - `examples/from_oauthlib.rs` in the repository is oauthlib's tutorial, whole.
