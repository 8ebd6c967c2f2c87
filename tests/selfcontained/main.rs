//! Access tokens that no store keeps: their server reads them back, and asks what is revoked.

mod actors;
mod attacks;
mod conformance;
mod malleable;
mod pairwise;
mod program;
mod readers;
mod record;
mod remembered;
mod remote;
mod resources;
mod revocation;
mod servers;
mod switching;
mod world;
mod writing;
