//! The rules of configurations: what is refused, when, and what is accepted instead.
//!
//! - An *error* does not compile: a specification says MUST, the configuration could not work, or it is past a limit that we set.
//! - A *warning* compiles, and the compiler says what a specification advises against. `allow(name, reason = "…")` silences it,
//!   and [`report`](crate::server::Start::report) shows the reason.
//! - What a *`danger_`* argument allows weakens security; its name says so wherever it is written. What is done *by name* takes
//!   a profile or an argument that says as much. `deny(rfc9700)`, for example, makes errors of what that document advises
//!   against, warnings or not.
//! - Rules *at start* are those that only a run can check, such as that a key signs. An *error, at start* is also checked there, in
//!   the same words, of what no macro has seen: an issuer from the environment, a server that is generic or written by hand.
//!   `into_service` and `into_router` report every one that is broken at once.
//!
//! The rules of requests are in [`Rule::all`](crate::server::Rule::all), and `conformance!` tests those of your own server.
#![doc = include_str!("rules.md")]
