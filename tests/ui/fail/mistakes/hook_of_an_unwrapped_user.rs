//! Wanted: people of a table of its own; the hook refuses nobody by an error.
use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    async fn validate_user(&self, username: &str, password: &str, _request: &mut Request) -> Option<User> { //~ here
        (password == "a password of the table").then(|| User::new("1", username))
    }
}

#[authorization_server(issuer = "https://auth.example.com", grants(authorization_code, refresh_token))]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let accounts = Accounts { store: MemoryStore::default() };
    let _app: axum::Router = AuthServer { accounts, pages: LoginPages::new() }.into_router()?;
    Ok(())
}
