//! Wanted: a scope for those who ask for none.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(client_credentials),
    scopes("profile", "mail"),
    default_scopes("profil"), //~ here
    issuer = "https://auth.example.com"
)]
struct Server {
    #[validator]
    accounts: Accounts,
}

fn main() {}
