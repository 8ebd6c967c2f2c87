//! A type of the same scope as the server's, with other words than people are shown.
use axum::Router;
use axum::routing::get;
use oauth_core::prelude::*;

#[scope("calendar.read", "Read and delete your calendar")]
struct Everything;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    scopes("calendar.read" = "See your calendar")
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

async fn clear(_: Bearer<(Everything,)>) {}

fn main() {
    let server = AuthServer { accounts: Accounts { store: MemoryStore::default() } }.into_service().unwrap();
    let resource = server.protected_resource(ResourceConfig::new()).unwrap();
    let _: Router = Router::new().route("/", get(clear)).with_state(resource);
}
