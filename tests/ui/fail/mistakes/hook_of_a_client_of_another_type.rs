//! Wanted: clients that sign with their secret.
use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    async fn get_client_secret(&self, client: &str, _: &mut Request) -> Result<Option<SecretString>> { //~ here
        Ok(std::env::var(client).ok().map(SecretString::new))
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
