//! How to mount a server in actix-web, and to guard its handlers.
//!
//! **Problem.** The application is served by actix-web 4, whose types of HTTP are its own.
//!
//! ```toml
//! [dependencies]
//! actix-web = "4"
//! futures-util = "0.3"
//! http = "1"
//! http-body = "1"
//! http-body-util = "0.1"
//! oauth-core = { version = "0.1", default-features = false, features = ["macros", "pages", "http-client"] }
//! tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
//! ```
//!
//! **Code.** Two functions translate, a head one way and a response the other:
//!
#![cfg_attr(not(doctest), doc = concat!("```rust\n", include_str!("programs/actix_web.rs"), "```"))]
//!
//! `main` is that of [the tutorial](crate::guide::tutorial::people), until the server has started: then `serve(std::net::TcpListener::bind("127.0.0.1:8080")?, server).await?`.
//!
//! **What to mind.**
//!
//! - A `web::scope` keeps the whole path of a request, so that `config` can be that of a scope with an empty prefix.
//! - Each worker has a clone of the server, and all of them share what it keeps and counts.
//! - The body comes as `web::Payload`: the limits of `PayloadConfig` are not applied, those of the server are.
//! - Behind a proxy, name it with [`trusted_proxies`](crate::server::Environment::trusted_proxies).
