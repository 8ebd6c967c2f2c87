//! Keys that instances share: made once, rotated by time, revoked, sealed anew; over each store, by three instances.

mod world;

mod attacks;
mod failing;
mod first;
#[cfg(feature = "interop")]
mod hsm;
mod keks;
mod policy;
mod revocation;
mod rotation;
mod secrets;
