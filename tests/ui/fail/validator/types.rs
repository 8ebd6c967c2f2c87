//! Types that do not fit: the error is at the type that was written.
use std::rc::Rc;

use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    fn validate_client_id(&self, _client_id: String, _request: &mut Request) -> Result<()> {
        Ok(())
    }

    fn is_pkce_required(&self, _client: &Client, _request: &mut Request) -> bool {
        true
    }

    async fn rotate_refresh_token(&self, _request: &mut Request) -> Option<bool> {
        None
    }

    fn validate_scopes(&self, _: &Client, _: &ScopeSet, _: &mut Request) {}

    fn validate_user_match(&self, _sub: &str, _request: &mut Request) -> Result<Option<bool>> {
        Ok(None)
    }

    fn introspect_token(&self, _: &str, _: Option<&str>, _: &mut Request) -> Result<Vec<u8>> {
        Ok(Vec::new())
    }

    #[token_generator]
    fn token(&self, _request: &Request) -> String {
        String::new()
    }

    #[claim("secret")]
    fn secret(&self, _request: &Request) -> SecretString {
        SecretString::random()
    }
}

#[validator(custom)]
struct NotSend {
    #[store]
    store: MemoryStore,
}

#[validator]
impl NotSend {
    async fn validate_client_id(&self, _client_id: &str, _request: &mut Request) -> Result<()> {
        let counter = Rc::new(1);
        std::future::ready(()).await;
        drop(counter);
        Ok(())
    }
}

fn main() {}
