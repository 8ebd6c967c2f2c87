//! Wanted: a server for any store.
use oauth_core::prelude::*;

#[validator]
struct Accounts<S> {
    #[store]
    store: S,
}

#[authorization_server(issuer = "https://auth.example.com", grants(client_credentials))]
struct AuthServer<S> {
    #[validator]
    accounts: Accounts<S>, //~ here
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let accounts = Accounts { store: MemoryStore::default() };
    let _app: axum::Router = AuthServer { accounts }.into_router()?;
    Ok(())
}
