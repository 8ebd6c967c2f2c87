//! A server answers for its token generators.
#![allow(deprecated)]

use oauth_core::prelude::*;

#[token_generator(jwt, issuer = "https://auth.example.com", algorithm = "HS256", expires_in = "30d")]
struct Monthly(#[signing_key] SigningKey);

#[token_generator(opaque, expires_in = "30d", allow(long_lived_access_tokens, reason = "devices that nobody visits"))]
struct Allowed;

#[authorization_server(grants(client_credentials), deny(rfc9700, rfc6750, rfc9068))]
struct ByDocument {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: Monthly,
}

#[authorization_server(grants(client_credentials), deny(long_lived_access_tokens, warnings))]
struct ByName {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: Monthly,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", deny(rfc6750))]
struct ByNobody {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: Allowed,
}

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

fn main() {}
