//! Wanted: people in memory and the rest in another store; the mark of the field was forgotten.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
    users: MemoryStore, //~ here
}

#[authorization_server(
    issuer = "https://auth.example.com",
    grants(authorization_code, refresh_token),
    scopes("profile")
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let accounts = Accounts { store: MemoryStore::default(), users: MemoryStore::default() };
    let server = AuthServer { accounts, pages: LoginPages::new() };
    let _app: axum::Router = server.into_router()?;
    Ok(())
}
