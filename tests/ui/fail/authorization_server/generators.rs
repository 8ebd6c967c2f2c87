//! The generators and the signers of tokens.
use oauth_core::openid::IdTokenKeys;
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[token_generator(jwt, issuer = "https://auth.example.com")]
struct AccessTokens {
    #[signing_key]
    keys: KeyRing,
}

#[token_generator(jwt, issuer = "https://auth.example.com", algorithm = "ES256")]
struct EllipticTokens {
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(grants(authorization_code, refresh_token))]
struct OneField {
    #[validator]
    accounts: Accounts,
    #[access_token]
    #[refresh_token]
    tokens: AccessTokens,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(grants(authorization_code, refresh_token))]
struct OneFormat {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: AccessTokens,
    #[refresh_token]
    refresh_tokens: AccessTokens,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(grants(authorization_code, refresh_token), issuer = "https://auth.example.com")]
struct TwoRefreshTokenGenerators {
    #[validator]
    accounts: Accounts,
    #[refresh_token]
    refresh_tokens: Opaque,
    #[refresh_token]
    more_refresh_tokens: Opaque,
    #[interaction]
    pages: LoginPages,
    #[interaction]
    more_pages: LoginPages,
}

#[authorization_server(grants(authorization_code), scopes("openid"))]
struct EllipticIdTokens {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: EllipticTokens,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(grants(authorization_code), scopes("openid"), issuer = "https://auth.example.com")]
struct Unsigned {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(grants(authorization_code), scopes("openid"), issuer = "https://auth.example.com")]
struct OpaqueIdTokens {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: Opaque,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(grants(authorization_code), scopes("profile"), issuer = "https://auth.example.com")]
struct NoProvider {
    #[validator]
    accounts: Accounts,
    #[id_token]
    id_tokens: IdTokenKeys,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(grants(authorization_code), scopes("openid"), issuer = "https://auth.example.com")]
struct TwoSigners {
    #[validator]
    accounts: Accounts,
    #[id_token]
    id_tokens: IdTokenKeys,
    #[id_token]
    more_id_tokens: IdTokenKeys,
    #[interaction]
    pages: LoginPages,
}

fn main() {}
