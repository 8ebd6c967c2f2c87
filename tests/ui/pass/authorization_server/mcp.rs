//! An authorization server of MCP: what its profile demands is on.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    profile = "mcp",
    grants(authorization_code, refresh_token),
    scopes("tools" = "Use your tools"),
    resources("https://mcp.example.com"),
    issuer = "https://auth.example.com",
    unverified_scopes("tools")
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

fn main() {
    const { assert!(<AuthServer as AuthorizationServer>::CONFIG.client_id_metadata_documents) };
}
