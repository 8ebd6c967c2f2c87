//! Standard claims that every client would be told: this crate makes errors of warnings, so that they are shown here.
#![deny(deprecated)]

use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    #[claim("email", to(userinfo))]
    fn email(&self, _: &Request) -> Option<String> {
        None
    }

    #[claim("phone_number", to(id_token))]
    async fn phone_number(&self, _: &Request) -> Result<Option<String>> {
        Ok(None)
    }

    #[claim("picture", to(access_token, id_token, userinfo))]
    fn picture(&self, _: &Request) -> String {
        String::new()
    }

    #[claim("address", to(userinfo, access_token))]
    fn address(&self, _: &Request) -> Option<String> {
        None
    }
}

fn main() {}
