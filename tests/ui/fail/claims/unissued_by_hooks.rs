//! The same beside a validator whose hooks read their requests, and declare another claim.
use axum::Router;
use axum::routing::get;
use oauth_core::prelude::*;

#[derive(Claims)]
struct Seats {
    seats: u32,
}

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    async fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()> {
        let opened = request.now().as_secs() > 0 && request.client_id() == Some(client_id);
        if opened { Ok(()) } else { Err(Error::access_denied("closed")) }
    }

    #[claim("tenant")]
    fn tenant(&self, request: &Request) -> Option<String> {
        request.client_id().map(str::to_owned)
    }

    /// It goes to clients, and to no API.
    #[claim("seats", to(id_token))]
    fn seats(&self, _: &Request) -> u32 {
        3
    }
}

#[authorization_server(
    grants(authorization_code),
    issuer = "https://auth.example.com",
    scopes("openid", "mail")
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[id_token]
    keys: IdTokenKeys,
    #[interaction]
    pages: LoginPages,
}

async fn of_a_seat(_: Option<Bearer<(), Seats>>) {}

fn app(server: AuthServer) -> Router {
    let server = server.into_service().unwrap();
    let resource = server.protected_resource(ResourceConfig::new()).unwrap();
    Router::new().route("/", get(of_a_seat)).with_state(resource)
}

fn server() -> AuthServer {
    unimplemented!("nothing runs")
}

fn main() {
    let _ = app(server());
}
