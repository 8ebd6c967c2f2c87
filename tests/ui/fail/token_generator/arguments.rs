//! Formats and their arguments.
use oauth_core::prelude::*;

#[token_generator]
struct NoFormat;

#[token_generator(jvt, issuer = "https://auth.example.com")]
struct UnknownFormat {
    #[signing_key]
    key: SigningKey,
}

#[token_generator(jws, issuer = "https://auth.example.com")]
struct NearlyAFormat {
    #[signing_key]
    key: SigningKey,
}

#[token_generator(jwt, opaque)]
struct TwoFormats {
    #[signing_key]
    key: SigningKey,
}

#[token_generator(jwt, isuer = "https://auth.example.com", expires = "15m")]
struct Misspelt {
    #[signing_key]
    key: SigningKey,
}

#[token_generator(jwt, issuer = "https://auth.example.com", issuer = "https://auth.example.com", audience = 3)]
struct Repeated {
    #[signing_key]
    key: SigningKey,
}

#[token_generator(opaque, issuer = "https://auth.example.com", algorithm = "ES256", claims(tier = 3))]
struct NothingToCarry;

#[token_generator(jwt, issuer = "https://auth.example.com", prefix = "acme_")]
struct NoPrefix {
    #[signing_key]
    key: SigningKey,
}

#[token_generator(jwt, issuer = "https://auth.example.com", entropy = 256)]
struct NothingToGuess {
    #[signing_key]
    key: SigningKey,
}

#[token_generator(jwt issuer = "https://auth.example.com")]
struct NoComma {
    #[signing_key]
    key: SigningKey,
}

#[token_generator(opaque)]
impl NothingToCarry {}

fn main() {}
