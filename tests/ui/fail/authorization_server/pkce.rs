//! PKCE as other frameworks spell it.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(authorization_code),
    issuer = "https://auth.example.com",
    pkce = "optional"
)]
struct Optional {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(authorization_code),
    issuer = "https://auth.example.com",
    require_pkce = false,
    pkce_optional,
)]
struct NotRequired {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(authorization_code),
    issuer = "https://auth.example.com",
    code_challenge_methods("plain", "S256")
)]
struct Plain {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(grants(authorization_code), issuer = "https://auth.example.com", allow_plain)]
struct PlainByName {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(authorization_code),
    issuer = "https://auth.example.com",
    pkce_methods("plain", "S256")
)]
struct PlainByAnother {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

fn main() {}
