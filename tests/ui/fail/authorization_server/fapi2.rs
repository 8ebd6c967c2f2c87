//! The profile `fapi2`: what it forbids, at the token that says it.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    profile = "fapi2", grants(authorization_code, implicit, password),
    issuer = "https://auth.example.com"
)]
struct Grants {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(profile = "fapi2", preset = "legacy_application", issuer = "https://auth.example.com")]
struct OfAPreset {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    profile = "fapi2",
    grants(authorization_code, refresh_token),
    issuer = "https://auth.example.com",
    response_types("code", "none"),
    token_endpoint_auth_methods("private_key_jwt", "client_secret_basic", "none"),
    code_lifetime = "61s",
    refresh_token_grace = "5s",
    pushed_authorization_requests(expires_in = "10m"),
    danger_pkce_optional
)]
struct Arguments {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    profile = "fapi2",
    grants(authorization_code),
    issuer = "https://auth.example.com",
    pushed_authorization_requests = "optional",
    dpop = "optional"
)]
struct NoWordsForLess {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    profile = "fapi2",
    grants(authorization_code),
    issuer = "https://auth.example.com",
    code_lifetime = "11m"
)]
struct TooLongForAnybody {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

fn main() {}
