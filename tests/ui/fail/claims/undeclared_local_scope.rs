//! The same beside an authorization server.
use axum::Router;
use axum::routing::get;
use oauth_core::prelude::*;

#[scope("calendar.read", "See your calendar")]
struct CalendarRead;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", scopes("mail"))]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

async fn events(_: Option<Bearer<CalendarRead>>) {}

fn main() {
    let server = AuthServer { accounts: Accounts { store: MemoryStore::default() } }.into_service().unwrap();
    let resource = server.protected_resource(ResourceConfig::new()).unwrap();
    let _: Router = Router::new().route("/", get(events)).with_state(resource);
}
