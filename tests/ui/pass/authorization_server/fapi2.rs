//! A server of the FAPI 2.0 Security Profile: what its profile demands is on.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[token_generator(jwt, issuer = "https://auth.example.com", algorithm = "ES256")]
struct AccessTokens {
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(
    profile = "fapi2",
    grants(authorization_code, refresh_token),
    scopes("openid", "accounts" = "See your accounts")
)]
struct Bank {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: AccessTokens,
    #[interaction]
    pages: LoginPages,
}

/// What may be said besides is said as ever. No client authenticates without a key, so documents of such clients are enough.
#[authorization_server(
    profile = "fapi2",
    grants(authorization_code, refresh_token),
    issuer = "https://auth.example.com",
    code_lifetime = "30s",
    pushed_authorization_requests(expires_in = "90s"),
    dpop(nonces = "required"),
    token_endpoint_auth_methods("private_key_jwt"),
    response_types("code"),
    refresh_token_grace = "0s",
    client_id_metadata_documents
)]
struct Strict {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(profile = "fapi2", preset = "backend_application", issuer = "https://auth.example.com")]
struct Machines {
    #[validator]
    accounts: Accounts,
}

fn main() {
    const BANK: oauth_core::server::ServerConfig = <Bank as AuthorizationServer>::CONFIG;
    const { assert!(BANK.dpop.is_some() && BANK.refresh_token_grace.is_zero()) };
    const { assert!(matches!(BANK.pushed_authorization_requests, Some(pushed) if pushed.is_required)) };
    const STRICT: oauth_core::server::ServerConfig = <Strict as AuthorizationServer>::CONFIG;
    const { assert!(matches!(STRICT.pushed_authorization_requests, Some(pushed) if pushed.is_required)) };
    const { assert!(<Machines as AuthorizationServer>::CONFIG.dpop.is_some()) };
}
