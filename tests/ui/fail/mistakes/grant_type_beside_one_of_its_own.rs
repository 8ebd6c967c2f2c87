//! Wanted: two grants, one its own.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[token_generator(jwt, issuer = "https://auth.example.com", expires_in = "15m")]
struct AccessTokens {
    #[signing_key]
    keys: KeyRing,
}

#[extension_grant("urn:example:api-key")]
struct ApiKey;

impl ExtensionGrant<Accounts> for ApiKey {
    async fn approve(_: &Accounts, _: &mut Request) -> Result<GrantApproval> {
        Ok(GrantApproval::of_client())
    }
}

#[authorization_server(grants(ApiKey, ClientCredentials), scopes("profile"))] //~ here
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: AccessTokens,
    pages: LoginPages,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let accounts = Accounts { store: MemoryStore::default() };
    let tokens = AccessTokens { keys: KeyRing::load_or_generate("key.pem", Algorithm::ES256)? };
    let server = AuthServer { accounts, tokens, pages: LoginPages::new() };
    let _app: axum::Router = server.into_router()?;
    Ok(())
}
