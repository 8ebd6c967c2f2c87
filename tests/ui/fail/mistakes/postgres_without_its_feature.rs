//! Wanted: a validator on a database; the feature `postgres` is off, and the name is one of the prelude.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: PostgresStore, //~ here
}

#[authorization_server(
    issuer = "https://auth.example.com",
    grants(authorization_code, refresh_token),
    scopes("profile")
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

fn main() {}
