//! Wanted: a claim of a type of the application's own.
use oauth_core::prelude::*;

struct Tenant(String);

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    #[claim("tenant")]
    fn tenant(&self, request: &Request) -> Option<Tenant> { //~ here
        request.subject.clone().map(Tenant)
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
