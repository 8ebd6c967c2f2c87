//! Wanted: a server whose tokens can be revoked, at a path of its own.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    issuer = "https://auth.example.com",
    grants(client_credentials),
    revocation_endpoint = "/oauth/revoke" //~ here
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let accounts = Accounts { store: MemoryStore::default() };
    let _app: axum::Router = AuthServer { accounts }.into_router()?;
    Ok(())
}
