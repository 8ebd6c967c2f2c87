//! Wanted: a grant of its own.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

struct ApiKey;

#[extension_grant("urn:example:grant-type:api-key")] //~ here
impl ExtensionGrant<Accounts> for ApiKey {
    async fn approve(_: &Accounts, _: &mut Request) -> Result<GrantApproval> {
        Ok(GrantApproval::of_client())
    }
}

#[authorization_server(grants(client_credentials, ApiKey), issuer = "https://auth.example.com")]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = AuthServer { accounts: Accounts { store: MemoryStore::default() } };
    let _app: axum::Router = server.into_router()?;
    Ok(())
}
