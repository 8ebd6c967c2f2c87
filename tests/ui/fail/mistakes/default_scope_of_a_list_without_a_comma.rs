//! Wanted: two scopes, one of them the default.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(client_credentials),
    scopes("calendar" "mail"), //~ here
    default_scopes("mail"),
    issuer = "https://auth.example.com"
)]
struct Server {
    #[validator]
    accounts: Accounts,
}

fn main() {}
