//! Grants, scopes and lifetimes: all mistakes at once.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(issuer = "https://auth.example.com")]
struct NoGrants {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(grants(), issuer = "https://auth.example.com")]
struct EmptyGrants {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(client_credential, implicit, password, device_code, client_credentials, client_credentials, "refresh_token", refresh_token),
    scops("profile"),
    isser = "https://auth.example.com",
    issuer = "https://auth.example.com"
)]
struct Grants {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(grants(client_credentials, refresh_token), issuer = "https://auth.example.com")]
struct NothingToRefresh {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    code_lifetime = "60s",
    refresh_token_lifetime = "30d",
    danger_pkce_optional
)]
struct WithoutEffect {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(authorization_code, refresh_token),
    issuer = "https://auth.example.com",
    scopes("profile", "profile", "pro file", "", "caf\u{e9}", calendar, "openid", "mail" = "", "photos" = 3),
    default_scopes("profil", "mail", "mail"),
    code_lifetime = "11m",
    refresh_token_lifetime = "0s",
    refresh_token_grace = "5m",
    danger_pkce_optional = true,
    body_limit = "64k"
)]
struct Literals {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    scopes("offline_access"),
    body_limit = 0
)]
struct Nothing {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(grants(client_credentials))]
struct NoIssuer {
    #[validator]
    accounts: Accounts,
}

fn routers(accounts: [Accounts; 2]) {
    // Nothing that is wrong above makes an error here.
    let [first, second] = accounts;
    let _ = NoGrants { accounts: first }.into_router();
    let _ = NoIssuer { accounts: second }.into_router();
}

fn main() {}
