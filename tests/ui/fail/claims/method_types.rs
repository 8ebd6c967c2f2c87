//! The type that a `#[claims]` method returns.
use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

struct Tenancy {
    tenant: String,
}

#[validator]
impl Accounts {
    #[claims]
    async fn tenancy(&self, _: &Request) -> Result<Tenancy> {
        Ok(Tenancy { tenant: String::new() })
    }

    #[claims(scope = "profile")]
    fn text(&self, _: &Request) -> String {
        String::new()
    }
}

fn main() {}
