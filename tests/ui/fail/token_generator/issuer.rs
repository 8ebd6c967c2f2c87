//! RFC 8414 §2 and §3.3, on literals.
use oauth_core::prelude::*;

#[token_generator(jwt, issuer = "http://auth.example.com")]
struct Http(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "auth.example.com")]
struct NoScheme(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "ftp://auth.example.com")]
struct AnotherScheme(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://auth.example.com?tenant=1")]
struct Query(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://auth.example.com#tenant")]
struct Fragment(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://auth.example.com/größe")]
struct Unencoded(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://auth.example.com/a%20b")]
struct Reserved(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://user@auth.example.com")]
struct UserInformation(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://")]
struct NoHost(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://auth.example.com:port")]
struct Port(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://auth.example.com/")]
struct Slash(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "")]
struct Empty(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = 3)]
struct Number(#[signing_key] SigningKey);

#[token_generator(jwt, issuer =)]
struct HalfTyped(#[signing_key] SigningKey);

#[token_generator(jwt)]
struct Missing(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = self.isuer)]
struct UnknownField {
    issuer: String,
    #[signing_key]
    key: SigningKey,
}

#[token_generator(jwt, issuer = self)]
struct NoField(#[signing_key] SigningKey);

/// Nothing that is wrong above makes an error here.
#[authorization_server(grants(client_credentials))]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: Http,
}

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

fn main() {}
