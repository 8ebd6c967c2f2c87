//! Wanted: tokens by keys that something else has, too.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[token_generator(jwt, issuer = "https://auth.example.com", expires_in = "15m")]
struct AccessTokens<'a> { //~ here
    #[signing_key]
    keys: &'a KeyRing,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let _accounts = Accounts { store: MemoryStore::default() };
    let keys = KeyRing::load_or_generate("key.pem", Algorithm::ES256)?;
    let _tokens = AccessTokens { keys: &keys };
    Ok(())
}
