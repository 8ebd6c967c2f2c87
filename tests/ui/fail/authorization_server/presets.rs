//! Presets: unknown ones, those that need another profile, and those whose fields are missing.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(preset = "web_aplication", issuer = "https://auth.example.com")]
struct Misspelt {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(preset = "web_application", issuer = "https://auth.example.com")]
struct WithoutPages {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    preset = "backend_application",
    grants(authorization_code),
    issuer = "https://auth.example.com"
)]
struct Both {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(preset = "legacy_application", issuer = "https://auth.example.com")]
struct Legacy {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(preset = "mobile_application", profile = "oauth2.1", issuer = "https://auth.example.com")]
struct Mobile {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(preset = "openid", profile = "oauth2.0", issuer = "https://auth.example.com")]
struct OpenIdWithoutScope {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    preset = "backend_application",
    code_lifetime = "30s",
    issuer = "https://auth.example.com"
)]
struct WithoutEffect {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

fn main() {}
