//! Clients that register themselves, and a store that cannot keep them.
use std::sync::Arc;

use oauth_core::prelude::*;
use oauth_core::store::{ClientStore, Result as StoreResult};

/// Clients of a file.
struct Listed;

impl ClientStore for Listed {
    async fn client(&self, _: &str) -> StoreResult<Option<Arc<Client>>> {
        Ok(None)
    }

    async fn save_client(&self, _: Client) -> StoreResult<()> {
        Ok(())
    }

    async fn is_origin_registered(&self, _: &str) -> StoreResult<bool> {
        Ok(false)
    }
}

#[validator]
struct Accounts {
    #[clients]
    clients: Listed,
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    registration(path = "/clients")
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

fn main() {}
