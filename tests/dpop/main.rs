//! RFC 9449: tokens that are bound to keys of clients, from the token endpoint to the API.

mod attacks;
mod code;
mod cors;
mod instances;
mod metadata;
mod nonces;
mod program;
mod refresh;
mod remote;
mod resources;
mod start_up;
mod token;
mod world;
