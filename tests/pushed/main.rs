//! Pushed authorization requests, RFC 9126: what is pushed, what a browser makes of it, and what somebody else would.

mod attacks;
mod configuration;
mod dpop;
mod endpoint;
mod loading;
mod pages;
#[path = "../dpop/prover.rs"]
#[allow(dead_code, reason = "shared with the tests of DPoP, which use all of it")]
mod prover;
mod required;
mod world;
