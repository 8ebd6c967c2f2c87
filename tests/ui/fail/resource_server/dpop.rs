//! A resource that takes only tokens that are bound to a key: it says so in one word, and has a URL that proofs name.
use oauth_core::prelude::*;

#[resource_server(issuer = "https://auth.example.com", audience = "https://api.example.com", jwks, dpop = "optional")]
struct Optional;

#[resource_server(issuer = "https://auth.example.com", audience = "https://api.example.com", jwks, dpop)]
struct Bare;

#[resource_server(issuer = "https://auth.example.com", audience = "calendar", jwks, dpop = "required")]
struct Nameless;

fn main() {}
