//! Extension grants in `grants(…)`: what is seen before types are.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[extension_grant("urn:example:api-key")]
struct ApiKey;

#[authorization_server(
    grants(ApiKey, client_credential, ApiKey, my::, refresh_token = 1),
    issuer = "https://auth.example.com"
)]
struct Lists {
    #[validator]
    accounts: Accounts,
}

fn main() {}
