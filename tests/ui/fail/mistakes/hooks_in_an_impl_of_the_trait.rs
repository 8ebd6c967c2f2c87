//! Wanted: a hook.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

impl RequestValidator for Accounts { //~ here
    async fn validate_client_id(&self, client_id: &str, _request: &mut Request) -> Result<()> {
        if client_id == "retired" { Err(Error::access_denied("retired")) } else { Ok(()) }
    }
}

#[authorization_server(issuer = "https://auth.example.com", grants(client_credentials))]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let accounts = Accounts { store: MemoryStore::default() };
    let _app: axum::Router = AuthServer { accounts }.into_router()?;
    Ok(())
}
