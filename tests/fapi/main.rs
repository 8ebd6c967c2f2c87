//! `profile = "fapi2"`: a server of the FAPI 2.0 Security Profile, and the clients that it knows.

mod assertion_grant;
mod client;
mod data;
mod flow;
mod pages;
mod refusals;
mod report;
mod world;
