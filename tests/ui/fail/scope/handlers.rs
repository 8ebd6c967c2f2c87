//! Handlers as people write them, where they are routed: what the compiler says is in words of its own and of axum's, and the
//! guide has them.
use axum::routing::{get, post};
use axum::{Json, Router};
use oauth_core::prelude::*;
use oauth_core::resource::{Local, ProtectedResource};

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(issuer = "https://auth.example.com", grants(client_credentials), scopes(Reports))]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

#[scope("reports", "Read your reports")]
struct Reports;

async fn of_a_string(_: Bearer<"reports">) {}

async fn field(token: Bearer<Reports>) -> String {
    token.tenant
}

async fn claim(token: Bearer<Reports>) -> String {
    token.private_claims().tenant.clone()
}

async fn show(_: Bearer<Reports>) {}

async fn borrow(_: &Bearer<Reports>) {}

async fn read(_: Json<String>, _: Bearer<Reports>) {}

fn wait(_: Bearer<Reports>) {}

fn routes(api: ProtectedResource<Local<AuthServer>>) -> Router {
    let stateless: Router = Router::new().route("/reports", get(show));
    let state: Router<ProtectedResource<Local<AuthServer>>> = Router::new();
    let routes = state.route("/borrow", get(borrow)).route("/read", post(read)).route("/wait", get(wait));
    stateless.merge(routes.with_state(api))
}

fn main() {}
