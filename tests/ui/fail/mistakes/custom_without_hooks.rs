//! Wanted: hooks, later.
use oauth_core::prelude::*;

#[validator(custom)] //~ here
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", scopes("profile"))]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = AuthServer { accounts: Accounts { store: MemoryStore::default() } };
    let _app: axum::Router = server.into_router()?;
    Ok(())
}
