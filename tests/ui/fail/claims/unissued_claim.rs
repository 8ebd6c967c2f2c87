//! A handler beside its server that needs a claim which nothing there issues.
use axum::Router;
use axum::routing::get;
use oauth_core::prelude::*;

#[derive(Claims)]
struct Tenancy {
    tenant: String,
    plan: Option<String>,
}

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

async fn of_a_tenant(_: Bearer<(), Tenancy>) {}

fn main() {
    let server = AuthServer { accounts: Accounts { store: MemoryStore::default() } }.into_service().unwrap();
    let resource = server.protected_resource(ResourceConfig::new()).unwrap();
    let _: Router = Router::new().route("/", get(of_a_tenant)).with_state(resource);
}
