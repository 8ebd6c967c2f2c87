//! Clients that come by themselves: what is fetched for them and what is not, their documents, and their registrations.

mod attacks;
mod consent;
mod documents;
mod fapi2;
mod fetching;
mod initial;
mod keys;
mod management;
mod mcp;
mod real;
mod registration;
mod scopes;
mod sector;
mod standing;
mod stores;
#[path = "../pages/visitor.rs"]
#[allow(dead_code, reason = "its other half is for other tests")]
mod visitor;
mod web;
mod world;
