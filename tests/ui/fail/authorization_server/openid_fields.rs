//! Fields that only an OpenID provider reads, and one of another type.
use oauth_core::openid::PairwiseKey;
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
struct NoProvider {
    #[validator]
    accounts: Accounts,
    #[pairwise_key]
    key: PairwiseKey,
    #[back_channel]
    back_channel: (),
}

#[authorization_server(grants(authorization_code), scopes("openid"), issuer = "https://auth.example.com")]
struct TwoKeys {
    #[validator]
    accounts: Accounts,
    #[id_token]
    id_tokens: KeyRing,
    #[pairwise_key]
    key: PairwiseKey,
    #[pairwise_key]
    another: PairwiseKey,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(grants(authorization_code), scopes("openid"), issuer = "https://auth.example.com")]
struct NoSalt {
    #[validator]
    accounts: Accounts,
    #[id_token]
    id_tokens: KeyRing,
    #[pairwise_key]
    key: SecretString,
    #[back_channel]
    back_channel: String,
    #[interaction]
    pages: LoginPages,
}

fn main() {}
