//! A type that is no resource server.
use oauth_core::prelude::*;

struct CalendarApi;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    resources(CalendarApi)
)]
struct Server {
    #[validator]
    accounts: Accounts,
}

fn main() {}
