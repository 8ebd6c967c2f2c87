//! A grant whose assertions could be used twice. That nobody verifies them is told once they cannot.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[clients]
    clients: MemoryStore,
    #[tokens]
    tokens: MemoryStore,
}

#[authorization_server(grants(jwt_bearer), issuer = "https://auth.example.com")]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

fn main() {}
