//! Blocks of hooks: one a type, in each module.
use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    fn validate_client_id(&self, _: &str, _: &mut Request) -> Result<()> {
        Ok(())
    }
}

#[validator]
impl Accounts {
    fn pre_token(&self, _: &mut Request) -> Result<()> {
        Ok(())
    }
}

#[validator]
impl Accounts {
    #[claim("tenant")]
    fn tenant(&self, _: &Request) -> &'static str {
        "acme"
    }
}

mod inner {
    use super::*;

    #[validator(custom)]
    struct Others<S: ClientStore> {
        #[store]
        store: MemoryStore,
        #[clients]
        clients: S,
    }

    #[validator]
    impl<S: ClientStore> Others<S> {
        fn pre_token(&self, _: &mut Request) -> Result<()> {
            Ok(())
        }
    }

    #[validator]
    impl<S: ClientStore> Others<S> {
        fn post_token(&self, _: &Request) -> Result<()> {
            Ok(())
        }
    }
}

fn main() {}
