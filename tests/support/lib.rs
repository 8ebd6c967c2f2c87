//! The parts that the tests share: a server over any store, its clients, and a browser-less way to talk to
//! it.
#![expect(clippy::missing_panics_doc, reason = "a test support panics: that is how a test fails")]

mod answer;
mod app;
#[cfg(feature = "interop")]
mod environment;
mod failing;
mod jwt;
mod openid;
#[cfg(feature = "interop")]
mod port;
#[cfg(feature = "interop")]
pub mod postgres;
mod prover;
mod server;
mod site;
#[cfg(feature = "interop")]
pub mod valkey;
mod worker;

pub use self::answer::Answer;
pub use self::app::{App, basic};
#[cfg(feature = "interop")]
pub use self::environment::{node, python};
pub use self::failing::{CAUSE, Failing, Role};
pub use self::jwt::{Jwt, ReadJwt, SignNow, forge, ready};
pub use self::openid::{Person, Provider, RESPONSE_TYPES, relying_parties};
#[cfg(feature = "interop")]
pub use self::port::free_port;
pub use self::prover::{Draft, Prover, ath, claims};
pub use self::server::{Accounts, Alice, Store, TestServer, clients, secret};
pub use self::site::Site;
pub use self::worker::{WORKER, WorkServer, Workers, workers};

/// The verifier of RFC 7636 Appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

/// The challenge of RFC 7636 Appendix B.
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// The issuer of every test server.
pub const ISSUER: &str = "https://auth.example.com";
