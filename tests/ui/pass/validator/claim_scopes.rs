//! Standard claims by their scopes, by a decision, and for resource servers.
#![deny(warnings)]

use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    #[claim("email", scope = "email", to(userinfo))]
    fn email(&self, _: &Request) -> Option<String> {
        None
    }

    /// Every client that logs people in has the picture.
    #[claim("picture", scope = "openid", to(id_token, userinfo))]
    fn picture(&self, _: &Request) -> Option<String> {
        None
    }

    /// An API speaks to people in their language.
    #[claim("locale")]
    fn locale(&self, _: &Request) -> Option<String> {
        None
    }

    #[claim("name", to(access_token))]
    fn name(&self, _: &Request) -> Option<String> {
        None
    }

    /// No scope asks for it.
    #[claim("tenant", to(id_token, userinfo))]
    fn tenant(&self, _: &Request) -> Option<String> {
        None
    }
}

#[authorization_server(
    grants(authorization_code),
    scopes("openid", "email"),
    issuer = "https://auth.example.com"
)]
struct Server {
    #[validator]
    accounts: Accounts,
    #[id_token]
    id_tokens: IdTokenKeys,
    #[interaction]
    pages: LoginPages,
}

fn main() {
    let id_tokens = IdTokenKeys::new(SigningKey::generate(Algorithm::RS256).unwrap());
    let accounts = Accounts { store: MemoryStore::default() };
    assert!(Server { accounts, id_tokens, pages: LoginPages::new() }.into_service().is_ok());
}
