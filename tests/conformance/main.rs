//! The conformance suite: our own servers pass it, and broken ones are caught.

mod broken_generators;
mod broken_stores;
mod broken_validators;
mod outcomes;
mod report;
mod servers;
