//! Keys that instances share: made once, rotated by time, revoked, sealed anew; over each store, by three instances.

mod world;

mod attacks;
mod failing;
mod first;
#[cfg(feature = "interop")]
mod hsm;
mod import;
mod keks;
mod kms;
#[cfg(feature = "interop")]
mod own;
mod policy;
mod revocation;
mod rotation;
mod secrets;
