use oauth_core::prelude::*;

#[validator(cus)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[token_generator(jwt, issuer =)]
struct AccessTokens {
    #[signing_key]
    keys: KeyRing,
}

#[scope(calendar)]
struct Calendar;

#[authorization_server(grants(client_cred), scopes(Calendar), sco)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: AccessTokens,
}

#[resource_server(issuer = "https://auth.example.com", audience = "a", jwk)]
struct Api;

fn all(accounts: Accounts, tokens: AccessTokens) -> bool {
    AuthServer { accounts, tokens }.into_service().is_ok() && Api.into_resource().is_ok()
}

fn main() {}
