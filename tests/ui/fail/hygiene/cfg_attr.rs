use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[cfg_attr(not(any()), store)]
    store: MemoryStore,
}

#[token_generator(jwt, issuer = "https://auth.example.com")]
struct AccessTokens {
    #[cfg_attr(not(any()), doc = "The key.", signing_key)]
    key: SigningKey,
}

fn main() {}
