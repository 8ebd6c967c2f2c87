//! Hooks about clients that come by themselves, at servers where none or few do.
use oauth_core::prelude::*;
use serde_json::{Map, Value};

#[validator(custom)]
struct Judging {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Judging {
    fn allow_client(&self, client: &Client, _: &mut Request) -> Result<bool> {
        Ok(client.is_public())
    }

    async fn validate_software_statement(&self, _: &str, _: &mut Request) -> Result<Option<Map<String, Value>>> {
        Ok(None)
    }
}

/// Nobody registers.
#[authorization_server(grants(client_credentials), scopes("jobs"), issuer = "https://auth.example.com")]
struct Closed {
    #[validator]
    accounts: Judging,
}

#[validator(custom)]
struct Counting {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Counting {
    async fn claim_initial_access_token(&self, _: &str, _: &mut Request) -> Result<bool> {
        Ok(true)
    }
}

/// Everybody registers.
#[authorization_server(
    grants(authorization_code),
    scopes("profile"),
    issuer = "https://auth.example.com",
    registration,
    unverified_scopes("profile")
)]
struct Open {
    #[validator]
    accounts: Counting,
    #[interaction]
    pages: LoginPages,
}

fn main() {}
