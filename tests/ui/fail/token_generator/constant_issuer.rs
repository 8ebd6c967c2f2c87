//! The same rules on what only the compiler can evaluate.
use oauth_core::prelude::*;

#[token_generator(jwt, issuer = concat!("http://", "auth.example.com"))]
struct Http(#[signing_key] SigningKey);

const ISSUER: &str = "https://auth.example.com/";

#[token_generator(jwt, issuer = ISSUER)]
struct Slash(#[signing_key] SigningKey);

fn main() {}
