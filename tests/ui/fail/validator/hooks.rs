//! The methods that are no hook, and signatures that no hook has.
use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    fn validate_cleint_id(&self, _: &str, _: &mut Request) -> Result<()> {
        Ok(())
    }

    fn audience(&self) -> &str {
        "helper"
    }

    fn validate_code(&self, _: &str, _: &mut Request) -> Result<()> {
        Ok(())
    }

    fn generate_access_token(&self, _: &Request) -> Result<String> {
        Ok(String::new())
    }

    fn declared_claims(&self, _: &mut Request) -> Result<()> {
        Ok(())
    }

    fn validate_client_id(&self, _: &str) -> Result<()> {
        Ok(())
    }

    fn validate_scopes(self, _: &Client, _: &ScopeSet, _: &mut Request) -> Result<()> {
        Ok(())
    }

    fn get_default_scopes(&mut self, _: &Client, _: &ScopeSet, _: &mut Request) -> Result<ScopeSet> {
        Ok(ScopeSet::new())
    }

    fn rotate_refresh_token(_: &mut Request) -> Result<bool> {
        Ok(true)
    }

    fn is_pkce_required<T>(&self, _: &Client, _: T) -> Result<bool> {
        Ok(true)
    }

    fn revoke_token(&self, _: &str, _: Option<&str>, _: &mut Request) {}

    const LIMIT: usize = 3;
}

#[validator(custom)]
struct Empty {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Empty {}

#[validator(custom)]
struct ByHand {
    #[store]
    store: MemoryStore,
}

#[validator]
impl RequestValidator for ByHand {
    fn rotate_refresh_token(&self, _: &mut Request) -> Result<bool> {
        Ok(true)
    }
}

fn main() {}
