use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store:
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

fn main() {}
