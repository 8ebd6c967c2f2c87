//! Tokens that no store keeps: their server must be able to read them, and nobody else to write them.
use oauth_core::prelude::*;

#[token_generator(jwe, issuer = "https://auth.example.com", alg = "ECDH-ES", self_contained)]
struct Encrypted {
    #[signing_key]
    keys: KeyRing,
    #[encryption_key]
    resource: EncryptionKey,
}

#[token_generator(jwt, issuer = "https://auth.example.com", algorithm = "HS256", self_contained)]
struct Shared(#[signing_key] SigningKey);

#[token_generator(opaque, self_contained)]
struct Random;

#[token_generator(jwt, issuer = "https://auth.example.com", self_contained = true)]
struct Assigned(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://auth.example.com", selfcontained)]
struct Misspelt(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://auth.example.com", self_contained, claims(oauth_core = 3))]
struct Overwritten(#[signing_key] SigningKey);

fn main() {}
