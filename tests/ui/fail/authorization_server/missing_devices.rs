//! The device grant without the store it needs, and with an interaction that does not know devices.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[clients]
    clients: MemoryStore,
    #[tokens]
    tokens: MemoryStore,
    #[users]
    users: MemoryStore,
    #[sessions]
    sessions: MemoryStore,
}

#[authorization_server(grants(device_code), issuer = "https://auth.example.com")]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[validator]
struct Complete {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(authorization_code, device_code),
    issuer = "https://auth.example.com",
    device_code_lifetime = "2h",
    device_polling_interval = "0s"
)]
struct Literals {
    #[validator]
    accounts: Complete,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(grants(authorization_code, device_code), issuer = "https://auth.example.com")]
struct OwnInteraction {
    #[validator]
    accounts: Complete,
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
