//! Wanted: signed tokens.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}


struct AccessTokens {
    keys: KeyRing,
}

#[token_generator(jwt, issuer = "https://auth.example.com")] //~ here
impl AccessTokens {}

#[authorization_server(
    grants(authorization_code, refresh_token),
    scopes("profile"),
    issuer = "https://auth.example.com"
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let accounts = Accounts { store: MemoryStore::default() };
    let _tokens = AccessTokens { keys: KeyRing::load_or_generate("key.pem", Algorithm::ES256)? };
    let server = AuthServer { accounts, pages: LoginPages::new() };
    let _app: axum::Router = server.into_router()?;
    Ok(())
}
