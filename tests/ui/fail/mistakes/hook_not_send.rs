//! Wanted: a claim, and a look into the store.
use std::rc::Rc;

use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    async fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()> { //~ here
        let name = Rc::new(client_id.to_owned());
        self.store.client(&name).await?;
        request.claims.insert("aud", name.as_str())
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
