//! The things that the hooks around requests may not do.
use oauth_core::prelude::*;
use oauth_core::token::TokenResponse;

#[validator(custom)]
struct Signatures {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Signatures {
    fn post_token(&self, request: &mut Request) -> Result<()> {
        request.subject = Some("someone else".to_owned());
        Ok(())
    }

    fn token_modifier(&self, token: &mut TokenResponse, _request: &Request) -> Result<()> {
        token.access_token = SecretString::random();
        Ok(())
    }

    fn post_auth(&self, _request: &Request) -> Result<()> {
        Ok(())
    }

    fn token_modifer(&self, _extras: &mut TokenExtras<'_>, _request: &Request) -> Result<()> {
        Ok(())
    }
}

#[validator(custom)]
struct Bodies {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Bodies {
    fn token_modifier(&self, extras: &mut TokenExtras<'_>, _request: &Request) -> Result<()> {
        extras.access_token = SecretString::random();
        extras.0.access_token = SecretString::random();
        Ok(())
    }

    fn post_token(&self, request: &Request) -> Result<()> {
        request.scopes = None;
        Ok(())
    }
}

fn main() {}
