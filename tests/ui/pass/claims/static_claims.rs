//! Static claims beside others of the validator.
#![deny(warnings)]

use oauth_core::prelude::*;

#[token_generator(
    jwt,
    issuer = "https://auth.example.com",
    algorithm = "RS256",
    claims(tier = 3, plan = "gold", roles = ["reader"], "https://example.com/amr" = "none")
)]
struct AccessTokens(#[signing_key] KeyRing);

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    /// Another text has it: no access token, and no introspection.
    #[claim("plan", scope = "openid", to(id_token, userinfo))]
    fn plan(&self, _: &Request) -> Option<String> {
        None
    }

    /// How this person has logged in.
    #[claim("amr")]
    fn amr(&self, request: &Request) -> Option<Vec<String>> {
        request.auth_time.map(|_| request.amr.clone())
    }

    #[claim("username", to(access_token))]
    fn username(&self, request: &Request) -> Option<String> {
        request.subject.clone()
    }
}

#[authorization_server(grants(authorization_code, refresh_token), scopes("openid", "profile"))]
struct Server {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: AccessTokens,
    #[interaction]
    pages: LoginPages,
}

fn main() {
    let tokens = AccessTokens(KeyRing::new(SigningKey::generate(Algorithm::RS256).unwrap()));
    let accounts = Accounts { store: MemoryStore::default() };
    assert!(Server { accounts, tokens, pages: LoginPages::new() }.into_service().is_ok());
    assert_eq!(AccessTokens::STATIC_CLAIMS.len(), 4);
}
