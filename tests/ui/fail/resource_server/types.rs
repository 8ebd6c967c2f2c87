//! The mistakes that only types tell.
use oauth_core::prelude::*;

#[resource_server(issuer = "https://auth.example.com", audience = "a", jwks)]
struct NoClient {
    #[http_client]
    client: String,
}

#[resource_server(issuer = "https://auth.example.com", audience = self.audience, introspection)]
struct NoTexts {
    audience: u8,
    #[credentials]
    credentials: (String, String),
}

#[resource_server(issuer = concat!("http://", "auth.example.com"), audience = "a", jwks)]
struct Plain;

#[resource_server(issuer = "https://auth.example.com", audience = "a", jwks, scopes(String))]
struct NoScope;

#[resource_server(issuer = "https://auth.example.com", audience = "a", jwks)]
struct SignsOnly {
    #[decryption_key]
    key: SigningKey,
}

fn main() {}
