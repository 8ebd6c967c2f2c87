//! Access tokens that no store keeps: their server reads them back, and asks what is revoked.

mod attacks;
mod conformance;
mod pairwise;
mod program;
#[path = "../dpop/prover.rs"]
#[allow(dead_code, reason = "the other target needs more of it")]
mod prover;
mod readers;
mod record;
mod remote;
mod resources;
mod revocation;
mod servers;
mod switching;
mod world;
mod writing;
