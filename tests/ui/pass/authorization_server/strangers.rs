//! Clients that come by themselves.
#![deny(warnings)]

use oauth_core::http::Fetcher;
use oauth_core::prelude::*;
use serde_json::{Map, Value};

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    async fn allow_fetch(&self, url: &str, _: &mut Request) -> Result<bool> {
        Ok(url.starts_with("https://clients.example/"))
    }

    fn allow_client(&self, client: &Client, _: &mut Request) -> Result<bool> {
        Ok(client.is_public())
    }

    async fn validate_initial_access_token(&self, _: &str, _: &mut Request) -> Result<bool> {
        Ok(false)
    }

    fn validate_software_statement(&self, _: &str, _: &mut Request) -> Result<Option<Map<String, Value>>> {
        Ok(None)
    }
}

#[authorization_server(
    grants(authorization_code, refresh_token),
    scopes("profile" = "See your name", "calendar"),
    issuer = "https://auth.example.com",
    client_id_metadata_documents,
    registration(initial_access_token, path = "/connect/register", unused_lifetime = "1h", idle_lifetime = "30d"),
    unverified_scopes("profile")
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
    #[fetcher]
    fetcher: Fetcher,
}

fn main() {
    let server = AuthServer {
        accounts: Accounts { store: MemoryStore::new() },
        pages: LoginPages::new(),
        fetcher: Fetcher::new().unwrap(),
    };
    assert!(server.start().unwrap().paths().any(|path| path == "/connect/register"));
}
