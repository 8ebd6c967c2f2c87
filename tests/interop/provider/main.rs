//! Clients that are not ours, against `examples/provider` as a user runs it.
//!
//! Needs what `tests/interop/setup.sh` makes, and the program: `cargo build -p oauth-examples --examples`.

mod conformance;
mod encrypted;
mod http;
mod logout;
mod mcp;
mod oauth2_crate;
mod openidconnect_crate;
mod scripts;
mod strict;
#[path = "../../../examples/tests/support/mod.rs"]
#[allow(dead_code, reason = "shared with the tests of the examples, which use all of it")]
mod support;
#[path = "../../strangers/web.rs"]
#[allow(dead_code, reason = "shared with the tests of clients that come by themselves, which use all of it")]
mod web;
mod world;
