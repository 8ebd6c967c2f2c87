//! The conformance suite over the server of each example: the tests are at the end of its file, or in one beside
//! this. `test = true` in `Cargo.toml` would run them, too, but then `cargo test` would no longer build the programs that the other tests start.
#![allow(dead_code, reason = "what is not the server of an example runs in its program")]

#[path = "../api_keys.rs"]
mod api_keys;
#[path = "../by_hand.rs"]
mod by_hand;
#[path = "../client_audience.rs"]
mod client_audience;
#[path = "../custom_token.rs"]
mod custom_token;
#[path = "../from_oauthlib.rs"]
mod from_oauthlib;
#[path = "../own_endpoints.rs"]
mod own_endpoints;
#[path = "../protected_api.rs"]
mod protected_api;
#[path = "../quickstart.rs"]
mod quickstart;
#[path = "../signed_jwt.rs"]
mod signed_jwt;

// The provider's files name each other from the root of its program.
#[path = "../provider/arguments.rs"]
mod arguments;
#[path = "../provider/keys.rs"]
mod keys;
#[path = "../provider/members.rs"]
mod members;
#[path = "../provider/offer.rs"]
mod offer;
#[path = "../provider/people.rs"]
mod people;
#[path = "../provider/profiles.rs"]
mod profiles;
#[path = "../provider/registered.rs"]
mod registered;
#[path = "../provider/resources.rs"]
mod resources;
#[path = "../provider/scopes.rs"]
mod scopes;
#[path = "../provider/server.rs"]
mod server;
#[path = "../provider/source.rs"]
mod source;
#[path = "../provider/tokens.rs"]
mod tokens;

mod provider_conformance;
