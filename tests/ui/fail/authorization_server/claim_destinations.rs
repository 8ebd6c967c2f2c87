//! A claim for an OpenID provider, at a server that is none.
use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    #[claim("tenant", to(id_token))]
    fn tenant(&self, _: &Request) -> Option<String> {
        None
    }
}

#[authorization_server(grants(client_credentials), scopes("jobs"), issuer = "https://auth.example.com")]
struct Machines {
    #[validator]
    accounts: Accounts,
}

fn main() {}
