//! Claims and token generators among the hooks.
use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    #[claim("exp")]
    fn reserved(&self, _: &Request) -> u64 {
        0
    }

    #[claim("tenant", scope = "pro file")]
    fn malformed_scope(&self, _: &Request) -> Option<String> {
        None
    }

    #[claim("tenant")]
    fn repeated(&self, _: &Request) -> Option<String> {
        None
    }

    #[claim]
    fn nameless(&self, _: &Request) -> Option<String> {
        None
    }

    #[claim("", scop = "profile")]
    fn empty(&self, _: &Request) -> Option<String> {
        None
    }

    #[claim("plan")]
    fn arity(&self) -> Option<String> {
        None
    }

    #[claim("nothing")]
    fn nothing(&self, _: &Request) {}

    #[token_generator]
    fn first(&self, _: &Request) -> Result<String> {
        Ok(String::new())
    }

    #[token_generator]
    fn second(&self, _: &Request) -> Result<String> {
        Ok(String::new())
    }

    #[token_generator(refesh)]
    fn misspelt(&self, _: &Request) -> Result<String> {
        Ok(String::new())
    }

    #[token_generator(jwt, issuer = "https://auth.example.com")]
    fn format(&self, _: &Request) -> Result<String> {
        Ok(String::new())
    }

    #[claim("once")]
    #[claim("twice")]
    fn twice(&self, _: &Request) -> Option<String> {
        None
    }

    #[claim("both")]
    #[token_generator(refresh)]
    fn both(&self, _: &Request) -> Result<String> {
        Ok(String::new())
    }
}

struct Unmarked;

impl Unmarked {
    #[token_generator]
    fn generate_access_token(&self, _: &Request) -> Result<String> {
        Ok(String::new())
    }
}

fn main() {}
