//! Wanted: any error.
use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    fn validate_client_id(&self, client_id: &str, _request: &mut Request) -> Result<(), Box<dyn std::error::Error>> { //~ here
        if client_id.is_empty() { Err("no client".into()) } else { Ok(()) }
    }
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
