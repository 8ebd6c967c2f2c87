//! Wanted: two grants.
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

#[authorization_server(grants(oauth_core::grant::AuthorizationCode, GrantType::REFRESH_TOKEN), scopes("profile"))] //~ here
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: AccessTokens,
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
