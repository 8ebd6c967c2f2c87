//! Issuers that are constants, and hosts as others name them.
#![deny(warnings)]

use oauth_core::prelude::*;

#[derive(Clone, Copy)]
enum Environment {
    Development,
    Production,
}

impl Environment {
    const CURRENT: Self = if cfg!(any()) { Self::Production } else { Self::Development };

    const fn as_str(self) -> &'static str {
        match self {
            Self::Development => "http://localhost:8080",
            Self::Production => "https://auth.example.com",
        }
    }
}

const ENVIRONMENT: Environment = Environment::CURRENT;
const ISSUER: Option<&str> = Some("https://auth.example.com");

#[token_generator(jwt, issuer = ENVIRONMENT.as_str())]
struct OfAnEnum(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = Environment::Production.as_str())]
struct OfAVariant(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = ISSUER.unwrap())]
struct Unwrapped(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = concat!("https://", env!("CARGO_PKG_NAME"), ".example.com/tenant"))]
struct OfTheBuild(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = match option_env!("OAUTH_UI_ISSUER") { Some(issuer) => issuer, None => "https://auth.example.com" })]
struct OfTheBuildOrNot(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = if cfg!(debug_assertions) { "http://127.0.0.1:8080" } else { "https://auth.example.com" })]
struct OfTheProfile(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = { const HOST: &str = "https://auth.example.com"; HOST })]
struct OfABlock(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = " https://auth.example.com\n".trim_ascii())]
struct Trimmed(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://my_server.xn--bcher-kva.example:8443/tenant/v1.0/~a_b-c")]
struct Unusual(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://xn--bcher-kva.example")]
struct Books(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://[2001:db8::1]:8443")]
struct Address(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = self.issuers[0])]
struct OfAList {
    issuers: Vec<String>,
    #[signing_key]
    key: SigningKey,
}

#[token_generator(jwt, issuer = self.settings.0.issuer)]
struct OfAPlace {
    settings: (Settings,),
    #[signing_key]
    key: SigningKey,
}

struct Settings {
    issuer: Box<str>,
}

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(grants(client_credentials), issuer = ENVIRONMENT.as_str())]
struct Server {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: OfAnEnum,
}

/// Another server is called as its owner calls it.
#[resource_server(
    issuer = "https://Auth.example.com:443/",
    audience = "https://api.example.com",
    jwks = "https://my_keys.example.com:443/a//b/%20/keys"
)]
struct Api;

fn main() {
    assert_eq!(OfAnEnum::ISSUER, Issuer::Literal("http://localhost:8080"));
    assert_eq!(OfAVariant::ISSUER, Issuer::Literal("https://auth.example.com"));
    assert_eq!(Unwrapped::ISSUER, OfTheBuildOrNot::ISSUER);
    assert_eq!((OfABlock::ISSUER, Trimmed::ISSUER), (Unwrapped::ISSUER, Unwrapped::ISSUER));
    assert!(OfTheProfile::ISSUER.is_stated() && OfTheBuild::ISSUER.is_stated());
    assert!(Books::ISSUER.is_stated() && Unusual::ISSUER.is_stated() && Address::ISSUER.is_stated());
    let key = || SigningKey::generate(Algorithm::ES256).unwrap();
    let of_a_list = OfAList { issuers: vec!["https://auth.example.com".to_owned()], key: key() };
    let of_a_place = OfAPlace { settings: (Settings { issuer: "https://auth.example.com".into() },), key: key() };
    assert_eq!(of_a_list.issuer(), of_a_place.issuer());
    let server = Server { accounts: Accounts { store: MemoryStore::default() }, tokens: OfAnEnum(key()) };
    assert!(server.into_service().is_ok());
    let _ = (Environment::Production, Api);
}
