//! The checks of a configuration by OpenIddict and node-oidc-provider, and which rule of ours each is.
//!
//! Both find such mistakes when they start, or when the first request comes. Here each is
//!
//! - a rule of [`rules`](super::rules), by its name: an error of the compiler, and for servers written by hand an error at start;
//! - *at start*: only a run can tell, and [`into_router`](crate::server::Start::into_router) tells it with all others;
//! - *by construction*: a type leaves no way to say it;
//! - or it *does not apply*: it is about something that is not here.
//!
//! It was written from the sources of their development branches as they were in 2026; the words are ours.
#![doc = include_str!("peer_checks.md")]
