//! How many tokens an API knows without verifying them again.
use oauth_core::prelude::*;

#[resource_server(
    issuer = "https://auth.example.com",
    audience = "a",
    jwks,
    verification_cache = 10_000_000
)]
struct TooMany;

#[resource_server(
    issuer = "https://auth.example.com",
    audience = "a",
    jwks,
    verification_cache = 50k
)]
struct Suffixed;

#[resource_server(
    issuer = "https://auth.example.com",
    audience = "a",
    introspection,
    verification_cache = 10
)]
struct Asking {
    #[credentials]
    credentials: Credentials,
}

fn main() {}
