//! The same beside a token generator with another static claim, in a handler that reads a form.
use axum::Router;
use axum::routing::post;
use oauth_core::prelude::*;
use oauth_core::resource::BearerForm;

#[derive(Claims)]
struct Rank {
    tier: u8,
    #[claim("https://example.com/roles")]
    roles: Vec<String>,
}

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[token_generator(jwt, issuer = "https://auth.example.com", claims(tier = 3))]
struct AccessTokens {
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(grants(client_credentials), scopes("mail"))]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: AccessTokens,
}

async fn of_a_role(_: BearerForm<(), Rank>) {}

fn app(server: AuthServer) -> Router {
    let server = server.into_service().unwrap();
    let resource = server.protected_resource(ResourceConfig::new().body_token()).unwrap();
    Router::new().route("/", post(of_a_role)).with_state(resource)
}

fn server() -> AuthServer {
    unimplemented!("nothing runs")
}

fn main() {
    let _ = app(server());
}
