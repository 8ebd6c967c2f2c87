//! `#[claims]` methods.
use oauth_core::prelude::*;

#[derive(Claims)]
struct Tenancy {
    tenant: String,
}

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    #[claims("tenant")]
    fn named(&self, _: &Request) -> Result<Tenancy> {
        unreachable!()
    }

    #[claims(scope = "pro file", to(id_tokn))]
    fn malformed(&self, _: &Request) -> Result<Tenancy> {
        unreachable!()
    }

    #[claims(scop = "profile")]
    fn misspelt(&self, _: &Request) -> Result<Tenancy> {
        unreachable!()
    }

    #[claims]
    fn arity(&self) -> Result<Tenancy> {
        unreachable!()
    }

    #[claims]
    fn opaque(&self, _: &Request) -> impl Future<Output = Result<Tenancy>> + Send {
        async { unreachable!() }
    }

    #[claims]
    #[claim("tenant")]
    fn both(&self, _: &Request) -> Result<Tenancy> {
        unreachable!()
    }

    #[claims]
    #[token_generator]
    fn token(&self, _: &Request) -> Result<String> {
        unreachable!()
    }

    #[claims]
    #[claims]
    fn twice(&self, _: &Request) -> Result<Tenancy> {
        unreachable!()
    }
}

fn main() {}
