//! Lifetimes that are longer than anybody needs.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(device_code, refresh_token),
    issuer = "https://auth.example.com",
    refresh_token_lifetime = "4000d",
    refresh_token_max_lifetime = "4000d",
    device_polling_interval = "2m",
    refresh_token_grace = "soon",
    device_code_lifetime = 600
)]
struct Devices {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

fn main() {}
