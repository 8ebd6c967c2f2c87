//! A role played by something that cannot: one error, at the type of the field that promises it.
use std::sync::Arc;

use oauth_core::prelude::*;
use oauth_core::store;

#[validator]
struct NoStore {
    #[store]
    store: String,
}

#[validator]
struct Clients {
    #[clients]
    clients: String,
    #[tokens]
    tokens: MemoryStore,
}

#[validator(custom)]
struct Assertions {
    #[store]
    store: MemoryStore,
    #[replay_ids]
    replay_ids: String,
}

/// A store of clients, and of nothing else.
struct Directory(MemoryStore);

impl ClientStore for Directory {
    async fn client(&self, client_id: &str) -> store::Result<Option<Arc<Client>>> {
        self.0.client(client_id).await
    }
    async fn save_client(&self, client: Client) -> store::Result<()> {
        self.0.save_client(client).await
    }
    async fn is_origin_registered(&self, origin: &str) -> store::Result<bool> {
        self.0.is_origin_registered(origin).await
    }
}

#[validator]
struct NoTokens {
    #[store]
    store: Directory,
}

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
    #[codes]
    codes: Directory,
    #[sessions]
    sessions: Directory,
}

/// Nothing that is wrong above makes an error here.
#[authorization_server(
    grants(authorization_code, refresh_token, client_credentials, jwt_bearer),
    issuer = "https://auth.example.com"
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(grants(client_credentials, jwt_bearer), issuer = "https://auth.example.com")]
struct Machines {
    #[validator]
    accounts: Assertions,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
struct NoTokensAtAll {
    #[validator]
    accounts: NoTokens,
}

fn main() {}

#[validator]
impl Assertions {
    fn validate_jwt_bearer_token(&self, _: &UnverifiedAssertion<'_>, _: &mut Request) -> Result<AcceptedAssertion> {
        Err(Error::invalid_grant("nobody is trusted"))
    }
}

#[validator]
impl Accounts {
    fn validate_jwt_bearer_token(&self, _: &UnverifiedAssertion<'_>, _: &mut Request) -> Result<AcceptedAssertion> {
        Err(Error::invalid_grant("nobody is trusted"))
    }
}
