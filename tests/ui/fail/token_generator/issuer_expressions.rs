//! Issuers that a run would make.
use oauth_core::prelude::*;

#[token_generator(jwt, issuer = &self.issuer)]
struct Reference {
    issuer: String,
    #[signing_key]
    key: SigningKey,
}

#[token_generator(jwt, issuer = self.issuer.clone())]
struct Cloned {
    issuer: String,
    #[signing_key]
    key: SigningKey,
}

#[token_generator(jwt, issuer = &*self.config.issuer.as_str())]
struct ReferenceToAMethod {
    config: Config,
    #[signing_key]
    key: SigningKey,
}

#[token_generator(jwt, issuer = self.config.issuer())]
struct Called {
    config: Config,
    #[signing_key]
    key: SigningKey,
}

#[token_generator(jwt, issuer = format!("https://{}.example.com", HOST))]
struct Formatted(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = &format!("https://{}", self.host))]
struct FormattedField {
    host: String,
    #[signing_key]
    key: SigningKey,
}

#[token_generator(jwt, issuer = option_env!("ISSUER"))]
struct Optional(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = option_env!("ISSUER").unwrap_or("https://auth.example.com"))]
struct OptionalOr(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = String::from("https://auth.example.com"))]
struct Owned(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://auth.example.com".to_string())]
struct ToString(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = dotenvy::var("ISSUER").unwrap())]
struct Environment(#[signing_key] SigningKey);

const HOST: &str = "auth";

struct Config {
    issuer: String,
}

impl Config {
    fn issuer(&self) -> &str {
        &self.issuer
    }
}

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(grants(client_credentials), issuer = &self.issuer)]
struct Server {
    issuer: String,
    #[validator]
    accounts: Accounts,
}

#[resource_server(issuer = &self.issuer, audience = "https://api.example.com", jwks)]
struct Api {
    issuer: String,
}

fn main() {}
