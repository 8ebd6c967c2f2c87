//! The server as its application meets it: configuration, hooks, wiring.

mod clients;
mod configuration;
mod declared;
mod exceptions;
mod hooks;
mod keys;
mod modifiers;
mod own_endpoints;
mod presets;
mod service;
mod subjects;
mod token_generators;
