//! Wanted: a check of client identifiers.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator(custom)] //~ here
impl Accounts {
    fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()> {
        request.claims.insert("aud", client_id)
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
