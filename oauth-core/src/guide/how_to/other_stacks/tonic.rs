//! How to guard a gRPC service in tonic, and to mount a server beside it.
//!
//! **Problem.** An API is gRPC, served by tonic 0.14, and its clients send access tokens in the metadatum `authorization`.
//!
//! ```toml
//! [dependencies]
//! axum = "0.8"
//! http = "1"
//! oauth-core = { version = "0.1", default-features = false, features = ["macros", "axum", "pages", "http-client"] }
//! prost = "0.14"
//! tokio = { version = "1", features = ["macros", "net", "rt-multi-thread"] }
//! tonic = "0.14"
//! tonic-prost = "0.14"
//!
//! [build-dependencies]
//! tonic-prost-build = "0.14"
//! ```
//!
//! `calendar.proto` is beside `Cargo.toml`, and `build.rs` makes Rust of it, by the program `protoc` (`apt install protobuf-compiler`):
//!
//! ```text
//! syntax = "proto3";
//! package calendar;
//!
//! service Calendar {
//!   rpc List(Day) returns (Events);
//!   rpc Add(Events) returns (Day);
//! }
//! message Day { string date = 1; }
//! message Events { repeated string titles = 1; }
//! ```
//!
//! ```text
//! fn main() -> std::io::Result<()> {
//!     tonic_prost_build::compile_protos("calendar.proto")
//! }
//! ```
//!
//! **Code.** A tower layer asks for the token, and what it refuses is told as gRPC tells it: `UNAUTHENTICATED` where the token is missing
//! or bad, `PERMISSION_DENIED` where it lacks a scope.
//!
#![cfg_attr(not(doctest), doc = concat!("```rust\n", include_str!("programs/tonic.rs"), "```"))]
//!
//! This is a module of its own, `grpc.rs`. Beside `mod grpc;`, `main.rs` has `mod calendar { tonic::include_proto!("calendar"); }` and the
//! `main` of [the tutorial](crate::guide::tutorial::people), whose error is a `Box<dyn Error + Send + Sync>` here, until the server has
//! started: then `grpc::serve(listener, server).await`.
//!
//! **What to mind.**
//!
//! - An interceptor of tonic is no place for it: it cannot wait, and does not know the path, which a proof of a key (DPoP) is bound to.
//! - `route_layer` guards what there is. A service beside them that is for everyone (health, reflection) is merged after it.
//! - An API in a process of its own has the layer of a [`#[resource_server]`](macro@crate::resource_server), and no server.
//! - Without HTTP/1.1 (`accept_http1`), browsers without TLS and many clients cannot reach the authorization server.
