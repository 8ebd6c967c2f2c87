//! Advice is a warning at the user's token: this crate makes errors of them, so that they are shown here.
#![deny(deprecated)]

use oauth_core::prelude::*;

#[token_generator(opaque, expires_in = "1d1s")]
struct LongLived;

#[token_generator(jwt, issuer = "https://auth.example.com", algorithm = "HS512", expires_in = "24h")]
struct Shared(#[signing_key] SigningKey);

// An hour is long, where nobody is told of a revocation.
#[token_generator(jwt, issuer = "https://auth.example.com", self_contained, expires_in = "61m")]
struct Unrevoked(#[signing_key] SigningKey);

// One thing is said of one lifetime.
#[token_generator(jwt, issuer = "https://auth.example.com", self_contained, expires_in = "2d")]
struct UnrevokedForDays(#[signing_key] SigningKey);

#[authorization_server(
    grants(authorization_code, refresh_token),
    issuer = "https://auth.example.com",
    refresh_token_lifetime = "366d",
    endpoints(revocation = off)
)]
struct Forgetful {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(authorization_code, refresh_token),
    scopes("calendar", "offline_access"),
    issuer = "https://auth.example.com",
    registration,
    unverified_scopes("calendar")
)]
struct Tempting {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

// A decision about one is none about the other.
#[token_generator(
    jwt,
    issuer = "https://auth.example.com",
    algorithm = "HS256",
    expires_in = "7d",
    allow(hmac_access_tokens, reason = "the one API has the secret anyway")
)]
struct Weekly(#[signing_key] SigningKey);

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

fn main() {}
