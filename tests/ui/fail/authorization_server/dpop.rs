//! Tokens bound to keys: nonces, their key, and where identifiers of proofs are kept.
use oauth_core::binding::NonceKey;
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    dpop(nonces = "sometimes")
)]
struct Words {
    #[validator]
    accounts: Accounts,
    #[dpop_nonce_key]
    nonces: NonceKey,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    dpop = "required"
)]
struct NoList {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    dpop(nonce = "required")
)]
struct Misspelt {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
struct NoDpop {
    #[validator]
    accounts: Accounts,
    #[dpop_nonce_key]
    nonces: NonceKey,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    dpop(nonces = "off")
)]
struct NoNonces {
    #[validator]
    accounts: Accounts,
    #[dpop_nonce_key]
    nonces: NonceKey,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", dpop)]
struct TwoKeys {
    #[validator]
    accounts: Accounts,
    #[dpop_nonce_key]
    nonces: NonceKey,
    #[dpop_nonce_key]
    others: NonceKey,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", dpop)]
struct NoKey {
    #[validator]
    accounts: Accounts,
    #[dpop_nonce_key]
    nonces: String,
}

#[validator]
struct Forgetful {
    #[clients]
    clients: MemoryStore,
    #[tokens]
    tokens: MemoryStore,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", dpop)]
struct NobodyRemembers {
    #[validator]
    accounts: Forgetful,
}

fn main() {}
