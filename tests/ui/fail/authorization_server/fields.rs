//! The fields of the server.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
struct NoValidator {
    accounts: Accounts,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
struct Repeated {
    #[validator]
    accounts: Accounts,
    #[validator]
    others: Accounts,
    #[access_token]
    tokens: Opaque,
    #[access_token]
    other_tokens: Opaque,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
struct Misspelt {
    #[validator]
    accounts: Accounts,
    #[access_tokens]
    tokens: Opaque,
    #[store]
    store: MemoryStore,
}

#[authorization_server(grants(authorization_code), issuer = "https://auth.example.com")]
struct NobodyToAsk {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
struct NothingToAsk {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
    #[refresh_token]
    refresh_tokens: Opaque,
}

#[authorization_server(grants(client_credentials), issuer = self.isuer)]
struct UnknownField {
    #[validator]
    accounts: Accounts,
    issuer: String,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
enum Enumeration {
    One,
}

#[authorization_server(grants(client_credentials))]
impl NoValidator {}

fn main() {}
