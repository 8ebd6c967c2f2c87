//! Fields: missing, repeated, misplaced, misspelt.
use oauth_core::http::HttpsClient;
use oauth_core::prelude::*;

#[resource_server(issuer = "https://auth.example.com", audience = "a", introspection)]
struct NoCredentials;

#[resource_server(issuer = "https://auth.example.com", audience = "a", jwks)]
struct Needless {
    #[credentials]
    credentials: Credentials,
}

#[resource_server(issuer = "https://auth.example.com", audience = "a", introspection)]
struct Twice {
    #[credentials]
    first: Credentials,
    #[credentials]
    second: Credentials,
    #[http_client]
    one: HttpsClient,
    #[http_client]
    another: HttpsClient,
}

#[resource_server(issuer = "https://auth.example.com", audience = "a", introspection)]
struct Misspelt {
    #[credential]
    credentials: Credentials,
    #[store]
    store: MemoryStore,
}

#[resource_server(issuer = "https://auth.example.com", audience = "a", jwks)]
struct Borrowed<'a> {
    name: &'a str,
}

#[resource_server(issuer = "https://auth.example.com", audience = "a", introspection)]
struct NothingToDecrypt {
    #[credentials]
    credentials: Credentials,
    #[decryption_key]
    key: oauth_core::jose::DecryptionKey,
}

fn main() {}
