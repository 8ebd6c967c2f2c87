//! A client that is not ours: `curl`. The server is built with the macros over an `SQLite` file, and answers on
//! loopback. And a JOSE library that is not ours: `jwcrypto`.

#[path = "../../examples/tests/support/browser.rs"]
#[allow(dead_code, reason = "shared with the tests of the examples, which use all of it")]
mod browser;
mod curl;
mod curl_errors;
mod curl_flows;
mod fapi2;
mod jose;
mod world;
