//! RFC 9470: an API asks for another login, and its server for what the API asks.

mod attacks;
mod authorization;
mod challenge;
mod metadata;
mod program;
mod tokens;
mod within;
mod world;
