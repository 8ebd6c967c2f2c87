//! Keys that instances share: made once, rotated by time, revoked, sealed anew; over each store, by three instances.

mod world;

mod attacks;
mod failing;
mod first;
mod keks;
mod policy;
mod revocation;
mod rotation;
mod secrets;
