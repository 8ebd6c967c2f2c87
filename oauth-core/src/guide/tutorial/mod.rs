//! The tutorial: six steps, each a program that compiles.
//!
//! 1. [`programs`]: a server that issues tokens to programs
//! 2. [`people`]: a person logs in, and a client gets a code
//! 3. [`claims`]: tokens that say something
//! 4. [`api`]: an API that takes the tokens
//! 5. [`keeping`]: it stays, over restarts and deployments
//! 6. [`testing`]: it is tested, by a suite that knows the rules
//!
//! You need Rust and a C compiler. A new project has this in its `Cargo.toml`; until there is a release, `oauth-core` comes from its
//! repository by `git` or `path`:
//!
//! ```toml
//! [dependencies]
//! oauth-core = "0.1"
//! axum = "0.8"
//! tokio = { version = "1", features = ["macros", "net", "rt-multi-thread"] }
//!
//! [dev-dependencies]
//! oauth-core = { version = "0.1", features = ["conformance"] }
//!
//! # Hashing passwords takes half a second without optimisation.
//! [profile.dev.package.argon2]
//! opt-level = 3
//! [profile.dev.package.blake2]
//! opt-level = 3
//! ```

pub mod api;
pub mod claims;
pub mod keeping;
pub mod people;
pub mod programs;
pub mod testing;
