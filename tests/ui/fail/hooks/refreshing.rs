//! Hooks about refresh tokens, where there are none: each of them is told at once.
use oauth_core::prelude::*;
use oauth_core::store;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    async fn rotate_refresh_token(&self, _: &mut Request) -> Result<bool> {
        Ok(false)
    }

    fn is_within_original_scope(&self, _: &ScopeSet, _: &ScopeSet, _: &mut Request) -> Result<bool> {
        Ok(true)
    }

    async fn validate_refresh_token(&self, _: &str, _: &Client, _: &mut Request) -> Result<store::RefreshToken> {
        Err(Error::invalid_grant("none"))
    }

    #[token_generator(refresh)]
    fn handle(&self, _: &Request) -> Result<String> {
        Ok(SecretString::random().expose().to_owned())
    }
}

#[authorization_server(grants(client_credentials), scopes("jobs"), issuer = "https://auth.example.com")]
struct Machines {
    #[validator]
    accounts: Accounts,
}

fn main() {}
