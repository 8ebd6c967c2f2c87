//! A key of pairwise identifiers that is none.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(grants(client_credentials), scopes("openid"), issuer = "https://auth.example.com")]
struct Provider {
    #[validator]
    accounts: Accounts,
    #[id_token]
    id_tokens: KeyRing,
    #[pairwise_key]
    key: SecretString,
}

fn main() {}
