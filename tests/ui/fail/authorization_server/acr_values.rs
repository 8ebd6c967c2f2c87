//! Classes of logins that no client could ask for.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(authorization_code, client_credentials),
    scopes("jobs"),
    issuer = "https://auth.example.com",
    acr_values("phr", "", "phr phrh", "größe", "phr")
)]
struct Wrong {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(client_credentials),
    scopes("jobs"),
    issuer = "https://auth.example.com",
    acr_values("phr")
)]
struct NobodyLogsIn {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(authorization_code),
    scopes("jobs"),
    issuer = "https://auth.example.com",
    acr_values()
)]
struct Empty {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(authorization_code),
    scopes("jobs"),
    issuer = "https://auth.example.com",
    acr_values = "phr"
)]
struct NoList {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

fn main() {}
