//! Profiles: what each forbids and demands, and where one is needed.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(grants(implicit, password), issuer = "https://auth.example.com")]
struct Default {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    profile = "oauth2.1",
    grants(authorization_code, password, refresh_token),
    issuer = "https://auth.example.com"
)]
struct Named {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(profile = "oauth2", grants(client_credentials), issuer = "https://auth.example.com")]
struct Misspelt {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(profile(openid), grants(client_credentials), issuer = "https://auth.example.com")]
struct NotAString {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(profile = "openid", grants(password), issuer = "https://auth.example.com")]
struct NoOpenIdProvider {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(profile = "mcp", grants(client_credentials), issuer = "https://auth.example.com")]
struct NoServerOfMcp {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    profile = "mcp",
    grants(authorization_code),
    issuer = "https://auth.example.com",
    resources("https://mcp.example.com"),
    token_endpoint_auth_methods("private_key_jwt")
)]
struct McpWithoutPublicClients {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

fn main() {}
