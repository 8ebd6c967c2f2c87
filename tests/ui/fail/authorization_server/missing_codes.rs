//! A grant without the store it needs: one error, at the grant.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[clients]
    clients: MemoryStore,
    #[tokens]
    tokens: MemoryStore,
}

#[authorization_server(
    grants(client_credentials, authorization_code, refresh_token),
    issuer = "https://auth.example.com"
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: Proxy,
}

struct Proxy;

impl<V: RequestValidator> Interaction<V> for Proxy {
    async fn decide(&self, _: &Context<'_, V>, _: &AuthorizationRequest, _: &Request) -> Result<Decision> {
        Ok(Decision::Deny)
    }
}

fn main() {}
