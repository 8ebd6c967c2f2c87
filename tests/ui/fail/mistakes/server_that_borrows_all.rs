//! Wanted: a server over parts that something else has, too.
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

#[authorization_server(grants(authorization_code, refresh_token), scopes("profile"))]
struct AuthServer<'v, 't> { //~ here
    #[validator]
    accounts: &'v Accounts,
    #[access_token]
    tokens: &'t AccessTokens,
    #[interaction]
    pages: LoginPages,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let accounts = Accounts { store: MemoryStore::default() };
    let tokens = AccessTokens { keys: KeyRing::load_or_generate("key.pem", Algorithm::ES256)? };
    let server = AuthServer { accounts: &accounts, tokens: &tokens, pages: LoginPages::new() };
    let _server = server.start()?;
    Ok(())
}
