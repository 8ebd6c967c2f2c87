//! A validator that was never annotated.
use oauth_core::prelude::*;

struct Accounts;

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

fn main() {}
