//! Wanted: clients that sign with their secret.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts { //~ here
    async fn get_client_secret(&self, client: &Client, _: &mut Request) -> Result<Option<SecretString>> {
        Ok(std::env::var(&client.client_id).ok().map(SecretString::new))
    }
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    scopes("jobs"),
    token_endpoint_auth_methods("client_secret_jwt")
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = AuthServer { accounts: Accounts { store: MemoryStore::default() } };
    let _app: axum::Router = server.into_router()?;
    Ok(())
}
