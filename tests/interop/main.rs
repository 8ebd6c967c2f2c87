//! Clients that are not ours: `curl`, and the `oauth2` crate. The server is built with the macros over an `SQLite` file, and
//! answers on loopback.

#[path = "../../examples/tests/support/browser.rs"]
#[allow(dead_code, reason = "shared with the tests of the examples, which use all of it")]
mod browser;
mod curl;
mod curl_errors;
mod curl_flows;
mod oauth2_crate;
mod world;
