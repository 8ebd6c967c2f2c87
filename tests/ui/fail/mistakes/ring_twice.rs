//! Wanted: keys that are rotated.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[token_generator(jwt, issuer = "https://auth.example.com", algorithm = "ES256")]
struct AccessTokens {
    #[signing_key]
    keys: KeyRing,
    retired: KeyRing, //~ here
}

#[authorization_server(grants(client_credentials), scopes("profile"))]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: AccessTokens,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let accounts = Accounts { store: MemoryStore::default() };
    let keys = KeyRing::load_or_generate("key.pem", Algorithm::ES256)?;
    let retired = KeyRing::load_or_generate("retired.pem", Algorithm::ES256)?;
    let server = AuthServer { accounts, tokens: AccessTokens { keys, retired } };
    let _app: axum::Router = server.into_router()?;
    Ok(())
}
