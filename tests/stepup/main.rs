//! RFC 9470: an API asks for another login, and its server for what the API asks.

mod attacks;
mod authorization;
mod challenge;
mod metadata;
mod program;
#[path = "../dpop/prover.rs"]
#[allow(dead_code, reason = "the other target needs more of it")]
mod prover;
mod tokens;
mod within;
mod world;
