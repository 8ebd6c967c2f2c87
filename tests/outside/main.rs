//! The parts that a crate outside the framework can add to a server, through public interfaces alone: one of
//! each kind.

mod binding;
mod client_auth;
mod endpoint;
mod error_code;
mod grant;
mod wire;
mod world;
