//! How to mount a server in poem, and to guard its handlers.
//!
//! **Problem.** The application is served by poem 3.
//!
//! ```toml
//! [dependencies]
//! oauth-core = { version = "0.1", default-features = false, features = ["macros", "pages", "http-client"] }
//! poem = { version = "3", features = ["tower-compat"] }
//! tokio = { version = "1", features = ["macros", "net", "rt-multi-thread"] }
//! ```
//!
//! **Code.** poem takes a tower service by `compat()`, and asks an extractor of yours for the token:
//!
#![cfg_attr(not(doctest), doc = concat!("```rust\n", include_str!("programs/poem.rs"), "```"))]
//!
//! `main` is that of [the tutorial](crate::guide::tutorial::people), until the server has started: then `serve(listener, server).await?`.
//!
//! **What to mind.**
//!
//! - `Route::nest` takes the prefix away from the path, and the paths of a server begin with that of its issuer: use `at`, as above.
//! - Behind a proxy, name it with [`trusted_proxies`](crate::server::Environment::trusted_proxies).
//! - [`drain`](crate::server::RunningServer::drain) says that the instance is about to stop: call it before
//!   `run_with_graceful_shutdown` ends.
