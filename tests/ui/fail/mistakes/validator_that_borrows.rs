//! Wanted: a validator over a store that something else has, too.
use oauth_core::prelude::*;

#[validator]
struct Accounts<'a> { //~ here
    #[store]
    store: &'a MemoryStore,
}

#[token_generator(jwt, issuer = "https://auth.example.com", expires_in = "15m")]
struct AccessTokens {
    #[signing_key]
    keys: KeyRing,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let store = MemoryStore::default();
    let _accounts = Accounts { store: &store };
    let _tokens = AccessTokens { keys: KeyRing::load_or_generate("key.pem", Algorithm::ES256)? };
    Ok(())
}
