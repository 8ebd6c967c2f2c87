//! Response types, and what each needs; the lifetime of ID tokens.
use oauth_core::openid::IdTokenKeys;
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(authorization_code),
    issuer = "https://auth.example.com",
    scopes("profile"),
    response_types("cod", "code", code, "id_token code", "code token", "none none", "none" = "never"),
    id_token_lifetime = "10m"
)]
struct Words {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    response_types("code", "none"),
)]
struct NothingInteractive {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(authorization_code),
    issuer = "https://auth.example.com",
    scopes("openid"),
    response_types(),
    id_token_lifetime = "25h"
)]
struct Nothing {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
    #[id_token]
    id_tokens: IdTokenKeys,
}

#[authorization_server(
    profile = "oauth2.0",
    grants(authorization_code, implicit),
    issuer = "https://auth.example.com",
    response_types("code"),
)]
struct NoTokens {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(authorization_code, client_credentials),
    issuer = "https://auth.example.com",
    response_types("none"),
)]
struct NoCodes {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

fn main() {}
