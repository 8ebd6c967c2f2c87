//! Protected resources: real servers on loopback, of which one issues tokens and one takes them.

mod advertised;
mod attacks;
mod audience;
mod challenges;
mod claims;
mod encrypted;
mod extractors;
mod fixed;
mod http_client;
mod introspection;
mod jwks;
mod layer;
mod local;
mod macros;
mod metadata;
mod remembered;
mod start_up;
mod tls;
mod world;
