//! The same in an application with a state of its own, whose server signs tokens by a method.
use axum::Router;
use axum::routing::get;
use oauth_core::prelude::*;
use oauth_core::resource::{Local, ProtectedResource, ResourceState};

#[derive(Claims)]
struct Origin {
    region: String,
}

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    #[token_generator]
    fn handle(&self, _: &Request) -> Result<String> {
        Ok(SecretString::random().expose().to_owned())
    }
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", scopes("mail"))]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

#[derive(Clone)]
struct App {
    mail: ProtectedResource<Local<AuthServer>>,
}

impl ResourceState for App {
    type Validator = Local<AuthServer>;

    fn resource(&self) -> &ProtectedResource<Local<AuthServer>> {
        &self.mail
    }
}

async fn of_a_region(_: Bearer<(), Origin>) {}

fn app() -> App {
    unimplemented!("nothing runs")
}

fn main() {
    let _: Router = Router::new().route("/", get(of_a_region)).with_state(app());
}
