//! Types of fields that cannot play their part.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(grants(authorization_code), issuer = "https://auth.example.com")]
struct NoLogin {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: String,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
struct NoGenerator {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: String,
}

fn main() {}
