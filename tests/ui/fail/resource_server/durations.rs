//! Times that are too long, and keys that are too many.
use oauth_core::jose::DecryptionKey;
use oauth_core::prelude::*;

#[resource_server(issuer = "https://auth.example.com", audience = "a", jwks, jwks_max_age = "2d")]
struct Stale;

#[resource_server(issuer = "https://auth.example.com", audience = "a", jwks, leeway = "a minute")]
struct Words;

#[resource_server(issuer = "https://auth.example.com", audience = "a", jwks)]
struct TwoKeys {
    #[decryption_key]
    first: DecryptionKey,
    #[decryption_key]
    second: DecryptionKey,
}

fn main() {}
