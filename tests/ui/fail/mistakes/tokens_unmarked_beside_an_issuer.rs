//! Wanted: signed tokens; the mark of the field was forgotten, and the server states the issuer itself.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[token_generator(jwt, issuer = "https://auth.example.com", expires_in = "15m")]
struct AccessTokens {
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(
    issuer = "https://auth.example.com",
    grants(authorization_code, refresh_token),
    scopes("profile")
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    tokens: AccessTokens, //~ here
    #[interaction]
    pages: LoginPages,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let accounts = Accounts { store: MemoryStore::default() };
    let tokens = AccessTokens { keys: KeyRing::load_or_generate("key.pem", Algorithm::ES256)? };
    let server = AuthServer { accounts, tokens, pages: LoginPages::new() };
    let _app: axum::Router = server.into_router()?;
    Ok(())
}
