//! Requests that would be pushed and not kept.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[clients]
    clients: MemoryStore,
    #[tokens]
    tokens: MemoryStore,
    #[codes]
    codes: MemoryStore,
    #[users]
    users: MemoryStore,
    #[sessions]
    sessions: MemoryStore,
    #[consents]
    consents: MemoryStore,
}

#[authorization_server(
    grants(authorization_code),
    issuer = "https://auth.example.com",
    pushed_authorization_requests
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[validator]
struct Wrong {
    #[store]
    store: MemoryStore,
    #[pushed_requests]
    requests: String,
}

fn main() {}
