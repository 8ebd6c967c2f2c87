//! Wanted: no redirect URI.
use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    fn get_default_redirect_uri(&self, _client: &Client, _request: &mut Request) -> Option<String> { //~ here
        None
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
