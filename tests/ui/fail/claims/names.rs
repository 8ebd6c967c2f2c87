//! Names of claims, each mistake at its own token.
use oauth_core::prelude::*;

#[derive(Claims)]
struct Reserved {
    sub: String,
    r#active: bool,
    #[claim("client_id")]
    client: String,
    #[claim("exp")]
    ends: u64,
    iat: u64,
    tenant: String,
}

#[derive(Claims)]
struct Repeated {
    tenant: String,
    roles: Vec<String>,
    #[claim("tenant")]
    organisation: String,
    #[claim("roles")]
    r#type: Vec<String>,
}

#[derive(Claims)]
struct Malformed {
    #[claim("")]
    empty: String,
    #[claim("two words")]
    blank: String,
}

fn handler(token: Bearer<(), Reserved>) -> String {
    token.private_claims().tenant.clone()
}

fn main() {}
