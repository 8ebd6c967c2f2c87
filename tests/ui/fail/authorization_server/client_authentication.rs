//! The ways in which clients may authenticate: unknown methods, and those that nothing can check.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    token_endpoint_auth_methods(
        "client_secret_basc",
        client_secret_post,
        "private_key_jwt",
        "private_key_jwt",
        "none" = "public"
    )
)]
struct Words {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    token_endpoint_auth_methods()
)]
struct Empty {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    token_endpoint_auth_methods = "client_secret_basic"
)]
struct NoList {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    token_endpoint_auth_methods("none")
)]
struct NobodyAuthenticates {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(authorization_code),
    issuer = "https://auth.example.com",
    token_endpoint_auth_methods("none")
)]
struct NobodyIntrospects {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

/// Stores keep secrets hashed, and nothing here knows them otherwise.
#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    token_endpoint_auth_methods("client_secret_jwt")
)]
struct HashedSecrets {
    #[validator]
    accounts: Accounts,
}

#[validator]
struct Forgetful {
    #[clients]
    clients: MemoryStore,
    #[tokens]
    tokens: MemoryStore,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    token_endpoint_auth_methods("client_secret_basic", "private_key_jwt")
)]
struct Replayed {
    #[validator]
    accounts: Forgetful,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    token_endpoint_auth_methods("client_secret_basic", "client_secret_jwt")
)]
struct ReplayedWithSecrets {
    #[validator]
    accounts: Forgetful,
}

fn main() {}
