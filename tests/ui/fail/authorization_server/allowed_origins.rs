//! Origins that no browser sends, or that anyone can have.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    allowed_origins(
        "*",
        "https://*.example.com",
        "null",
        "app.example.com",
        "https://app.example.com/",
        "https://App.example.com",
        "https://app.example.com:443",
        "https://app.example.com:x",
        "https://:8443",
        "http://app.example.com",
        "https://app.example.com",
        "https://app.example.com",
        localhost
    )
)]
struct Malformed {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    allowed_origins()
)]
struct Empty {
    #[validator]
    accounts: Accounts,
}

fn main() {}
