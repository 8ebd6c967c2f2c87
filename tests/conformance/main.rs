//! The conformance suite: our own servers pass it, and broken ones are caught.

mod broken_applications;
mod broken_fapi2;
mod broken_flows;
mod broken_generators;
mod broken_grants;
mod broken_hooks;
mod broken_logout;
mod broken_pages;
mod broken_resources;
mod broken_stores;
mod broken_strangers;
mod broken_validators;
mod fapi2;
mod mutants;
mod op;
mod outcomes;
mod presets;
mod report;
mod selected_methods;
mod servers;
mod summary;
