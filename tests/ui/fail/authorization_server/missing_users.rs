//! `LoginPages` over stores without users.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[clients]
    clients: MemoryStore,
    #[tokens]
    #[codes]
    #[sessions]
    #[consents]
    tokens: MemoryStore,
}

#[authorization_server(grants(authorization_code), issuer = "https://auth.example.com")]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

fn main() {}
