//! Resource indicators, RFC 8707: a token is for the resource that was asked for, and for nothing else.

mod audience;
mod authorization;
mod device;
mod exchange;
mod hooks;
mod mcp;
mod start_up;
mod token;
mod userinfo;
mod world;
