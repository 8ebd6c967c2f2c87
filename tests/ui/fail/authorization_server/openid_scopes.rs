//! Scopes of OpenID Connect, where nobody can ask for them or nobody has.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[scope("offline_access")]
struct Offline;

#[authorization_server(grants(client_credentials), scopes("openid"), issuer = "https://auth.example.com")]
struct Machines {
    #[validator]
    accounts: Accounts,
    #[id_token]
    id_tokens: IdTokenKeys,
}

#[authorization_server(preset = "backend_application", scopes("jobs", "openid"), issuer = "https://auth.example.com")]
struct Preset {
    #[validator]
    accounts: Accounts,
    #[id_token]
    id_tokens: IdTokenKeys,
}

#[authorization_server(
    grants(authorization_code),
    scopes("openid", "profile"),
    default_scopes("openid"),
    issuer = "https://auth.example.com"
)]
struct OpenIdByDefault {
    #[validator]
    accounts: Accounts,
    #[id_token]
    id_tokens: IdTokenKeys,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(authorization_code, refresh_token),
    scopes("profile", "offline_access"),
    default_scopes("offline_access"),
    issuer = "https://auth.example.com"
)]
struct OfflineByDefault {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(authorization_code, refresh_token),
    scopes("profile", Offline),
    default_scopes("profile", Offline),
    issuer = "https://auth.example.com"
)]
struct TypeByDefault {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

fn main() {}
