//! Wanted: a check of client identifiers; the import hides the request of the hooks.
use axum::extract::Request;
use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    fn validate_client_id(&self, client_id: &str, _request: &mut Request) -> Result<()> { //~ here
        if client_id == "robot" { Ok(()) } else { Err(Error::access_denied("only robots")) }
    }
}

#[authorization_server(issuer = "https://auth.example.com", grants(client_credentials), scopes("reports"))]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

fn main() {}
