//! Two items that must agree.
use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    #[token_generator]
    fn access(&self, _: &Request) -> Result<String> {
        Ok(String::new())
    }

    #[token_generator(refresh)]
    fn refresh(&self, _: &Request) -> Result<String> {
        Ok(String::new())
    }

    #[claim("tenant", scope = "profile")]
    fn tenant(&self, _: &Request) -> Option<String> {
        None
    }
}

#[validator]
struct Plain {
    #[store]
    store: MemoryStore,
}

#[token_generator(jwt, issuer = "https://other.example.com")]
struct AccessTokens(#[signing_key] KeyRing);

#[authorization_server(
    grants(authorization_code, refresh_token),
    issuer = "https://auth.example.com",
    scopes("calendar"),
)]
struct TwoGenerators {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: Opaque,
    #[refresh_token]
    refresh_tokens: Opaque,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(grants(client_credentials))]
struct NoIssuer {
    #[validator]
    accounts: Plain,
    #[access_token]
    tokens: Opaque,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
struct TwoIssuers {
    #[validator]
    accounts: Plain,
    #[access_token]
    tokens: AccessTokens,
}

#[authorization_server(grants(client_credentials), issuer = concat!("https://", "auth.example.com"))]
struct TwoConstantIssuers {
    #[validator]
    accounts: Plain,
    #[access_token]
    tokens: AccessTokens,
}

#[authorization_server(grants(client_credentials), issuer = concat!("http://", "auth.example.com"))]
struct BadConstantIssuer {
    #[validator]
    accounts: Plain,
}

fn main() {}
