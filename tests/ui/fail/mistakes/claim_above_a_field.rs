//! Wanted: a claim that is the same in every token.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
    #[claim("region")] //~ here
    region: String,
}

#[authorization_server(issuer = "https://auth.example.com", grants(client_credentials))]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let accounts = Accounts { store: MemoryStore::default(), region: "eu".to_owned() };
    let _app: axum::Router = AuthServer { accounts }.into_router()?;
    Ok(())
}
