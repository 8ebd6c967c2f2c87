//! Pushed authorization requests, RFC 9126: what is pushed, what a browser makes of it, and what somebody else would.

mod attacks;
mod configuration;
mod dpop;
mod endpoint;
mod loading;
mod pages;
mod required;
mod world;
