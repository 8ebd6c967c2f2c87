//! The places where claims cannot go.
use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    #[claim("unknown", to(id_token, user_info))]
    fn unknown(&self, _: &Request) -> Option<String> {
        None
    }

    #[claim("repeated", to(userinfo, id_token, userinfo))]
    fn repeated(&self, _: &Request) -> Option<String> {
        None
    }

    #[claim("nowhere", to())]
    fn nowhere(&self, _: &Request) -> Option<String> {
        None
    }

    #[claim("no_list", to = "id_token")]
    fn no_list(&self, _: &Request) -> Option<String> {
        None
    }

    #[claim("text", to("id_token"))]
    fn text(&self, _: &Request) -> Option<String> {
        None
    }

    #[claim("nonce", to(access_token, id_token))]
    fn nonce(&self, _: &Request) -> Option<String> {
        None
    }

    #[claim("sid")]
    fn sid(&self, _: &Request) -> Option<String> {
        None
    }
}

fn main() {}
