//! Keys, algorithms, lifetimes, prefixes and static claims.
use oauth_core::prelude::*;

#[token_generator(jwt, issuer = "https://auth.example.com")]
struct NoKey;

#[token_generator(jwt, issuer = "https://auth.example.com")]
struct TwoKeys {
    #[signing_key]
    first: SigningKey,
    #[signing_key]
    second: SigningKey,
}

#[token_generator(opaque)]
struct KeyForNothing {
    #[signing_key]
    key: SigningKey,
}

#[token_generator(jwt, issuer = "https://auth.example.com")]
struct Misspelt {
    #[signing_keys]
    keys: KeyRing,
}

#[token_generator(jwt, issuer = "https://auth.example.com", algorithm = "none")]
struct Unsigned(#[signing_key] KeyRing);

#[token_generator(jwt, issuer = "https://auth.example.com", algorithm = "es256")]
struct UnknownAlgorithm(#[signing_key] KeyRing);

#[token_generator(opaque, expires_in = "0s")]
struct Zero;

#[token_generator(opaque, expires_in = "15")]
struct NoUnit;

#[token_generator(opaque, expires_in = "quarter of an hour")]
struct Words;

#[token_generator(opaque, expires_in = 900)]
struct Number;

#[token_generator(opaque, expires_in = "2000d")]
struct Forever;

#[token_generator(opaque, prefix = "acme at ")]
struct BadPrefix;

#[token_generator(opaque, prefix = "")]
struct NoPrefix;

#[token_generator(opaque, prefix = "a_prefix_that_is_longer_than_the_token_")]
struct LongPrefix;

#[token_generator(opaque, entropy = 64)]
struct Guessable;

#[token_generator(opaque, entropy = 4096)]
struct Endless;

#[token_generator(opaque, entropy = "256", audience = "")]
struct Text;

#[token_generator(
    jwt,
    issuer = "https://auth.example.com",
    audience = "",
    claims(
        exp = 3,
        aud = "api",
        tier = 3,
        tier = 4,
        when = now(),
        byte = b"x",
        suffix = 3u8,
        huge = 99999999999999999999,
        flag,
        list = ["a", b]
    )
)]
struct Claims(#[signing_key] KeyRing);

fn main() {}
